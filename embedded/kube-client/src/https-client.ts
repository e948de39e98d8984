import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { ClientAccess } from './kubeconfig';
import {
  KubeError,
  type KubeObject,
  type KubePort,
  type ObjectName,
  type Resource,
  type WatchEvent,
} from './port';

const REQUEST_TIMEOUT_MS = 15_000;
const PAGE_SIZE = 500;

interface Call {
  method: string;
  path: string;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

function collectionPath(resource: Resource, namespace?: string): string {
  const base = resource.group
    ? `/apis/${resource.group}/${resource.version}`
    : `/api/${resource.version}`;
  const scope = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${base}${scope}/${resource.plural}`;
}

function objectPath(resource: Resource, { namespace, name }: ObjectName) {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function toError(status: number, body: string): KubeError {
  let parsed: { reason?: string; message?: string } = {};
  try {
    parsed = JSON.parse(body) as typeof parsed;
  } catch {
    // Not a Status object: the text itself is all there is to say.
  }
  return new KubeError(
    status,
    parsed.reason ?? '',
    parsed.message ?? body.slice(0, 200),
  );
}

/** {@link KubePort} over HTTPS, on one pool of kept-alive connections. */
export class HttpsKubeClient implements KubePort {
  private readonly agent: Agent;

  constructor(private readonly access: ClientAccess) {
    this.agent = new Agent({
      keepAlive: true,
      ca: access.caPem,
      cert: access.certPem,
      key: access.keyPem,
      ...(access.serverName ? { servername: access.serverName } : {}),
    });
  }

  close(): void {
    this.agent.destroy();
  }

  /** Any request, for what {@link KubePort} has no method for. */
  async call(call: Call): Promise<unknown> {
    const response = await this.send(call);
    const text = await readBody(response);
    const status = response.statusCode ?? 0;
    if (status >= 400) {
      throw toError(status, text);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  async get(resource: Resource, name: ObjectName) {
    try {
      return (await this.call({
        method: 'GET',
        path: objectPath(resource, name),
      })) as KubeObject;
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    }
  }

  async list(resource: Resource, labelSelector?: string) {
    const items: KubeObject[] = [];
    let resourceVersion = '';
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
      if (labelSelector) query.set('labelSelector', labelSelector);
      if (token) query.set('continue', token);
      const page = (await this.call({
        method: 'GET',
        path: `${collectionPath(resource)}?${query}`,
      })) as {
        items?: KubeObject[];
        metadata?: { resourceVersion?: string; continue?: string };
      };
      items.push(...(page.items ?? []));
      resourceVersion = page.metadata?.resourceVersion ?? resourceVersion;
      token = page.metadata?.continue || undefined;
    } while (token);
    return { items, resourceVersion };
  }

  async create(resource: Resource, object: KubeObject) {
    return (await this.call({
      method: 'POST',
      path: collectionPath(resource, object.metadata.namespace),
      body: object,
    })) as KubeObject;
  }

  async replace(resource: Resource, object: KubeObject) {
    return (await this.call({
      method: 'PUT',
      path: objectPath(resource, object.metadata),
      body: object,
    })) as KubeObject;
  }

  async mergePatch(
    resource: Resource,
    name: ObjectName,
    patch: unknown,
    subresource?: 'status',
  ) {
    return (await this.call({
      method: 'PATCH',
      path: `${objectPath(resource, name)}${
        subresource ? `/${subresource}` : ''
      }`,
      body: patch,
      contentType: 'application/merge-patch+json',
    })) as KubeObject;
  }

  async remove(resource: Resource, name: ObjectName, uid?: string) {
    try {
      await this.call({
        method: 'DELETE',
        path: objectPath(resource, name),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Background',
          ...(uid ? { preconditions: { uid } } : {}),
        },
      });
    } catch (error) {
      if (!(error instanceof KubeError && error.status === 404)) throw error;
    }
  }

  async watch(
    resource: Resource,
    options: {
      resourceVersion: string;
      labelSelector?: string;
      signal: AbortSignal;
    },
    onEvent: (event: WatchEvent) => void,
  ) {
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: options.resourceVersion,
    });
    if (options.labelSelector) {
      query.set('labelSelector', options.labelSelector);
    }
    const response = await this.send({
      method: 'GET',
      path: `${collectionPath(resource)}?${query}`,
      signal: options.signal,
      timeoutMs: 0,
    });
    if ((response.statusCode ?? 0) >= 400) {
      throw toError(response.statusCode ?? 0, await readBody(response));
    }
    response.setEncoding('utf8');
    let rest = '';
    for await (const chunk of response) {
      rest += chunk as string;
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.trim() !== '') onEvent(JSON.parse(line) as WatchEvent);
      }
    }
  }

  private send(call: Call): Promise<IncomingMessage> {
    const url = new URL(`${this.access.server}${call.path}`);
    const body =
      call.body === undefined ? undefined : JSON.stringify(call.body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        {
          method: call.method,
          agent: this.agent,
          signal: call.signal,
          headers: {
            ...(this.access.token
              ? { authorization: `Bearer ${this.access.token}` }
              : {}),
            accept: 'application/json',
            ...(body === undefined
              ? {}
              : {
                  'content-type': call.contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(body),
                }),
          },
        },
        response => {
          outgoing.setTimeout(0);
          resolve(response);
        },
      );
      outgoing.setTimeout(call.timeoutMs ?? REQUEST_TIMEOUT_MS, () =>
        outgoing.destroy(
          new Error(`${call.method} ${url.pathname}: no answer in time`),
        ),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
