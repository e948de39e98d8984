import { sleep } from '@agentworkloads/kube';
import {
  ApiError,
  type Clock,
  type KubeClient,
  type ListWatch,
  type Patch,
  type ResourceKind,
  type WatchEvent,
} from '../../src/ports';
import type {
  FakeApiServer,
  Fault,
  SeenRequest,
} from '@agentworkloads/kube/testing';

/** How long a request takes, each way, in the time of the plan. */
const LATENCY_MS = 5;

type Sent = Omit<SeenRequest, 'client'>;

/**
 * An operator's connection to the API server in memory without HTTP, in a time that the test owns:
 * thousands of requests a second, and always in the same order.
 */
export class LocalClient implements KubeClient {
  /** What goes wrong with a request. */
  fault: (request: SeenRequest) => Fault | undefined = () => undefined;
  private dead = false;
  /** Watches of these kinds bring nothing until then. */
  private readonly heldUntil = new Map<string, number>();
  /** Lists are of this version until then. */
  private past: { version: number; until: number } | undefined;
  private readonly streams = new Set<() => void>();

  constructor(
    private readonly api: FakeApiServer,
    private readonly clock: Clock,
    readonly name: string,
  ) {}

  /** Nothing gets in or out any more: the process is gone. */
  die(): void {
    this.dead = true;
  }

  hold(kind: string, ms: number): void {
    const until = this.clock.monotonic() + ms;
    this.heldUntil.set(kind, until);
    this.clock.setTimeout(() => this.wake(), ms + 1);
  }

  /** As an API server whose cache is behind: reads of one object are answered from now all the same. */
  liveInThePast(version: number, ms: number): void {
    this.past = { version, until: this.clock.monotonic() + ms };
    for (const kind of ['agentworkloads', 'workflows', 'agentapprovals']) {
      this.hold(kind, ms);
    }
  }

  get(
    kind: ResourceKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.ask(sent('GET', kind, namespace, { name }), signal);
  }

  create(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.ask(sent('POST', kind, namespace, { body }), signal);
  }

  wouldCreate(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.ask(
      sent('POST', kind, namespace, { body }),
      signal,
      undefined,
      new URLSearchParams({ dryRun: 'All' }),
    );
  }

  patch(
    kind: ResourceKind,
    namespace: string,
    name: string,
    { type, body, subresource = undefined }: Patch,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.ask(
      sent('PATCH', kind, namespace, {
        name,
        body,
        subresource: subresource ?? '',
      }),
      signal,
      `${type}-patch`,
    );
  }

  delete(
    kind: ResourceKind,
    namespace: string,
    name: string,
    only: { uid: string; resourceVersion: string },
    signal?: AbortSignal,
  ): Promise<unknown> {
    const body = { preconditions: only };
    return this.ask(sent('DELETE', kind, namespace, { name, body }), signal);
  }

  listWatch(
    kind: ResourceKind,
    namespace: string,
    labelSelector?: string,
  ): ListWatch<unknown> {
    const query = (values: Record<string, string | number | undefined>) =>
      new URLSearchParams(
        Object.entries({ ...values, labelSelector }).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, String(value)]],
        ),
      );
    return {
      list: async ({ limit, continueToken, signal }) => {
        const past = this.past;
        const from =
          past && this.clock.monotonic() < past.until
            ? past.version
            : undefined;
        const body = (await this.ask(
          sent('GET', kind, namespace, {}),
          signal,
          undefined,
          query({ limit, continue: continueToken, version: from }),
        )) as {
          items: unknown[];
          metadata: { resourceVersion: string; continue?: string };
        };
        return { items: body.items, ...body.metadata };
      },
      watch: ({ resourceVersion, signal, onData }) =>
        this.watch(
          sent('GET', kind, namespace, { watch: true }),
          query({ resourceVersion, watch: 'true' }),
          signal,
          onData,
        ),
    };
  }

  private async ask(
    request: Sent,
    signal: AbortSignal | undefined,
    patch?: string,
    query = new URLSearchParams(),
  ): Promise<unknown> {
    const seen = { ...request, client: this.name };
    const never = new AbortController().signal;
    const wait = (ms: number) => sleep(this.clock, ms, signal ?? never);
    await wait(LATENCY_MS);
    if (signal?.aborted || this.dead) throw noAnswer();
    const fault = this.fault(seen);
    if (fault === 'cut-before' || this.dead) throw noAnswer();
    let answer: unknown;
    let refused: unknown;
    if (typeof fault === 'object' && 'answer' in fault) {
      const seconds = Number(fault.headers?.['retry-after'] ?? 0);
      throw new ApiError(
        `${fault.answer}`,
        fault.answer,
        fault.reason ?? '',
        seconds ? seconds * 1000 : undefined,
      );
    }
    try {
      answer = this.api.perform(seen, query, patch ?? '');
    } catch (error) {
      refused = toApiError(error);
    }
    await wait(typeof fault === 'object' ? fault.lateMs : LATENCY_MS);
    if (fault === 'cut-after' || this.dead || signal?.aborted) throw noAnswer();
    if (refused) throw refused;
    return answer;
  }

  private async *watch(
    request: Sent,
    query: URLSearchParams,
    signal: AbortSignal,
    onData: () => void,
  ): AsyncGenerator<WatchEvent<unknown>> {
    const waiting: string[] = [];
    let ended = false;
    let wake: () => void = () => undefined;
    const stir = () => wake();
    this.streams.add(stir);
    signal.addEventListener('abort', stir, { once: true });
    await sleep(this.clock, LATENCY_MS, signal);
    if (this.dead || signal.aborted) throw noAnswer();
    let close: () => void = () => undefined;
    try {
      close = this.api.follow({ ...request, client: this.name }, query, {
        write: text => {
          waiting.push(text);
          wake();
        },
        end: () => {
          ended = true;
          wake();
        },
      });
    } catch (error) {
      throw toApiError(error);
    }
    try {
      for (;;) {
        const held =
          this.clock.monotonic() < (this.heldUntil.get(request.kind) ?? 0);
        if (signal.aborted || this.dead) throw noAnswer();
        const next = held ? undefined : waiting.shift();
        if (next !== undefined) {
          onData();
          yield toEvent(next);
        } else if (ended && !held) return;
        else await new Promise<void>(resolve => (wake = resolve));
      }
    } finally {
      close();
      this.streams.delete(stir);
    }
  }

  private wake(): void {
    for (const stir of this.streams) stir();
  }
}

function sent(
  method: string,
  kind: ResourceKind,
  namespace: string,
  rest: Partial<Sent>,
): Sent {
  return {
    method,
    kind: kind.plural,
    namespace,
    name: '',
    subresource: '',
    watch: false,
    body: undefined,
    ...rest,
  };
}

function noAnswer(): ApiError {
  return new ApiError('no answer', 0, 'NoAnswer');
}

function toApiError(error: unknown): unknown {
  const { code, reason, message, objectName } = error as {
    code?: number;
    reason?: string;
    message?: string;
    objectName?: string;
  };
  return code === undefined
    ? error
    : new ApiError(`${code} ${message}`, code, reason ?? '', undefined, {
        objectName,
      });
}

function toEvent(line: string): WatchEvent<unknown> {
  const { type, object } = JSON.parse(line) as {
    type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'ERROR';
    object: { code?: number; reason?: string };
  };
  if (type === 'ERROR') {
    throw new ApiError('watch', object.code ?? 500, object.reason ?? '');
  }
  return { type, object };
}
