import type { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import type { ResolvedAccess } from './access';
import type { ImpersonatedPerson } from './identity';
import { KubernetesError } from './KubernetesError';
import { resourcePath, type ResourceType } from './resources';

export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

export interface KubernetesList {
  metadata: { resourceVersion?: string; continue?: string };
  items: KubernetesObject[];
}

export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  signal?: AbortSignal;
}

export interface WatchOptions extends Omit<ListOptions, 'limit' | 'continue'> {
  resourceVersion: string;
  /** Seconds after which the server ends the watch. */
  timeoutSeconds: number;
  /** Milliseconds without a byte after which the connection is taken for dead. */
  idleTimeout: number;
}

export interface WriteOptions {
  /** The person in whose name this is done. */
  as: ImpersonatedPerson;
  /** The API server checks everything and stores nothing. */
  dryRun?: boolean;
}

interface RulesStatus {
  incomplete?: boolean;
  resourceRules?: {
    verbs: string[];
    apiGroups?: string[];
    resources?: string[];
    resourceNames?: string[];
  }[];
}

interface Call {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
  contentType?: string;
  as?: ImpersonatedPerson;
  signal?: AbortSignal;
  bodyTimeout?: number;
}

const READ_TIMEOUT = 30_000;

/** Speaks to one API server over one pool of connections. */
export class KubernetesClient {
  private readonly dispatcher: Dispatcher;

  constructor(private readonly access: ResolvedAccess) {
    this.dispatcher = new Agent({
      // One pool for everything: an agent per call costs a TLS handshake each.
      connect: {
        ca: access.ca,
        cert: access.cert,
        key: access.key,
        servername: access.servername,
        rejectUnauthorized: !access.skipTLSVerify,
        timeout: 10_000,
      },
      allowH2: false,
      headersTimeout: READ_TIMEOUT,
      bodyTimeout: READ_TIMEOUT,
      keepAliveTimeout: 30_000,
    });
  }

  async get(
    type: ResourceType,
    namespace: string,
    name: string,
  ): Promise<KubernetesObject> {
    return this.json({
      method: 'GET',
      path: resourcePath(type, namespace, name),
    });
  }

  async list(
    type: ResourceType,
    options: ListOptions = {},
  ): Promise<KubernetesList> {
    return this.json({
      method: 'GET',
      path: resourcePath(type, options.namespace),
      query: listQuery(options),
      signal: options.signal,
    });
  }

  /** Yields watch events until the server ends the stream. Never compressed: a compressed watch arrives at its end. */
  async watch(type: ResourceType, options: WatchOptions): Promise<Readable> {
    const response = await this.open({
      method: 'GET',
      path: resourcePath(type, options.namespace),
      query: {
        ...listQuery(options),
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: options.resourceVersion,
        timeoutSeconds: String(options.timeoutSeconds),
      },
      signal: options.signal,
      bodyTimeout: options.idleTimeout,
    });
    return response.body;
  }

  async create(
    type: ResourceType,
    object: KubernetesObject,
    options: WriteOptions,
  ): Promise<KubernetesObject> {
    return this.json({
      method: 'POST',
      path: resourcePath(type, object.metadata.namespace),
      query: { dryRun: options.dryRun ? 'All' : undefined },
      body: object,
      contentType: 'application/json',
      as: options.as,
    });
  }

  /** JSON merge patch. */
  async patch(
    type: ResourceType,
    namespace: string,
    name: string,
    patch: Record<string, unknown>,
    options: WriteOptions,
  ): Promise<KubernetesObject> {
    return this.json({
      method: 'PATCH',
      path: resourcePath(type, namespace, name),
      query: { dryRun: options.dryRun ? 'All' : undefined },
      body: patch,
      contentType: 'application/merge-patch+json',
      as: options.as,
    });
  }

  /** The log of a pod as a stream; with `follow` it ends when the pod does. */
  async podLog(
    namespace: string,
    pod: string,
    options: {
      container: string;
      follow?: boolean;
      limitBytes?: number;
      signal?: AbortSignal;
    },
  ): Promise<Readable> {
    const response = await this.open({
      method: 'GET',
      path: resourcePath(
        { group: '', version: 'v1', plural: 'pods' },
        namespace,
        pod,
        'log',
      ),
      query: {
        container: options.container,
        follow: options.follow ? 'true' : undefined,
        limitBytes: options.limitBytes?.toString(),
      },
      signal: options.signal,
      bodyTimeout: options.follow ? 0 : READ_TIMEOUT,
    });
    return response.body;
  }

  /**
   * Asks the API server what the portal's own account may do, or a person.
   * @returns undefined when this server can't be asked
   */
  async mayI(
    attributes: {
      verb: string;
      group?: string;
      resource: string;
      subresource?: string;
      namespace?: string;
      name?: string;
    },
    as?: ImpersonatedPerson,
  ): Promise<boolean | undefined> {
    try {
      const review = await this.json<{ status?: { allowed?: boolean } }>({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: attributes },
        },
        contentType: 'application/json',
        as,
      });
      return review.status?.allowed ?? false;
    } catch (error) {
      if ((error as KubernetesError).status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Whom the portal's own account may impersonate.
   * @returns `all`, or the names; undefined when this server can't be asked or does not know all its rules
   */
  async impersonates(): Promise<'all' | string[] | undefined> {
    try {
      const review = await this.json<{ status?: RulesStatus }>({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectRulesReview',
          spec: { namespace: 'default' },
        },
        contentType: 'application/json',
      });
      const has = (list: string[] | undefined, value: string) =>
        list?.some(one => one === value || one === '*') ?? false;
      const rules = (review.status?.resourceRules ?? []).filter(
        rule =>
          has(rule.verbs, 'impersonate') &&
          has(rule.apiGroups, '') &&
          has(rule.resources, 'users'),
      );
      if (rules.some(rule => !rule.resourceNames?.length)) {
        return 'all';
      }
      const names = rules.flatMap(rule => rule.resourceNames ?? []);
      // Not every authorizer lists its rules; most clusters have one that does not.
      return review.status?.incomplete && names.length === 0
        ? undefined
        : names;
    } catch (error) {
      if ((error as KubernetesError).status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.dispatcher.destroy();
  }

  private async json<T = never>(call: Call): Promise<T> {
    const response = await this.open(call);
    try {
      return (await response.body.json()) as T;
    } catch (cause) {
      throw new KubernetesError(
        `the API server's answer is not whole: ${(cause as Error).message}`,
        0,
        'BadResponse',
        { cause },
      );
    }
  }

  private async open(call: Call): Promise<Dispatcher.ResponseData> {
    const url = new URL(this.access.server + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, value);
      }
    }
    let response: Dispatcher.ResponseData;
    try {
      response = await request(url, {
        dispatcher: this.dispatcher,
        method: call.method,
        headers: await this.headers(call),
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
        signal: call.signal,
        bodyTimeout: call.bodyTimeout,
      });
    } catch (cause) {
      throw new KubernetesError(
        `the API server can't be reached (${describe(cause)})`,
        0,
        'Unreachable',
        { cause },
      );
    }
    if (response.statusCode >= 200 && response.statusCode < 300) {
      return response;
    }
    throw await refusal(response);
  }

  private async headers(
    call: Call,
  ): Promise<Record<string, string | string[]>> {
    const token = await this.access.token();
    const headers: Record<string, string | string[]> = {
      accept: 'application/json, */*',
      'accept-encoding': 'identity',
      'user-agent': 'agent-workloads-portal',
    };
    if (token) {
      headers.authorization = `Bearer ${token}`;
    }
    if (call.contentType) {
      headers['content-type'] = call.contentType;
    }
    if (call.as) {
      headers['impersonate-user'] = call.as.username;
      if (call.as.groups.length > 0) {
        headers['impersonate-group'] = call.as.groups;
      }
    }
    return headers;
  }
}

function listQuery(options: ListOptions): Record<string, string | undefined> {
  return {
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
    limit: options.limit?.toString(),
    continue: options.continue,
  };
}

/** The code of a connection error is enough for people; its text may hold more than they should see. */
function describe(cause: unknown): string {
  const { code, name } = cause as { code?: string; name?: string };
  return code ?? name ?? 'no answer';
}

async function refusal(
  response: Dispatcher.ResponseData,
): Promise<KubernetesError> {
  const text = (await response.body.text().catch(() => '')).slice(0, 8192);
  let message = `the API server answered ${response.statusCode}`;
  let reason = '';
  try {
    const status = JSON.parse(text) as { message?: string; reason?: string };
    message = status.message ?? message;
    reason = status.reason ?? '';
  } catch {
    // Not every proxy before an API server answers with a Status.
  }
  return new KubernetesError(message, response.statusCode, reason);
}
