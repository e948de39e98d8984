import { readFileSync } from 'node:fs';
import https from 'node:https';
import { parse } from 'yaml';

/** A Status of the API server, as an error. `code` is the HTTP status. */
export class KubeError extends Error {
  constructor(readonly code: number, readonly reason: string, message: string) {
    super(`${code} ${reason}: ${message}`);
  }
}

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    labels?: Record<string, string>;
    ownerReferences?: {
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }[];
    [field: string]: unknown;
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

/** Who a request is made as; absent: the kubeconfig's own user. */
export interface Person {
  user: string;
  groups?: string[];
}

const PATHS: Record<string, string> = {
  agentworkloads: '/apis/agentworkloads.io/v1alpha1',
  agentworkloadschedules: '/apis/agentworkloads.io/v1alpha1',
  agentapprovals: '/apis/agentworkloads.io/v1alpha1',
  workflows: '/apis/argoproj.io/v1alpha1',
  workflowtemplates: '/apis/argoproj.io/v1alpha1',
  workflowtaskresults: '/apis/argoproj.io/v1alpha1',
  pods: '/api/v1',
  configmaps: '/api/v1',
  secrets: '/api/v1',
  serviceaccounts: '/api/v1',
  services: '/api/v1',
  events: '/apis/events.k8s.io/v1',
  deployments: '/apis/apps/v1',
  statefulsets: '/apis/apps/v1',
  roles: '/apis/rbac.authorization.k8s.io/v1',
  rolebindings: '/apis/rbac.authorization.k8s.io/v1',
};

interface RequestOptions {
  body?: unknown;
  contentType?: string;
  as?: Person;
  token?: string;
  /** The answer as it is, such as a log, which may be lines of JSON. */
  asText?: boolean;
}

/** A small client over a kubeconfig with inline credentials: what a script would use, nothing of the product. */
export class Kube {
  readonly namespace: string;
  private readonly server: string;
  private readonly agent: https.Agent;
  /** For a token: a client certificate would be taken instead of it. */
  private readonly anonymous: https.Agent;
  private readonly token?: string;

  /** @param namespace of the calls that name none; else the kubeconfig's */
  constructor(kubeconfigFile: string, namespace?: string) {
    const config = parse(readFileSync(kubeconfigFile, 'utf8'));
    const named = (list: { name: string }[], name: string) =>
      list.find(one => one.name === name) as never;
    const { context } = named(config.contexts, config['current-context']) as {
      context: { cluster: string; user: string; namespace?: string };
    };
    const { cluster } = named(config.clusters, context.cluster) as {
      cluster: { server: string; 'certificate-authority-data'?: string };
    };
    const { user } = named(config.users, context.user) as {
      user: Record<string, string | undefined>;
    };
    const decoded = (text?: string) =>
      text ? Buffer.from(text, 'base64') : undefined;
    this.namespace = namespace ?? context.namespace ?? 'agentworkloads';
    this.server = cluster.server;
    this.token = user.token;
    const ca = decoded(cluster['certificate-authority-data']);
    this.anonymous = new https.Agent({ keepAlive: true, ca });
    this.agent = new https.Agent({
      keepAlive: true,
      ca,
      cert: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
    });
  }

  close(): void {
    this.agent.destroy();
    this.anonymous.destroy();
  }

  /** @throws KubeError unless the answer is 2xx */
  async request<T = KubeObject>(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<T> {
    const { code, text } = await this.send(method, path, options);
    const isJson = text.startsWith('{');
    if (code >= 300) {
      const status = isJson
        ? JSON.parse(text)
        : { reason: 'Unknown', message: text.slice(0, 300) };
      throw new KubeError(code, status.reason, status.message);
    }
    return (isJson && !options.asText ? JSON.parse(text) : text) as T;
  }

  get<T = KubeObject>(
    plural: string,
    name: string,
    namespace = this.namespace,
  ): Promise<T> {
    return this.request<T>('GET', `${this.path(plural, namespace)}/${name}`);
  }

  async list(
    plural: string,
    selector = '',
    namespace = this.namespace,
  ): Promise<KubeObject[]> {
    const query = selector
      ? `?labelSelector=${encodeURIComponent(selector)}`
      : '';
    const { items } = await this.request<{ items: KubeObject[] }>(
      'GET',
      this.path(plural, namespace) + query,
    );
    return items;
  }

  create(
    plural: string,
    body: object,
    as?: Person,
    query = '',
  ): Promise<KubeObject> {
    return this.request('POST', this.path(plural, this.namespace) + query, {
      body,
      as,
    });
  }

  mergePatch(
    plural: string,
    name: string,
    body: object,
    as?: Person,
  ): Promise<KubeObject> {
    return this.request(
      'PATCH',
      `${this.path(plural, this.namespace)}/${name}`,
      {
        body,
        as,
        contentType: 'application/merge-patch+json',
      },
    );
  }

  jsonPatch(
    plural: string,
    name: string,
    body: object[],
    options: RequestOptions = {},
  ): Promise<KubeObject> {
    return this.request(
      'PATCH',
      `${this.path(plural, this.namespace)}/${name}`,
      {
        ...options,
        body,
        contentType: 'application/json-patch+json',
      },
    );
  }

  remove(plural: string, name: string): Promise<KubeObject> {
    return this.request(
      'DELETE',
      `${this.path(plural, this.namespace)}/${name}`,
    );
  }

  private path(plural: string, namespace: string): string {
    const root = PATHS[plural];
    if (!root) throw new Error(`the harness does not know ${plural}`);
    return `${root}/namespaces/${namespace}/${plural}`;
  }

  private send(
    method: string,
    path: string,
    options: RequestOptions,
  ): Promise<{ code: number; text: string }> {
    const { body, contentType = 'application/json', as } = options;
    const token = options.token ?? this.token;
    const headers: Record<string, string | string[]> = {
      accept: 'application/json',
    };
    if (token) headers.authorization = `Bearer ${token}`;
    const payload = body === undefined ? undefined : JSON.stringify(body);
    if (payload !== undefined) {
      headers['content-type'] = contentType;
      // Node gives the body of a DELETE no length of itself.
      headers['content-length'] = String(Buffer.byteLength(payload));
    }
    if (as) headers['impersonate-user'] = as.user;
    if (as?.groups) headers['impersonate-group'] = as.groups;
    return new Promise((resolve, reject) => {
      const request = https.request(
        this.server + path,
        {
          method,
          headers,
          agent: options.token ? this.anonymous : this.agent,
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              code: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(payload);
    });
  }
}
