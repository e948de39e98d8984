/** What the core asks of the outside world. Adapters implement these; tests pass fakes. */

export interface KubeMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
}

/** Anything with Kubernetes metadata. */
export interface KubeObject {
  metadata: KubeMeta;
}

/** A kind as the API server addresses it: `{ group: 'argoproj.io', version: 'v1alpha1', plural: 'workflows' }`. */
export interface ResourceKind {
  group: string;
  version: string;
  plural: string;
}

/**
 * An answer of the API server that is not a success. `status` is the HTTP code, 0 when no answer
 * came (connection lost, time-out): then the request may or may not have been carried out.
 */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly reason: string,
    /** From Retry-After, milliseconds. */
    readonly retryAfterMs?: number,
    options?: { cause?: unknown; objectName?: string },
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.objectName = options?.objectName;
  }

  /** `details.name` of the server's Status: the object that the answer speaks of. */
  readonly objectName?: string;
}

/**
 * Whether the answer says that this very object is not there. A 404 of the *kind* (its CRD is gone,
 * an aggregated API is away, a proxy answers) names no object and says nothing about it.
 */
export function saysAbsent(error: unknown, name: string): boolean {
  return (
    error instanceof ApiError &&
    error.status === 404 &&
    error.objectName === name
  );
}

/** @returns the HTTP status of an {@link ApiError}, undefined for any other error */
export function apiStatus(error: unknown): number | undefined {
  return error instanceof ApiError ? error.status : undefined;
}

export interface ListPage<T> {
  items: T[];
  resourceVersion: string;
  continue?: string;
}

export type WatchEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; resourceVersion: string };

/** List and watch of one kind in one namespace or all. Errors are {@link ApiError}. */
export interface ListWatch<T> {
  list(options: {
    limit: number;
    continueToken?: string;
    signal: AbortSignal;
  }): Promise<ListPage<T>>;
  /** Ends normally when the server closes the watch; an ERROR event is thrown as ApiError. */
  watch(options: {
    resourceVersion: string;
    timeoutSeconds: number;
    signal: AbortSignal;
    /** Called for every chunk that arrives, before it is parsed: the idle watchdog listens. */
    onData: () => void;
  }): AsyncIterable<WatchEvent<T>>;
}

export type PatchType = 'merge' | 'json';

export interface Patch {
  type: PatchType;
  body: unknown;
  subresource?: 'status';
}

/** The few verbs that the operator needs, on plain JSON. A request ends when its signal does. */
export interface KubeClient {
  get(
    kind: ResourceKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<unknown>;
  create(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown>;
  /** The same as a dry run: the API server judges it, and keeps nothing. */
  wouldCreate(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown>;
  patch(
    kind: ResourceKind,
    namespace: string,
    name: string,
    patch: Patch,
    signal?: AbortSignal,
  ): Promise<unknown>;
  /** Refused with 409 when the object is no longer the one, or no longer in the state, that is meant. */
  delete(
    kind: ResourceKind,
    namespace: string,
    name: string,
    only: { uid: string; resourceVersion: string },
    signal?: AbortSignal,
  ): Promise<unknown>;
}

/** A client that can follow kinds, too. */
export interface ListingClient extends KubeClient {
  /**
   * @param namespace empty for all
   * @param labelSelector for instance a label's bare name: those that have it
   */
  listWatch(
    kind: ResourceKind,
    namespace: string,
    labelSelector?: string,
  ): ListWatch<unknown>;
}

/** The same client, all of whose requests end with the signal. */
export function endingWith(
  client: KubeClient,
  signal: AbortSignal,
): KubeClient {
  return {
    get: (kind, namespace, name) => client.get(kind, namespace, name, signal),
    create: (kind, namespace, body) =>
      client.create(kind, namespace, body, signal),
    wouldCreate: (kind, namespace, body) =>
      client.wouldCreate(kind, namespace, body, signal),
    patch: (kind, namespace, name, patch) =>
      client.patch(kind, namespace, name, patch, signal),
    delete: (kind, namespace, name, only) =>
      client.delete(kind, namespace, name, only, signal),
  };
}

/** The same client, which answers a question that it was asked before as it did then: for the time of one pass. */
export function askingOnce(client: KubeClient): KubeClient {
  const answers = new Map<string, Promise<unknown>>();
  return {
    create: (...asked) => client.create(...asked),
    wouldCreate: (...asked) => client.wouldCreate(...asked),
    patch: (...asked) => client.patch(...asked),
    delete: (...asked) => client.delete(...asked),
    get: (kind, namespace, name, signal) => {
      const what = JSON.stringify([kind.group, kind.plural, namespace, name]);
      let answer = answers.get(what);
      if (!answer) {
        answers.set(what, (answer = client.get(kind, namespace, name, signal)));
      }
      return answer;
    },
  };
}

/** Wall clock, a clock that nobody sets, and timers in one, so that tests own the time. */
export interface Clock {
  /** Of the wall, in milliseconds since 1970: to compare with times of others. */
  now(): number;
  /** Milliseconds since some moment, never set back: to measure delays with. */
  monotonic(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** The subset of pino that is used. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What came of asking the policy engine. `unavailable` covers unreachable, late and undefined. */
export type PolicyAnswer =
  | { kind: 'answered'; result: unknown; revision: string }
  | { kind: 'unavailable'; cause: string };

export interface PolicyEngine {
  /** @param entrypoint slash path such as `agentworkloads/start/decision`; never throws */
  decide(entrypoint: string, input: unknown): Promise<PolicyAnswer>;
  /** @returns undefined when decisions can be had, else what is missing */
  notReadyBecause(): Promise<string | undefined>;
}

export interface EventTarget {
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  uid: string;
}

export interface EventNote {
  type: 'Normal' | 'Warning';
  reason: string;
  note: string;
}

/** Events are for people and best effort: `record` never throws, and nobody waits for it. */
export interface EventRecorder {
  record(target: EventTarget, event: EventNote): void;
}
