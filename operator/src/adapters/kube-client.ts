import { request, type Dispatcher } from 'undici';
import {
  ApiError,
  type KubeClient,
  type ListPage,
  type ListWatch,
  type Patch,
  type PatchType,
  type ResourceKind,
} from '../ports';
import type { KubeConnection } from './kube-connection';
import { readWatch } from './watch-stream';

export interface ClientLimits {
  /** Milliseconds that a request may take. */
  requestMs: number;
  /** The same for a page of a list. */
  listMs: number;
  /** Resolves when a request may be sent; watches ask it only when they begin. */
  turn(signal?: AbortSignal): Promise<void>;
}

const DEFAULT_LIMITS: ClientLimits = {
  requestMs: 30_000,
  listMs: 60_000,
  turn: async () => undefined,
};

const PATCH_TYPES: Record<PatchType, string> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};

/** Named on every write, so that `managedFields` shows who wrote what. */
const FIELD_MANAGER = 'agentworkloads-operator';

type Query = Record<string, string | number | boolean | undefined>;

function pathOf(kind: ResourceKind, namespace: string, name?: string): string {
  const parts = [
    ...(kind.group ? ['apis', kind.group] : ['api']),
    kind.version,
    ...(namespace ? ['namespaces', namespace] : []),
    kind.plural,
    ...(name ? [name] : []),
  ];
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

function queryOf(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

function retryAfterMs(header: unknown): number | undefined {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

interface StatusBody {
  reason?: string;
  message?: string;
  details?: { name?: string };
}

function parseStatus(text: string): StatusBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

function noAnswer(what: string, cause: unknown): ApiError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ApiError(`${what}: no answer (${why})`, 0, 'NoAnswer', undefined, {
    cause,
  });
}

interface Call {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  contentType?: string;
  signal: AbortSignal;
  /** Milliseconds between chunks; 0 for none. */
  bodyTimeout?: number;
}

/** The verbs that are needed, on plain JSON, through one connection pool. */
export class HttpKubeClient implements KubeClient {
  private readonly limits: ClientLimits;

  constructor(
    private readonly connection: KubeConnection,
    limits: Partial<ClientLimits> = {},
  ) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
  }

  get(
    kind: ResourceKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const path = pathOf(kind, namespace, name);
    return this.json({ method: 'GET', path }, signal);
  }

  create(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.post(kind, namespace, body, {}, signal);
  }

  wouldCreate(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.post(kind, namespace, body, { dryRun: 'All' }, signal);
  }

  private post(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    query: Query,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const call: Omit<Call, 'signal'> = {
      method: 'POST',
      path:
        pathOf(kind, namespace) +
        queryOf({ fieldManager: FIELD_MANAGER, ...query }),
      body,
      contentType: 'application/json',
    };
    return this.json(call, signal);
  }

  patch(
    kind: ResourceKind,
    namespace: string,
    name: string,
    patch: Patch,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const sub = patch.subresource ? `/${patch.subresource}` : '';
    const call: Omit<Call, 'signal'> = {
      method: 'PATCH',
      path:
        pathOf(kind, namespace, name) +
        sub +
        queryOf({ fieldManager: FIELD_MANAGER }),
      body: patch.body,
      contentType: PATCH_TYPES[patch.type],
    };
    return this.json(call, signal);
  }

  delete(
    kind: ResourceKind,
    namespace: string,
    name: string,
    only: { uid: string; resourceVersion: string },
    signal?: AbortSignal,
  ): Promise<unknown> {
    const call: Omit<Call, 'signal'> = {
      method: 'DELETE',
      path: pathOf(kind, namespace, name),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        preconditions: only,
      },
      contentType: 'application/json',
    };
    return this.json(call, signal);
  }

  /**
   * @param namespace empty for all
   * @param labelSelector for instance a label's bare name: those that have it
   */
  listWatch(
    kind: ResourceKind,
    namespace: string,
    labelSelector?: string,
  ): ListWatch<unknown> {
    const path = pathOf(kind, namespace);
    return {
      list: async ({ limit, continueToken, signal }) => {
        const query = { limit, continue: continueToken, labelSelector };
        const body = await this.json(
          { method: 'GET', path: path + queryOf(query) },
          signal,
          this.limits.listMs,
        );
        return toPage(body);
      },
      watch: ({ resourceVersion, timeoutSeconds, signal, onData }) =>
        this.watch(
          path +
            queryOf({
              watch: true,
              resourceVersion,
              timeoutSeconds,
              allowWatchBookmarks: true,
              labelSelector,
            }),
          signal,
          onData,
        ),
    };
  }

  private async *watch(path: string, signal: AbortSignal, onData: () => void) {
    await this.limits.turn(signal);
    const { body } = await this.send({
      method: 'GET',
      path,
      signal,
      // Silence is the reflector's watchdog's business.
      bodyTimeout: 0,
    });
    try {
      yield* readWatch(body, onData);
    } catch (error) {
      throw error instanceof ApiError ? error : noAnswer('watch', error);
    }
  }

  private async json(
    call: Omit<Call, 'signal'>,
    given: AbortSignal | undefined,
    timeoutMs = this.limits.requestMs,
  ): Promise<unknown> {
    await this.limits.turn(given);
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = given ? AbortSignal.any([given, limit]) : limit;
    const { body } = await this.send({ ...call, signal });
    try {
      return await body.json();
    } catch (error) {
      throw noAnswer(`${call.method} ${call.path}`, error);
    }
  }

  private async send(call: Call): Promise<Dispatcher.ResponseData> {
    const what = `${call.method} ${call.path.split('?')[0]}`;
    let response: Dispatcher.ResponseData;
    try {
      const { dispatcher, headers } = await this.connection.prepare();
      response = await request(this.connection.server + call.path, {
        dispatcher,
        method: call.method,
        signal: call.signal,
        bodyTimeout: call.bodyTimeout,
        headers: {
          ...headers,
          accept: 'application/json',
          'user-agent': FIELD_MANAGER,
          ...(call.contentType ? { 'content-type': call.contentType } : {}),
        },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
      });
    } catch (error) {
      throw noAnswer(what, error);
    }
    if (response.statusCode < 300) return response;
    if (response.statusCode === 401) this.connection.refresh();
    throw await toError(what, response);
  }
}

async function toError(
  what: string,
  response: Dispatcher.ResponseData,
): Promise<ApiError> {
  const text = await response.body.text().catch(() => '');
  const { reason = '', message, details } = parseStatus(text);
  return new ApiError(
    `${what}: ${response.statusCode} ${message ?? reason}`.slice(0, 1000),
    response.statusCode,
    reason,
    retryAfterMs(response.headers['retry-after']),
    { objectName: details?.name },
  );
}

function toPage(body: unknown): ListPage<unknown> {
  const list = body as {
    apiVersion?: string;
    items?: unknown[] | null;
    metadata?: { resourceVersion?: string; continue?: string };
  };
  return {
    items: list.items ?? [],
    resourceVersion: list.metadata?.resourceVersion ?? '',
    continue: list.metadata?.continue || undefined,
  };
}
