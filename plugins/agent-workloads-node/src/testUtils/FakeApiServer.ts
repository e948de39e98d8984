import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubernetesObject } from '../KubernetesClient';

/** What the server was asked, for tests that look at who asked. */
export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** `Impersonate-Group`, one entry a group. */
  groups: string[];
  body?: KubernetesObject;
}

/** An answer that takes the place of the server's own. */
export interface Refusal {
  status: number;
  reason: string;
  message: string;
}

interface WatchEvent {
  version: number;
  type: string;
  collection: string;
  object: KubernetesObject;
}

interface Watcher {
  collection: string;
  namespace?: string;
  selects(object: KubernetesObject): boolean;
  res: ServerResponse;
}

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A small API server for tests: lists in pages, watches, creates, merge patches, logs, and what a test wants refused. */
export class FakeApiServer {
  readonly requests: SeenRequest[] = [];
  /** Answers a request before the server does. */
  refuse: (request: SeenRequest) => Refusal | undefined = () => undefined;
  /** Whether they may, for SelfSubjectAccessReviews; `as` is undefined for the account itself. */
  mayI: (attributes: Record<string, string>, as?: string) => boolean = () =>
    true;
  /** Whom the account may impersonate; undefined: all. */
  people: string[] | undefined = ['alice', 'bob'];
  /** Text of pods' logs by name; a stream that a test feeds by hand when it is a function. */
  readonly logs = new Map<string, string | ((res: ServerResponse) => void)>();
  private readonly objects = new Map<string, KubernetesObject>();
  private history: WatchEvent[] = [];
  private readonly watchers = new Set<Watcher>();
  private version = 100;
  private forgottenUpTo = 0;
  private server: Server | undefined;

  /** @returns the base URL */
  async start(
    options: { port?: number; tls?: { key: string; cert: string } } = {},
  ): Promise<string> {
    const listener = (req: IncomingMessage, res: ServerResponse) => {
      this.serve(req, res).catch(error => {
        res.statusCode = 500;
        res.end(String(error));
      });
    };
    this.server = options.tls
      ? createTlsServer(options.tls, listener)
      : createServer(listener);
    await new Promise<void>(resolve =>
      this.server!.listen(options.port ?? 0, '127.0.0.1', resolve),
    );
    const { port } = this.server.address() as AddressInfo;
    return `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.watchers.clear();
    server?.closeAllConnections();
    await new Promise(resolve => (server ? server.close(resolve) : resolve(0)));
  }

  /** Makes or replaces an object, as somebody else would. */
  put(plural: string, object: Partial<KubernetesObject>): KubernetesObject {
    const given = clone(object) as KubernetesObject;
    const key = this.key(plural, given);
    const known = this.objects.get(key);
    this.version += 1;
    const stored: KubernetesObject = {
      ...given,
      metadata: {
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...given.metadata,
        uid: given.metadata.uid ?? known?.metadata.uid ?? `uid-${this.version}`,
        resourceVersion: String(this.version),
      },
    };
    this.objects.set(key, stored);
    this.emit(known ? 'MODIFIED' : 'ADDED', plural, stored);
    return clone(stored);
  }

  delete(plural: string, namespace: string, name: string): void {
    const key = `${plural}/${namespace}/${name}`;
    const known = this.objects.get(key);
    if (known) {
      this.objects.delete(key);
      this.version += 1;
      known.metadata.resourceVersion = String(this.version);
      this.emit('DELETED', plural, known);
    }
  }

  get(
    plural: string,
    namespace: string,
    name: string,
  ): KubernetesObject | undefined {
    return this.objects.get(`${plural}/${namespace}/${name}`);
  }

  all(plural: string): KubernetesObject[] {
    return [...this.objects]
      .filter(([key]) => key.startsWith(`${plural}/`))
      .map(([, object]) => object);
  }

  /** Ends every watch; a watch from an older version is answered 410 from now on. */
  forget(): void {
    this.history = [];
    this.version += 1;
    this.forgottenUpTo = this.version;
    this.endWatches();
  }

  endWatches(): void {
    this.watchers.forEach(({ res }) => res.end());
    this.watchers.clear();
  }

  /** Breaks every watch in the middle of the stream. */
  breakWatches(): void {
    this.watchers.forEach(({ res }) => res.destroy());
    this.watchers.clear();
  }

  watching(): number {
    return this.watchers.size;
  }

  private key(plural: string, { metadata }: KubernetesObject): string {
    return `${plural}/${metadata.namespace ?? ''}/${metadata.name}`;
  }

  private emit(type: string, collection: string, object: KubernetesObject) {
    const event = {
      version: this.version,
      type,
      collection,
      object: clone(object),
    };
    this.history.push(event);
    this.watchers.forEach(watcher => send(watcher, event));
  }

  private async serve(req: IncomingMessage, res: ServerResponse) {
    const url = new URL(req.url ?? '/', 'http://fake');
    const chunks: Buffer[] = [];
    for await (const chunk of req) {
      chunks.push(chunk as Buffer);
    }
    const text = Buffer.concat(chunks).toString();
    const groups: string[] = [];
    req.rawHeaders.forEach((name, index) => {
      if (index % 2 === 0 && name.toLowerCase() === 'impersonate-group') {
        groups.push(req.rawHeaders[index + 1]);
      }
    });
    const seen: SeenRequest = {
      method: req.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: req.headers,
      groups,
      body: text ? (JSON.parse(text) as KubernetesObject) : undefined,
    };
    this.requests.push(seen);
    const refusal = this.refuse(seen);
    if (refusal) {
      fail(res, refusal);
      return;
    }
    this.route(seen, res);
  }

  private route(request: SeenRequest, res: ServerResponse): void {
    if (request.path.endsWith('/selfsubjectrulesreviews')) {
      const rule = {
        verbs: ['impersonate'],
        apiGroups: [''],
        resources: ['users'],
        resourceNames: this.people,
      };
      const resourceRules = this.people?.length === 0 ? [] : [rule];
      answer(res, 201, { ...request.body, status: { resourceRules } });
      return;
    }
    if (request.path.endsWith('/selfsubjectaccessreviews')) {
      const spec = request.body?.spec as {
        resourceAttributes: Record<string, string>;
      };
      answer(res, 201, {
        ...request.body,
        status: {
          allowed: this.mayI(
            spec.resourceAttributes,
            request.headers['impersonate-user'] as string | undefined,
          ),
        },
      });
      return;
    }
    const match =
      /^\/(?:api\/[^/]+|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/(log))?$/.exec(
        request.path,
      );
    if (!match) {
      fail(res, { status: 404, reason: 'NotFound', message: 'no such path' });
      return;
    }
    const [namespace, plural, name, log] = match
      .slice(1)
      .map(part => part && decodeURIComponent(part));
    if (log) {
      this.serveLog(name, res);
    } else if (request.method === 'POST') {
      this.create(plural, namespace, request, res);
    } else if (request.method === 'PATCH') {
      this.patch(plural, namespace, name, request, res);
    } else if (name) {
      const object = this.get(plural, namespace, name);
      if (object) {
        answer(res, 200, object);
      } else {
        fail(res, notFound(plural, name));
      }
    } else if (request.query.get('watch') === 'true') {
      this.watch(plural, namespace, request, res);
    } else {
      this.list(plural, namespace, request, res);
    }
  }

  private list(
    plural: string,
    namespace: string | undefined,
    { query }: SeenRequest,
    res: ServerResponse,
  ): void {
    const selects = selector(query.get('labelSelector'));
    const items = this.all(plural)
      .filter(({ metadata }) => !namespace || metadata.namespace === namespace)
      .filter(selects);
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? 0) || items.length || 1;
    const next = from + limit < items.length ? String(from + limit) : undefined;
    answer(res, 200, {
      kind: 'List',
      metadata: { resourceVersion: String(this.version), continue: next },
      items: items.slice(from, from + limit),
    });
  }

  private watch(
    plural: string,
    namespace: string | undefined,
    { query }: SeenRequest,
    res: ServerResponse,
  ): void {
    const from = Number(query.get('resourceVersion'));
    if (from < this.forgottenUpTo) {
      fail(res, { status: 410, reason: 'Expired', message: 'too old' });
      return;
    }
    res.writeHead(200, { 'content-type': 'application/json' });
    res.flushHeaders();
    const watcher: Watcher = {
      collection: plural,
      namespace,
      selects: selector(query.get('labelSelector')),
      res,
    };
    this.history
      .filter(event => event.version > from)
      .forEach(event => send(watcher, event));
    this.watchers.add(watcher);
    res.on('close', () => this.watchers.delete(watcher));
  }

  private create(
    plural: string,
    namespace: string | undefined,
    { body, query }: SeenRequest,
    res: ServerResponse,
  ): void {
    const object = clone(body!);
    object.metadata.namespace = namespace;
    if (this.objects.has(this.key(plural, object))) {
      fail(res, {
        status: 409,
        reason: 'AlreadyExists',
        message: `${plural} "${object.metadata.name}" already exists`,
      });
      return;
    }
    answer(
      res,
      201,
      query.get('dryRun') === 'All' ? object : this.put(plural, object),
    );
  }

  private patch(
    plural: string,
    namespace: string,
    name: string,
    { body }: SeenRequest,
    res: ServerResponse,
  ): void {
    const known = this.get(plural, namespace, name);
    if (!known) {
      fail(res, notFound(plural, name));
      return;
    }
    const uid = body?.metadata?.uid;
    if (uid && uid !== known.metadata.uid) {
      fail(res, { status: 409, reason: 'Conflict', message: 'another uid' });
      return;
    }
    const { metadata: _, ...rest } = body ?? {};
    answer(res, 200, this.put(plural, merge(known, rest) as KubernetesObject));
  }

  private serveLog(name: string, res: ServerResponse): void {
    const log = this.logs.get(name);
    if (log === undefined) {
      fail(res, notFound('pods', name));
      return;
    }
    res.writeHead(200, { 'content-type': 'text/plain' });
    if (typeof log === 'string') {
      res.end(log);
    } else {
      res.flushHeaders();
      log(res);
    }
  }
}

function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const result: Record<string, unknown> = {
    ...(target as Record<string, unknown>),
  };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = merge(result[key], value);
    }
  }
  return result;
}

function selector(text: string | null): (object: KubernetesObject) => boolean {
  const [label, value] = (text ?? '').split('=');
  return ({ metadata }) =>
    !label ||
    (value === undefined
      ? metadata.labels?.[label] !== undefined
      : metadata.labels?.[label] === value);
}

function send(watcher: Watcher, event: WatchEvent): void {
  const { namespace } = event.object.metadata;
  if (
    event.collection === watcher.collection &&
    (!watcher.namespace || watcher.namespace === namespace) &&
    watcher.selects(event.object)
  ) {
    const { type, object } = event;
    watcher.res.write(`${JSON.stringify({ type, object })}\n`);
  }
}

function notFound(plural: string, name: string): Refusal {
  return {
    status: 404,
    reason: 'NotFound',
    message: `${plural} "${name}" not found`,
  };
}

function answer(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}

function fail(res: ServerResponse, { status, reason, message }: Refusal): void {
  answer(res, status, {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code: status,
    reason,
    message,
  });
}
