import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKubeApi, type KubeApiOptions, type RunningKubeApi } from '../src';
import type { JsonObject } from '../src/json';

export interface Answer {
  code: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
  /** The body as JSON; empty for other content. */
  body: JsonObject;
}

export interface RequestOptions {
  body?: unknown;
  token?: string | null;
  headers?: Record<string, string | string[]>;
  contentType?: string;
}

/** A running server of one test file, with the few calls that tests need. */
export class TestApi {
  private readonly agent: Agent;

  private constructor(
    readonly dataDir: string,
    private running: RunningKubeApi,
    private readonly options: Partial<KubeApiOptions>,
  ) {
    this.agent = new Agent({ keepAlive: true, ca: running.caPem });
  }

  static async start(options: Partial<KubeApiOptions> = {}): Promise<TestApi> {
    const dataDir = mkdtempSync(join(tmpdir(), 'kube-api-'));
    const running = await startKubeApi({ dataDir, ...options });
    return new TestApi(dataDir, running, options);
  }

  get url(): string {
    return this.running.url;
  }

  get caPem(): string {
    return this.running.caPem;
  }

  get adminToken(): string {
    return this.running.adminToken;
  }

  /** Stops the server and starts another one on the same data; `between` may change that. */
  async restart(between?: (dataDir: string) => void): Promise<void> {
    await this.running.close();
    between?.(this.dataDir);
    this.running = await startKubeApi({
      dataDir: this.dataDir,
      ...this.options,
    });
  }

  async close(): Promise<void> {
    this.agent.destroy();
    await this.running.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  send(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const req = request(
        `${this.url}${path}`,
        {
          method,
          agent: this.agent,
          headers: this.headers(options),
          // Whatever the Host header says.
          servername: 'localhost',
        },
        res => {
          const chunks: Buffer[] = [];
          res.on('data', chunk => chunks.push(chunk as Buffer));
          res.on('error', reject);
          res.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({
              code: res.statusCode ?? 0,
              headers: res.headers,
              text,
              body: parsed(text),
            });
          });
        },
      );
      req.on('error', reject);
      if (options.body !== undefined) req.write(encoded(options.body));
      req.end();
    });
  }

  get(path: string, options?: RequestOptions): Promise<Answer> {
    return this.send('GET', path, options);
  }

  post(path: string, body: unknown, options?: RequestOptions) {
    return this.send('POST', path, { ...options, body });
  }

  put(path: string, body: unknown, options?: RequestOptions) {
    return this.send('PUT', path, { ...options, body });
  }

  merge(path: string, body: unknown, options?: RequestOptions) {
    const contentType = 'application/merge-patch+json';
    return this.send('PATCH', path, { contentType, ...options, body });
  }

  jsonPatch(path: string, body: unknown, options?: RequestOptions) {
    const contentType = 'application/json-patch+json';
    return this.send('PATCH', path, { contentType, ...options, body });
  }

  delete(path: string, body?: unknown, options?: RequestOptions) {
    return this.send('DELETE', path, { ...options, body });
  }

  /** Creates what must succeed. */
  async given(path: string, body: JsonObject): Promise<JsonObject> {
    const answer = await this.post(path, body);
    if (answer.code !== 201) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  }

  async namespace(name: string): Promise<void> {
    await this.given('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }

  async tokenOf(
    namespace: string,
    name: string,
    spec: JsonObject = {},
  ): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const { status } = await this.given(path, {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      spec,
    });
    return (status as { token: string }).token;
  }

  /** Opens a watch; `next` gives its events one by one. */
  watch(path: string, options: RequestOptions = {}): TestWatch {
    return new TestWatch(
      request(`${this.url}${path}`, {
        agent: this.agent,
        headers: this.headers(options),
      }),
    );
  }

  private headers(options: RequestOptions): Record<string, string | string[]> {
    const { token } = options;
    return {
      accept: 'application/json',
      ...(token === null
        ? {}
        : { authorization: `Bearer ${token ?? this.adminToken}` }),
      ...(options.body === undefined
        ? {}
        : {
            'content-type': options.contentType ?? 'application/json',
            'content-length': String(Buffer.byteLength(encoded(options.body))),
          }),
      ...options.headers,
    };
  }
}

export interface WatchEvent {
  type: string;
  object: JsonObject & { metadata: JsonObject };
}

export class TestWatch {
  private readonly events: WatchEvent[] = [];
  private waiting: (() => void)[] = [];
  private buffer = '';
  ended = false;
  code = 0;

  constructor(private readonly req: ReturnType<typeof request>) {
    req.on('response', res => {
      this.code = res.statusCode ?? 0;
      res.on('data', chunk => this.take(String(chunk)));
      res.on('end', () => this.finish());
      res.on('error', () => this.finish());
    });
    req.on('error', () => this.finish());
    req.end();
  }

  /** @throws Error if the watch ends, or nothing comes in ten seconds */
  async next(): Promise<WatchEvent> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const event = this.events.shift();
      if (event) return event;
      if (this.ended) throw new Error('the watch has ended');
      if (Date.now() > deadline) throw new Error('no event in ten seconds');
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, 1000);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Everything until the server ends the watch. */
  async all(): Promise<WatchEvent[]> {
    while (!this.ended) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
    return this.events.splice(0);
  }

  close(): void {
    this.req.destroy();
  }

  private take(text: string): void {
    this.buffer += text;
    const lines = this.buffer.split('\n');
    this.buffer = lines.pop() ?? '';
    for (const line of lines) {
      if (line) this.events.push(JSON.parse(line) as WatchEvent);
    }
    this.wake();
  }

  private finish(): void {
    this.ended = true;
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

function encoded(body: unknown): string | Buffer {
  if (typeof body === 'string' || Buffer.isBuffer(body)) return body;
  return JSON.stringify(body);
}

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/** Tries until the answer fits: for what happens after a request was answered. */
export async function eventually(
  check: () => Promise<void>,
  milliseconds = 30_000,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}

/** A kind with a bit of everything that our own definitions use. */
export const WIDGETS: JsonObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.test.example.com' },
  spec: {
    group: 'test.example.com',
    scope: 'Namespaced',
    names: {
      plural: 'widgets',
      singular: 'widget',
      kind: 'Widget',
      shortNames: ['wd'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: 'Mode', type: 'string', jsonPath: '.spec.mode' },
          {
            name: 'Ready',
            type: 'string',
            jsonPath: '.status.conditions[?(@.type=="Ready")].status',
          },
          {
            name: 'Age',
            type: 'date',
            jsonPath: '.metadata.creationTimestamp',
          },
        ],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: { type: 'string', maxLength: 20, pattern: '^[a-z]+$' },
                  size: { type: 'integer', minimum: 1, maximum: 9 },
                  mode: {
                    type: 'string',
                    enum: ['policy', 'human'],
                    default: 'policy',
                  },
                  urls: {
                    type: 'array',
                    maxItems: 3,
                    items: { type: 'string', maxLength: 40 },
                  },
                  cancel: { type: 'boolean', default: false },
                  open: {
                    type: 'object',
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                },
                'x-kubernetes-validations': [
                  {
                    rule: 'self.name == oldSelf.name',
                    message: 'the name never changes',
                  },
                  {
                    rule: '!oldSelf.cancel || self.cancel',
                    message: 'a cancel is not taken back',
                    reason: 'FieldValueForbidden',
                    fieldPath: '.cancel',
                  },
                  {
                    rule: "!has(self.urls) || self.urls.all(u, u.matches('^https?://'))",
                    messageExpression:
                      "'bad address among ' + string(size(self.urls))",
                  },
                ],
              },
              status: {
                type: 'object',
                properties: {
                  phase: { type: 'string', maxLength: 10 },
                  conditions: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['type'],
                    items: {
                      type: 'object',
                      required: ['type'],
                      properties: {
                        type: { type: 'string' },
                        status: { type: 'string' },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

export const WIDGETS_PATH =
  '/apis/test.example.com/v1/namespaces/default/widgets';

export function widget(
  name: string,
  spec: JsonObject = {},
  metadata: JsonObject = {},
): JsonObject {
  return {
    apiVersion: 'test.example.com/v1',
    kind: 'Widget',
    metadata: { name, ...metadata },
    spec: { name: 'abc', ...spec },
  };
}

export function configMap(
  name: string,
  data: JsonObject = {},
  metadata: JsonObject = {},
): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data,
  };
}

export const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
