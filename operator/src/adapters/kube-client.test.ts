import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import type { ResourceKind } from '../ports';
import { HttpKubeClient } from './kube-client';
import { connectToCluster, KubeConfigConnection } from './kube-connection';

const THINGS: ResourceKind = { group: 'g.io', version: 'v1', plural: 'things' };

let requests: IncomingMessage[] = [];
let bodies: string[] = [];
let connections = 0;
let answer: (response: ServerResponse) => void;
const server = createServer((request, response) => {
  requests.push(request);
  let body = '';
  request.on('data', chunk => (body += String(chunk)));
  request.on('end', () => {
    bodies.push(body);
    answer(response);
  });
});
server.on('connection', () => (connections += 1));

let folder: string;
beforeEach(async () => {
  requests = [];
  bodies = [];
  connections = 0;
  answer = response => response.end('{"ok":true}');
  folder = await mkdtemp(join(tmpdir(), 'kube-client-'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await rm(folder, { recursive: true });
});

function url(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientFor(user: Record<string, unknown> = { token: 'secret-token' }) {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: 'c', server: `${url()}/`, skipTLSVerify: true },
    { name: 'u', ...user },
  );
  const connection = new KubeConfigConnection(config);
  closing.push(() => connection.close());
  return { client: new HttpKubeClient(connection), connection };
}

describe('the Kubernetes client', () => {
  it('asks through one pool of connections, as the user of the kubeconfig', async () => {
    const { client } = clientFor();
    for (let count = 0; count < 30; count += 1) {
      await client.get(THINGS, 'ns', 'a');
    }
    expect(requests[0]?.headers.authorization).toBe('Bearer secret-token');
    expect(connections).toBeLessThanOrEqual(3);
  });

  it.each([
    ['of a namespace', 'ns', 'a', '/apis/g.io/v1/namespaces/ns/things/a'],
    ['of the cluster', '', 'a', '/apis/g.io/v1/things/a'],
    [
      'with an odd name',
      'ns',
      'a/b',
      '/apis/g.io/v1/namespaces/ns/things/a%2Fb',
    ],
  ])('finds an object %s', async (_what, namespace, name, path) => {
    await clientFor().client.get(THINGS, namespace, name);
    expect(requests[0]?.url).toBe(path);
  });

  it('finds the core group under its own path', async () => {
    const core = { group: '', version: 'v1', plural: 'configmaps' };
    await clientFor().client.get(core, 'ns', 'a');
    expect(requests[0]?.url).toBe('/api/v1/namespaces/ns/configmaps/a');
  });

  it.each([
    ['merge', undefined, 'application/merge-patch+json', '/a?'],
    ['json', 'status', 'application/json-patch+json', '/a/status?'],
  ] as const)(
    'sends a %s patch to %s',
    async (type, subresource, mime, path) => {
      const { client } = clientFor();
      await client.patch(THINGS, 'ns', 'a', { type, body: [1], subresource });
      expect(requests[0]?.method).toBe('PATCH');
      expect(requests[0]?.headers['content-type']).toBe(mime);
      expect(requests[0]?.url).toContain(path);
      expect(requests[0]?.url).toContain(
        'fieldManager=agentworkloads-operator',
      );
      expect(bodies[0]).toBe('[1]');
    },
  );

  it('tells what the server said, and when to come back', async () => {
    answer = response => {
      response.writeHead(429, { 'retry-after': '2' });
      response.end('{"reason":"TooManyRequests","message":"slow down"}');
    };
    await expect(
      clientFor().client.create(THINGS, 'ns', {}),
    ).rejects.toMatchObject({
      status: 429,
      reason: 'TooManyRequests',
      retryAfterMs: 2000,
      message: expect.stringContaining('slow down'),
    });
  });

  it('never puts a credential into an error', async () => {
    answer = response => response.writeHead(401).end('<html>no</html>');
    const error: unknown = await clientFor()
      .client.get(THINGS, 'ns', 'a')
      .catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain('secret-token');
    expect(String(error)).not.toContain('secret-token');
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['is cut', response => response.destroy()],
    ['is no JSON', response => response.end('<html>')],
  ])('calls it no answer when the answer %s', async (_what, how) => {
    answer = how;
    await expect(
      clientFor().client.get(THINGS, 'ns', 'a'),
    ).rejects.toMatchObject({ status: 0, reason: 'NoAnswer' });
  });

  it('lists page by page and watches with bookmarks', async () => {
    answer = response =>
      response.end(
        '{"items":[{"metadata":{"name":"a"}}],"metadata":{"resourceVersion":"7","continue":"next"}}',
      );
    const { signal } = new AbortController();
    const source = clientFor().client.listWatch(THINGS, '', 'has-label');
    expect(
      await source.list({ limit: 5, continueToken: 'c', signal }),
    ).toMatchObject({ resourceVersion: '7', continue: 'next' });
    expect(requests[0]?.url).toBe(
      '/apis/g.io/v1/things?limit=5&continue=c&labelSelector=has-label',
    );

    answer = response =>
      response.end(
        '{"type":"ADDED","object":{"metadata":{"name":"b","resourceVersion":"8"}}}\n',
      );
    const events: unknown[] = [];
    for await (const event of source.watch({
      resourceVersion: '7',
      timeoutSeconds: 300,
      signal,
      onData: () => undefined,
    })) {
      events.push(event);
    }
    expect(events).toHaveLength(1);
    expect(requests[1]?.url).toContain('allowWatchBookmarks=true');
    expect(requests[1]?.url).toContain('resourceVersion=7');
  });

  it('takes an empty list for what it is', async () => {
    answer = response => response.end('{"items":null}');
    const { signal } = new AbortController();
    expect(
      await clientFor().client.listWatch(THINGS, '').list({ limit: 5, signal }),
    ).toEqual({ items: [], resourceVersion: '', continue: undefined });
  });
});

describe('credentials', () => {
  it('of a token file are read anew after a 401, without its line break', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'first\n');
    const { client } = clientFor({
      authProvider: { name: 'tokenFile', config: { tokenFile } },
    });
    await client.get(THINGS, 'ns', 'a');
    expect(requests[0]?.headers.authorization).toBe('Bearer first');
    await writeFile(tokenFile, 'second\n');
    await client.get(THINGS, 'ns', 'a');
    expect(requests[1]?.headers.authorization).toBe('Bearer first');
    answer = response => response.writeHead(401).end();
    await expect(client.get(THINGS, 'ns', 'a')).rejects.toMatchObject({
      status: 401,
    });
    await client.get(THINGS, 'ns', 'a').catch(() => undefined);
    expect(requests[3]?.headers.authorization).toBe('Bearer second');
  });

  it('of a user and password are sent as Basic', async () => {
    await clientFor({ username: 'u', password: 'p' }).client.get(
      THINGS,
      'ns',
      'a',
    );
    expect(requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('u:p').toString('base64')}`,
    );
  });

  it('of a kubeconfig file are found by its current context', async () => {
    const file = join(folder, 'config');
    await writeFile(
      file,
      JSON.stringify({
        'current-context': 'x',
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        clusters: [
          {
            name: 'c',
            cluster: { server: url(), 'insecure-skip-tls-verify': true },
          },
        ],
        users: [{ name: 'u', user: { token: 'from-file' } }],
      }),
    );
    const connection = connectToCluster(file);
    closing.push(() => connection.close());
    await new HttpKubeClient(connection).get(THINGS, 'ns', 'a');
    expect(requests[0]?.headers.authorization).toBe('Bearer from-file');
  });

  it('without a current cluster are refused in words', () => {
    expect(() => new KubeConfigConnection(new KubeConfig())).toThrow(
      'current-context',
    );
  });
});

describe('a request without an end', () => {
  const silent = () => {
    answer = () => undefined;
  };

  it('is given up after its time, and nobody knows what became of it', async () => {
    silent();
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'c', server: `${url()}/`, skipTLSVerify: true },
      { name: 'u', token: 't' },
    );
    const connection = new KubeConfigConnection(config);
    closing.push(() => connection.close());
    const client = new HttpKubeClient(connection, { requestMs: 50 });
    const writing = client.patch(THINGS, 'ns', 'a', {
      type: 'merge',
      body: {},
    });
    await expect(writing).rejects.toMatchObject({ status: 0 });
  });

  it('ends with its signal', async () => {
    silent();
    const { client } = clientFor();
    const stop = new AbortController();
    const reading = client.get(THINGS, 'ns', 'a', stop.signal);
    setTimeout(() => stop.abort(), 20);
    await expect(reading).rejects.toMatchObject({ status: 0 });
  });
});

describe('credentials that are read anew', () => {
  it('keep the connections that there are', async () => {
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'c', server: url(), skipTLSVerify: true },
      { name: 'u', token: 't' },
    );
    const connection = new KubeConfigConnection(config);
    closing.push(() => connection.close());
    const first = await connection.prepare();
    connection.refresh();
    expect((await connection.prepare()).dispatcher).toBe(first.dispatcher);
  });
});
