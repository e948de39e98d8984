import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import type { KubeConnection } from './connection';
import { noAnswer, toError, toPage } from './answers';
import { ApiError, saysAbsent } from './errors';
import type { Answered } from './observers';
import { pathOf, queryOf } from './paths';
import type {
  KubeObject,
  KubernetesObject,
  ListingClient,
  ListPage,
  ListWatch,
  Patch,
  PatchType,
  Person,
  ResourceKind,
} from './types';
import { readWatch } from './watch-stream';

export interface ClientOptions {
  /** Who asks: the user agent, and in `managedFields` who wrote what. */
  name: string;
  /** Milliseconds that a request may take. */
  requestMs: number;
  /** The same for a page of a list. */
  listMs: number;
  /** Resolves when a request may be sent; watches ask it only when they begin. */
  turn(signal?: AbortSignal): Promise<void>;
  /** Hears of each request, watches among them. */
  answered?(answered: Answered): void;
}

const DEFAULTS: Omit<ClientOptions, 'name' | 'answered'> = {
  requestMs: 30_000,
  listMs: 60_000,
  turn: async () => undefined,
};

const PATCH_TYPES: Record<PatchType, string> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query. */
  path: string;
  body?: unknown;
  contentType?: string;
  as?: Person;
}

interface Sent extends Call {
  signal?: AbortSignal;
  /** Milliseconds between chunks; 0 for none. */
  bodyTimeout?: number;
}

/** How a write is meant. */
export interface WriteMode {
  /** Else it is done as the account of the connection. */
  as?: Person;
  /** The API server judges it, and keeps nothing. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

/** The verbs that are needed, on plain JSON, through one connection pool. */
export class HttpKubeClient implements ListingClient {
  private readonly options: ClientOptions;

  constructor(
    private readonly connection: KubeConnection,
    options: Partial<ClientOptions> & Pick<ClientOptions, 'name'>,
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  get(
    kind: ResourceKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.json(() => pathOf(kind, namespace, name), {}, signal);
  }

  /**
   * @returns undefined when the server says that this very object is not there
   * @throws ApiError also for a kind that is not there
   */
  async find(
    kind: ResourceKind,
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    try {
      return (await this.get(
        kind,
        namespace,
        name,
        signal,
      )) as KubernetesObject;
    } catch (error) {
      if (saysAbsent(error, name)) return undefined;
      throw error;
    }
  }

  create(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.createIn(kind, namespace, body, { signal });
  }

  wouldCreate(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.createIn(kind, namespace, body, { dryRun: true, signal });
  }

  createIn(
    kind: ResourceKind,
    namespace: string,
    body: unknown,
    mode: WriteMode,
  ): Promise<unknown> {
    return this.json(
      () => pathOf(kind, namespace) + this.writeQuery(mode),
      { method: 'POST', body, as: mode.as },
      mode.signal,
    );
  }

  patch(
    kind: ResourceKind,
    namespace: string,
    name: string,
    patch: Patch,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.patchOf(kind, namespace, name, patch, { signal });
  }

  patchOf(
    kind: ResourceKind,
    namespace: string,
    name: string,
    { type, body, subresource }: Patch,
    mode: WriteMode,
  ): Promise<unknown> {
    const rest = subresource ? [name, subresource] : [name];
    return this.json(
      () => pathOf(kind, namespace, ...rest) + this.writeQuery(mode),
      {
        method: 'PATCH',
        body,
        contentType: PATCH_TYPES[type],
        as: mode.as,
      },
      mode.signal,
    );
  }

  /** Refused with 409 when `metadata.resourceVersion` is not the newest. */
  replace(
    kind: ResourceKind,
    object: KubeObject,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { namespace = '', name } = object.metadata;
    return this.json(
      () => pathOf(kind, namespace, name) + this.writeQuery({}),
      { method: 'PUT', body: object },
      signal,
    );
  }

  delete(
    kind: ResourceKind,
    namespace: string,
    name: string,
    only: { uid?: string; resourceVersion?: string },
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.deleteOf(kind, namespace, name, only, { signal });
  }

  deleteOf(
    kind: ResourceKind,
    namespace: string,
    name: string,
    only: { uid?: string; resourceVersion?: string },
    mode: WriteMode,
  ): Promise<unknown> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Background',
      preconditions: only,
    };
    return this.json(
      () => pathOf(kind, namespace, name),
      { method: 'DELETE', body, as: mode.as },
      mode.signal,
    );
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
          () => path + queryOf(query),
          {},
          signal,
          this.options.listMs,
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

  /** One page of a list, for who does not follow the kind. */
  async list(
    kind: ResourceKind,
    namespace: string,
    query: { fieldSelector?: string; labelSelector?: string; limit?: number },
    signal?: AbortSignal,
  ): Promise<ListPage<unknown>> {
    return toPage(
      await this.json(
        () => pathOf(kind, namespace) + queryOf(query),
        {},
        signal,
        this.options.listMs,
      ),
    );
  }

  /** The log of a pod; with `follow` it ends when the pod does, and may be silent for as long as it likes. */
  async podLog(
    namespace: string,
    pod: string,
    query: { container: string; follow?: boolean; limitBytes?: number },
    signal?: AbortSignal,
  ): Promise<Readable> {
    const path =
      pathOf(
        { group: '', version: 'v1', plural: 'pods' },
        namespace,
        pod,
        'log',
      ) + queryOf({ ...query, follow: query.follow || undefined });
    await this.options.turn(signal);
    const { body } = await this.send({
      method: 'GET',
      path,
      signal,
      bodyTimeout: query.follow ? 0 : this.options.requestMs,
    });
    return body;
  }

  /** Any request with JSON in and out, for what there is no method for. */
  call(call: Call, signal?: AbortSignal): Promise<unknown> {
    return this.json(() => call.path, call, signal);
  }

  private writeQuery({ dryRun }: WriteMode): string {
    return queryOf({
      fieldManager: this.options.name,
      dryRun: dryRun ? 'All' : undefined,
    });
  }

  private async *watch(path: string, signal: AbortSignal, onData: () => void) {
    await this.options.turn(signal);
    const { body } = await this.send({
      method: 'GET',
      path,
      signal,
      // How long a watch may be silent is for the reflector to say.
      bodyTimeout: 0,
    });
    // A watch that was taken on is a sign of life, though a quiet kind has nothing to tell for long.
    onData();
    try {
      yield* readWatch(body, onData);
    } catch (error) {
      throw error instanceof ApiError ? error : noAnswer('watch', error);
    }
  }

  /** @param path called here, so that a part that no name can be is a rejection like any other */
  private async json(
    path: () => string,
    call: Partial<Call>,
    given: AbortSignal | undefined,
    timeoutMs = this.options.requestMs,
  ): Promise<unknown> {
    const sent = { method: 'GET' as const, ...call, path: path() };
    await this.options.turn(given);
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = given ? AbortSignal.any([given, limit]) : limit;
    const { body } = await this.send({ ...sent, signal });
    try {
      return await body.json();
    } catch (error) {
      throw noAnswer(`${sent.method} ${sent.path}`, error);
    }
  }

  private async send(
    call: Sent,
    renewed = false,
  ): Promise<Dispatcher.ResponseData> {
    const what = `${call.method} ${call.path.split('?')[0]}`;
    let response: Dispatcher.ResponseData;
    const began = performance.now();
    const answered = (code: string) =>
      this.options.answered?.({
        method: call.method,
        code,
        tookMs: performance.now() - began,
      });
    try {
      const { dispatcher, headers } = await this.connection.prepare();
      response = await request(this.connection.server + call.path, {
        dispatcher,
        method: call.method,
        signal: call.signal,
        bodyTimeout: call.bodyTimeout,
        headers: { ...headers, ...this.headersOf(call) },
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
      });
    } catch (error) {
      answered('<error>');
      throw noAnswer(what, error);
    }
    answered(String(response.statusCode));
    if (response.statusCode < 300) return response;
    if (response.statusCode === 401 && !renewed) {
      // Refused before anything was done: with a credential that was rotated since, it may be asked again.
      const anew = await this.connection.renew().catch(() => false);
      if (anew) {
        await response.body.dump();
        return this.send(call, true);
      }
    }
    throw await toError(what, response);
  }

  private headersOf({
    as,
    body,
    contentType = 'application/json',
  }: Sent): Record<string, string | string[]> {
    return {
      accept: 'application/json, */*',
      // A compressed watch arrives at its end.
      'accept-encoding': 'identity',
      'user-agent': this.options.name,
      ...(body === undefined ? {} : { 'content-type': contentType }),
      ...(as ? { 'impersonate-user': as.username } : {}),
      ...(as?.groups.length ? { 'impersonate-group': as.groups } : {}),
    };
  }
}
