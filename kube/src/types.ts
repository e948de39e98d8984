/** What is asked of an API server, and what of the surroundings. Tests pass fakes. @public */

export interface KubeMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
}

/** A person or an account in whose name something is done. @public */
export interface Person {
  username: string;
  groups: string[];
}

/** Anything with Kubernetes metadata. @public */
export interface KubeObject {
  metadata: KubeMeta;
}

/** An object of which nothing but the metadata was looked at. @public */
export interface KubernetesObject extends KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: KubeMeta & {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** A kind as the API server addresses it: `{ group: 'argoproj.io', version: 'v1alpha1', plural: 'workflows' }`. @public */
export interface ResourceKind {
  group: string;
  version: string;
  plural: string;
}

/** @public */
export interface ListPage<T> {
  items: T[];
  resourceVersion: string;
  continue?: string;
}

/** @public */
export type WatchEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; resourceVersion: string };

/** List and watch of one kind in one namespace or all. Errors are {@link ApiError}. @public */
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

/** The verbs that a controller needs, on plain JSON. A request ends when its signal does. */
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
