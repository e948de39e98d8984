import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KubernetesObject } from '../types';
import {
  applyJsonPatch,
  applyMergePatch,
  copyJson,
  freezeJson,
} from './json-patches';

/** An API server in memory: resourceVersions, watch with 410, status subresources, guarded patches, logs and reviews. */

export interface FakeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    generation: number;
    creationTimestamp: string;
    labels?: Record<string, string>;
    ownerReferences?: { uid: string }[];
    [key: string]: unknown;
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface SeenRequest {
  /** First path segment of the client's base URL, if it has one: which operator asks. */
  client: string;
  method: string;
  /** Plural of the kind. */
  kind: string;
  namespace: string;
  name: string;
  subresource: string;
  watch: boolean;
  body: unknown;
}

/** The same as it came over HTTP. */
export interface HttpRequest extends SeenRequest {
  /** Without the client. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** `Impersonate-Group`, one entry a group. */
  groups: string[];
}

/** What goes wrong with a request: an answer instead, or the connection cut before or after it took effect. */
export type Fault =
  | {
      answer: number;
      reason?: string;
      message?: string;
      headers?: Record<string, string>;
    }
  | 'cut-before'
  | 'cut-after'
  /** It takes effect at once; the answer, made then, arrives so many milliseconds later. */
  | { lateMs: number };

interface LoggedEvent {
  version: number;
  kind: string;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: FakeObject;
}

/** Where the events of a watch go, line by line. */
export interface WatchSink {
  write(line: string): unknown;
  end(): unknown;
  /** As a connection that breaks; ended where there is none. */
  cut?(): unknown;
}

interface Watcher {
  request: SeenRequest;
  selector: string | null;
  sink: WatchSink;
}

class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    /** The object that isn't there; without it the kind isn't. */
    readonly objectName?: string,
    message = reason,
  ) {
    super(message);
  }
}

const absent = (kind: string, name: string) =>
  new Refusal(404, 'NotFound', name, `${kind} "${name}" not found`);

const taken = (kind: string, name: string) =>
  new Refusal(
    409,
    'AlreadyExists',
    undefined,
    `${kind} "${name}" already exists`,
  );

const WITH_STATUS = [
  'agentworkloads',
  'agentworkloadschedules',
  'agentapprovals',
];
const KINDS: Record<string, [string, string]> = {
  agentworkloads: ['agentworkloads.io/v1alpha1', 'AgentWorkload'],
  agentworkloadschedules: [
    'agentworkloads.io/v1alpha1',
    'AgentWorkloadSchedule',
  ],
  agentapprovals: ['agentworkloads.io/v1alpha1', 'AgentApproval'],
  workflows: ['argoproj.io/v1alpha1', 'Workflow'],
  workflowtemplates: ['argoproj.io/v1alpha1', 'WorkflowTemplate'],
};
const LOCAL_REVIEWS = 'localsubjectaccessreviews';
const CLIENT = /^\/(?!apis?\/)([^/]*)/;
const PATH =
  /^\/(?:apis\/[^/]+|api)\/[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/(status|log))?$/;

function seenOf(incoming: IncomingMessage, text: string): HttpRequest {
  const url = new URL(incoming.url ?? '/', 'http://x');
  const client = CLIENT.exec(url.pathname)?.[0] ?? '';
  const path = url.pathname.slice(client.length);
  const [, namespace = '', kind = '', name = '', subresource = ''] =
    PATH.exec(decodeURIComponent(path)) ?? [];
  const { rawHeaders } = incoming;
  return {
    client: client.slice(1),
    path,
    query: url.searchParams,
    headers: incoming.headers,
    groups: rawHeaders.filter(
      (_, at) => rawHeaders[at - 1]?.toLowerCase() === 'impersonate-group',
    ),
    method: incoming.method ?? '',
    namespace,
    kind,
    name,
    subresource,
    watch: url.searchParams.get('watch') === 'true',
    body: text ? (JSON.parse(text) as unknown) : undefined,
  };
}

const answerJson = (response: ServerResponse, answer: unknown, code = 200) => {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
};

export class FakeApiServer {
  /** Every request that changed something, with the object before and after. */
  readonly writes: {
    request: SeenRequest;
    before?: FakeObject;
    after: FakeObject;
  }[] = [];
  readonly requests: HttpRequest[] = [];
  fault: (request: HttpRequest) => Fault | undefined = () => undefined;
  /** Admission of what is created: a message refuses it. Without one everything is taken. */
  admit: (request: SeenRequest) => string | undefined = () => undefined;
  /** Whether they may, for access reviews; `as` is undefined for the account itself, which has no groups. */
  mayI: (
    attributes: Record<string, string>,
    as: string | undefined,
    groups: readonly string[],
  ) => boolean = () => true;
  /** Whom the account may impersonate; undefined: all. */
  people: string[] | undefined = ['alice', 'bob'];
  /** Text of pods' logs by name; a stream that a test feeds by hand when it is a function. */
  readonly logs = new Map<
    string,
    string | ((response: ServerResponse) => void)
  >();
  /** Watches of these kinds are answered but get no events. */
  readonly mutedKinds = new Set<string>();
  connections = 0;

  private readonly objects = new Map<string, FakeObject>();
  private readonly log: LoggedEvent[] = [];
  private readonly watchers = new Set<Watcher>();
  private version = 100;
  private oldest = 0;

  constructor(readonly now: () => Date = () => new Date()) {}

  private server = createServer();
  private scheme = 'http';

  /** @returns the address without a client */
  async start(
    options: { port?: number; tls?: { key: string; cert: string } } = {},
  ): Promise<string> {
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      void this.handle(request, response);
    };
    this.scheme = options.tls ? 'https' : 'http';
    this.server = options.tls
      ? createTlsServer(options.tls, listener)
      : createServer(listener);
    this.server.on('connection', () => (this.connections += 1));
    await new Promise<void>(resolve =>
      this.server.listen(options.port ?? 0, '127.0.0.1', resolve),
    );
    return this.url('').slice(0, -1);
  }

  async stop(): Promise<void> {
    this.watchers.clear();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  url(client = 'op'): string {
    const { port } = this.server.address() as AddressInfo;
    return `${this.scheme}://127.0.0.1:${port}/${client}`;
  }

  /** How many watches are open. */
  watching(): number {
    return this.watchers.size;
  }

  /** Ends all watches in good order. */
  endWatches(): void {
    for (const { sink } of this.watchers) sink.end();
    this.watchers.clear();
  }

  /** Ends all watches; with `forget`, positions before now are answered 410. */
  disconnect(forget = false): void {
    if (forget) this.oldest = this.version;
    for (const { sink } of this.watchers) (sink.cut ?? sink.end)();
  }

  /** Ends every watch in good order; each position before now is answered 410. */
  forget(): void {
    this.version += 1;
    this.oldest = this.version;
    this.endWatches();
  }

  /** An ERROR event on every open watch, as when etcd compacted under it. */
  expireWatches(): void {
    this.oldest = this.version;
    for (const { sink } of this.watchers) {
      sink.write(
        `${JSON.stringify({
          type: 'ERROR',
          object: { kind: 'Status', code: 410, reason: 'Expired' },
        })}\n`,
      );
      sink.end();
    }
  }

  sendToWatches(kind: string, text: string): void {
    for (const { request, sink } of this.watchers) {
      if (request.kind === kind) sink.write(text);
    }
  }

  list(kind: string): FakeObject[] {
    return [...this.objects]
      .filter(([path]) => path.startsWith(`${kind}/`))
      .map(([, object]) => object);
  }

  find(kind: string, namespace: string, name: string): FakeObject | undefined {
    return this.objects.get(`${kind}/${namespace}/${name}`);
  }

  create(
    kind: string,
    namespace: string,
    body: Record<string, unknown>,
  ): FakeObject {
    const given = body.metadata as Record<string, unknown>;
    const path = `${kind}/${namespace}/${String(given.name)}`;
    if (this.objects.has(path)) throw taken(kind, String(given.name));
    const [apiVersion, kindName] = KINDS[kind] ?? ['v1', kind];
    const object = {
      apiVersion,
      kind: kindName,
      ...copyJson(body),
      metadata: {
        uid: `${kind.slice(0, 4)}-${this.version + 1}-0000-0000`,
        creationTimestamp: this.now()
          .toISOString()
          .replace(/\.\d+Z$/, 'Z'),
        ...copyJson(given),
        namespace: namespace || undefined,
        generation: 1,
      },
    } as unknown as FakeObject;
    if (WITH_STATUS.includes(kind)) delete object.status;
    this.store(path, 'ADDED', object);
    return object;
  }

  /** Makes or replaces an object with its status, as somebody else would; every watch hears of it. */
  put(kind: string, object: KubernetesObject): FakeObject {
    const { namespace = '', name } = object.metadata;
    const known = this.find(kind, namespace, name);
    const [apiVersion, kindName] = KINDS[kind] ?? ['v1', kind];
    const stored = {
      apiVersion,
      kind: kindName,
      ...copyJson(object),
      metadata: {
        uid: known?.metadata.uid ?? `uid-${this.version + 1}`,
        creationTimestamp: this.now().toISOString(),
        ...copyJson(object.metadata),
        generation: (known?.metadata.generation ?? 0) + 1,
      },
    } as FakeObject;
    const path = `${kind}/${namespace}/${name}`;
    this.store(path, known ? 'MODIFIED' : 'ADDED', stored);
    return copyJson(stored);
  }

  /** Changes an object in place, as its own controller would. */
  change(
    kind: string,
    namespace: string,
    name: string,
    edit: (object: FakeObject) => void,
  ): void {
    const path = `${kind}/${namespace}/${name}`;
    const before = this.objects.get(path);
    if (!before) throw new Refusal(404, 'NotFound');
    const after = copyJson(before);
    edit(after);
    if (JSON.stringify(after) === JSON.stringify(before)) return;
    if (JSON.stringify(after.spec) !== JSON.stringify(before.spec)) {
      after.metadata.generation += 1;
    }
    this.store(path, 'MODIFIED', after);
  }

  delete(kind: string, namespace: string, name: string): void {
    const path = `${kind}/${namespace}/${name}`;
    const object = this.objects.get(path);
    if (!object) return;
    this.objects.delete(path);
    this.store(path, 'DELETED', copyJson(object));
    for (const [child, { metadata }] of [...this.objects]) {
      const owned = metadata.ownerReferences?.some(
        ({ uid }) => uid === object.metadata.uid,
      );
      const [childKind = '', childNs = '', childName = ''] = child.split('/');
      if (owned) this.delete(childKind, childNs, childName);
    }
  }

  private store(
    path: string,
    type: LoggedEvent['type'],
    object: FakeObject,
  ): void {
    this.version += 1;
    object.metadata.resourceVersion = String(this.version);
    // Whoever asks gets this very object, now and when the past is asked for.
    freezeJson(object);
    if (type !== 'DELETED') this.objects.set(path, object);
    const kind = path.split('/')[0] ?? '';
    const event = { version: this.version, kind, type, object };
    this.log.push(event);
    for (const watcher of this.watchers) this.send(watcher, event);
  }

  private send(watcher: Watcher, event: LoggedEvent): void {
    const { request, selector, sink } = watcher;
    if (this.mutedKinds.has(event.kind)) return;
    if (event.kind !== request.kind || !matches(event.object, selector)) return;
    if (
      request.namespace &&
      request.namespace !== event.object.metadata.namespace
    ) {
      return;
    }
    const { type, object } = event;
    sink.write(`${JSON.stringify({ type, object })}\n`);
  }

  private async handle(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const request = seenOf(incoming, text);
    this.requests.push(request);
    const fault = this.fault(request);
    if (fault === 'cut-before') {
      response.destroy();
      return;
    }
    if (typeof fault === 'object' && 'answer' in fault) {
      refuse(response, fault.answer, fault.reason ?? '', fault);
      return;
    }
    const late = typeof fault === 'object' ? fault.lateMs : 0;
    try {
      const answer = this.answerTo(request, response);
      if (fault === 'cut-after') response.destroy();
      else if (answer !== undefined) {
        const copy = copyJson(answer);
        if (late) await new Promise(resolve => setTimeout(resolve, late));
        answerJson(response, copy, request.method === 'POST' ? 201 : 200);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(response, error.code, error.reason, error);
    }
  }

  /** @returns undefined for a stream that was begun */
  private answerTo(request: HttpRequest, response: ServerResponse): unknown {
    const { query } = request;
    if (request.watch) return this.answerWatch(request, query, response);
    if (request.subresource === 'log') return this.answerLog(request, response);
    const isReview = request.path.startsWith('/apis/authorization.k8s.io/');
    if (isReview && request.kind !== LOCAL_REVIEWS) {
      return this.review(request);
    }
    return this.perform(request, query, request.headers['content-type'] ?? '');
  }

  private review({ kind, body, headers }: HttpRequest): unknown {
    const { spec } = body as {
      spec: { resourceAttributes: Record<string, string> };
    };
    if (kind === 'selfsubjectaccessreviews') {
      const as = headers['impersonate-user'] as string | undefined;
      const groups = String(headers['impersonate-group'] ?? '').split(/, ?/);
      const allowed = this.mayI(spec.resourceAttributes, as, groups);
      return { spec, status: { allowed } };
    }
    const rule = {
      verbs: ['impersonate'],
      apiGroups: [''],
      resources: ['users'],
      resourceNames: this.people,
    };
    const resourceRules = this.people?.length === 0 ? [] : [rule];
    return { spec, status: { resourceRules } };
  }

  /** Of somebody else's right. */
  private reviewOf(body: unknown): unknown {
    const { spec } = body as {
      spec: { user: string; resourceAttributes: Record<string, string> };
    };
    const allowed = this.mayI(spec.resourceAttributes, spec.user, []);
    return { spec, status: { allowed } };
  }

  private answerLog(
    { name }: SeenRequest,
    response: ServerResponse,
  ): undefined {
    const log = this.logs.get(name);
    if (log === undefined) throw absent('pods', name);
    response.writeHead(200, { 'content-type': 'text/plain' });
    if (typeof log === 'string') response.end(log);
    else {
      response.flushHeaders();
      log(response);
    }
    return undefined;
  }

  /** The version of the newest change. */
  get position(): number {
    return this.version;
  }

  /** What a request leads to, whichever way it came. @throws with code and reason when it is refused */
  perform(
    request: SeenRequest,
    query: URLSearchParams,
    contentType: string,
  ): unknown {
    const { method, kind, namespace, name } = request;
    if (kind === LOCAL_REVIEWS) return this.reviewOf(request.body);
    if (method === 'POST') {
      const refusal = this.admit(request);
      if (refusal) throw new Refusal(403, 'Forbidden', undefined, refusal);
      if (query.has('dryRun')) {
        const { metadata } = request.body as KubernetesObject;
        if (this.find(kind, namespace, metadata.name)) {
          throw taken(kind, metadata.name);
        }
        return request.body;
      }
      const after = this.create(
        kind,
        namespace,
        request.body as Record<string, unknown>,
      );
      this.writes.push({ request, after });
      return after;
    }
    if (method === 'PATCH') return this.patch(request, contentType);
    if (method === 'PUT') return this.replace(request);
    if (method === 'DELETE') return this.remove(request);
    if (name) {
      const object = this.find(kind, namespace, name);
      if (!object) throw absent(kind, name);
      return object;
    }
    return this.page(request, query);
  }

  /** As the world was at a version. */
  private listAt(kind: string, version: number): FakeObject[] {
    const then = new Map<string, FakeObject>();
    for (const event of this.log) {
      if (event.kind !== kind || event.version > version) continue;
      const { namespace = '', name } = event.object.metadata;
      if (event.type === 'DELETED') then.delete(`${namespace}/${name}`);
      else then.set(`${namespace}/${name}`, event.object);
    }
    return [...then.values()];
  }

  private page(request: SeenRequest, query: URLSearchParams): unknown {
    const selector = query.get('labelSelector');
    const past = query.get('version');
    const version = past === null ? this.version : Number(past);
    const all = (
      past === null
        ? this.list(request.kind)
        : this.listAt(request.kind, version)
    )
      .filter(object => matches(object, selector))
      .filter(
        ({ metadata }) =>
          !request.namespace || metadata.namespace === request.namespace,
      )
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const start = Number(query.get('continue') ?? 0);
    const end = start + Number(query.get('limit') ?? all.length);
    return {
      items: all.slice(start, end),
      metadata: {
        resourceVersion: String(version),
        ...(end < all.length ? { continue: String(end) } : {}),
      },
    };
  }

  private answerWatch(
    request: SeenRequest,
    query: URLSearchParams,
    response: ServerResponse,
  ): undefined {
    this.checkPosition(query);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const close = this.follow(request, query, {
      write: line => response.write(line),
      end: () => response.end(),
      cut: () => response.destroy(),
    });
    response.on('close', close);
    return undefined;
  }

  private checkPosition(query: URLSearchParams): void {
    const from = Number(query.get('resourceVersion'));
    if (from < this.oldest) throw new Refusal(410, 'Expired');
  }

  /** Begins a watch. @returns ends it */
  follow(
    request: SeenRequest,
    query: URLSearchParams,
    sink: WatchSink,
  ): () => void {
    this.checkPosition(query);
    const from = Number(query.get('resourceVersion'));
    const watcher = { request, selector: query.get('labelSelector'), sink };
    this.watchers.add(watcher);
    for (const event of this.log) {
      if (event.version > from) this.send(watcher, event);
    }
    return () => this.watchers.delete(watcher);
  }

  private remove(request: SeenRequest): unknown {
    const { kind, namespace, name, body } = request;
    const before = this.find(kind, namespace, name);
    if (!before) throw absent(kind, name);
    const { preconditions = {} } = body as {
      preconditions?: { uid?: string; resourceVersion?: string };
    };
    const { uid, resourceVersion } = before.metadata;
    const { uid: onlyUid = uid, resourceVersion: onlyAt = resourceVersion } =
      preconditions;
    if (onlyUid !== uid || onlyAt !== resourceVersion) {
      throw new Refusal(409, 'Conflict');
    }
    this.delete(kind, namespace, name);
    this.writes.push({ request, before, after: before });
    return before;
  }

  private replace(request: SeenRequest): FakeObject {
    const { kind, namespace, name, body } = request;
    const before = this.find(kind, namespace, name);
    if (!before) throw absent(kind, name);
    return this.changeTo(request, before, body as FakeObject);
  }

  private patch(request: SeenRequest, contentType: string): unknown {
    const { kind, namespace, name } = request;
    const before = this.find(kind, namespace, name);
    if (!before) throw absent(kind, name);
    const json = contentType.includes('json-patch');
    const patched = (
      json
        ? applyJsonPatch(before, request.body)
        : applyMergePatch(before, request.body)
    ) as FakeObject | undefined;
    if (!patched) throw new Refusal(422, 'Invalid');
    return this.changeTo(request, before, patched);
  }

  /** @throws Refusal when what is wanted is of another object, or of an older state of it */
  private changeTo(
    request: SeenRequest,
    before: FakeObject,
    wanted: FakeObject,
  ): FakeObject {
    const { kind, namespace, name, subresource } = request;
    const { uid, resourceVersion } = before.metadata;
    if (
      wanted.metadata.uid !== uid ||
      wanted.metadata.resourceVersion !== resourceVersion
    ) {
      throw new Refusal(409, 'Conflict');
    }
    this.change(kind, namespace, name, object => {
      if (subresource === 'status') {
        object.status = wanted.status;
        return;
      }
      Object.assign(object, copyJson(wanted));
      if (WITH_STATUS.includes(kind)) object.status = before.status;
    });
    const after = this.find(kind, namespace, name);
    if (!after) throw new Refusal(404, 'NotFound');
    this.writes.push({ request, before, after });
    return after;
  }
}

function refuse(
  response: ServerResponse,
  code: number,
  reason: string,
  rest: {
    headers?: Record<string, string>;
    objectName?: string;
    message?: string;
  } = {},
): void {
  response.writeHead(code, {
    'content-type': 'application/json',
    ...rest.headers,
  });
  const details = rest.objectName ? { name: rest.objectName } : undefined;
  const { message = reason } = rest;
  response.end(
    JSON.stringify({ kind: 'Status', code, reason, message, details }),
  );
}

/** Selectors of the forms "has this label" and "has it with this value". */
function matches(object: FakeObject, selector: string | null): boolean {
  const [label = '', value] = (selector ?? '').split('=');
  const given = object.metadata.labels?.[label];
  return (
    !label || (value === undefined ? given !== undefined : given === value)
  );
}
