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
import { HttpKubeClient } from './client';
import { resolveAccess } from './access';
import { connect } from './connection';
import type { Answered } from './observers';
import type { ResourceKind } from './types';

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

async function connectionFor(user: Record<string, unknown>) {
  const file = join(folder, 'kubeconfig');
  await writeFile(
    file,
    JSON.stringify({
      'current-context': 'x',
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      clusters: [
        {
          name: 'c',
          cluster: { server: `${url()}/`, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'u', user }],
    }),
  );
  const connection = connect(
    resolveAccess({ kind: 'kubeconfig', path: file }, { programs: 'run' }),
  );
  closing.push(() => connection.close());
  return connection;
}

async function clientFor(
  user: Record<string, unknown> = { token: 'secret-token' },
  limits: { requestMs?: number; answered?(one: Answered): void } = {},
) {
  const connection = await connectionFor(user);
  return new HttpKubeClient(connection, { name: 'tester', ...limits });
}

describe('the Kubernetes client', () => {
  it('asks through one pool of connections, as the user of the kubeconfig', async () => {
    const client = await clientFor();
    for (let count = 0; count < 30; count += 1) {
      await client.get(THINGS, 'ns', 'a');
    }
    expect(requests[0]?.headers.authorization).toBe('Bearer secret-token');
    expect(connections).toBeLessThanOrEqual(3);
  });

  it('tells of each request how it was answered, also when it was not', async () => {
    const told: Answered[] = [];
    const answered = (one: Answered) => void told.push(one);
    const client = await clientFor(undefined, { answered });
    await client.get(THINGS, 'ns', 'a');
    answer = response => response.writeHead(404).end('{}');
    await expect(client.get(THINGS, 'ns', 'a')).rejects.toThrow();
    answer = response => void response.destroy();
    await expect(client.create(THINGS, 'ns', {})).rejects.toThrow();
    expect(told.map(({ method, code }) => `${method} ${code}`)).toEqual([
      'GET 200',
      'GET 404',
      'POST <error>',
    ]);
    expect(told.every(({ tookMs }) => tookMs >= 0)).toBe(true);
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
    await (await clientFor()).get(THINGS, namespace, name);
    expect(requests[0]?.url).toBe(path);
  });

  it.each([
    ['ns', '..'],
    ['ns', '.'],
    ['ns', ''],
    ['..', 'a'],
  ])(
    'asks nothing of an object that no name can be: %s/%s',
    async (namespace, name) => {
      const client = await clientFor();
      const merge = { type: 'merge', body: {} } as const;
      for (const asking of [
        client.get(THINGS, namespace, name),
        client.patch(THINGS, namespace, name, merge),
        client.delete(THINGS, namespace, name, {}),
      ]) {
        await expect(asking).rejects.toThrow(RangeError);
      }
      expect(requests).toEqual([]);
    },
  );

  it('tells an object that is not there from a kind that is not', async () => {
    const client = await clientFor();
    const find = () => client.find(THINGS, 'ns', 'a');
    answer = response => response.end('{"metadata":{"name":"a"}}');
    expect(await find()).toEqual({ metadata: { name: 'a' } });
    answer = response => {
      response.writeHead(404);
      response.end('{"reason":"NotFound","details":{"name":"a"}}');
    };
    expect(await find()).toBeUndefined();
    answer = response => {
      response.writeHead(404);
      response.end('404 page not found');
    };
    await expect(find()).rejects.toMatchObject({ status: 404 });
  });

  it('finds the core group under its own path', async () => {
    const core = { group: '', version: 'v1', plural: 'configmaps' };
    await (await clientFor()).get(core, 'ns', 'a');
    expect(requests[0]?.url).toBe('/api/v1/namespaces/ns/configmaps/a');
  });

  it.each([
    ['merge', undefined, 'application/merge-patch+json', '/a?'],
    ['json', 'status', 'application/json-patch+json', '/a/status?'],
  ] as const)(
    'sends a %s patch to %s',
    async (type, subresource, mime, path) => {
      const client = await clientFor();
      await client.patch(THINGS, 'ns', 'a', { type, body: [1], subresource });
      expect(requests[0]?.method).toBe('PATCH');
      expect(requests[0]?.headers['content-type']).toBe(mime);
      expect(requests[0]?.url).toContain(path);
      expect(requests[0]?.url).toContain('fieldManager=tester');
      expect(bodies[0]).toBe('[1]');
    },
  );

  it('tells what the server said, and when to come back', async () => {
    answer = response => {
      response.writeHead(429, { 'retry-after': '2' });
      response.end('{"reason":"TooManyRequests","message":"slow down"}');
    };
    await expect(
      (await clientFor()).create(THINGS, 'ns', {}),
    ).rejects.toMatchObject({
      status: 429,
      reason: 'TooManyRequests',
      retryAfterMs: 2000,
      message: expect.stringContaining('slow down'),
    });
  });

  it('never puts a credential into an error', async () => {
    answer = response => response.writeHead(401).end('<html>no</html>');
    const error: unknown = await (await clientFor())
      .get(THINGS, 'ns', 'a')
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
      (await clientFor()).get(THINGS, 'ns', 'a'),
    ).rejects.toMatchObject({ status: 0, reason: 'NoAnswer' });
  });

  it('lists page by page and watches with bookmarks', async () => {
    answer = response =>
      response.end(
        '{"items":[{"metadata":{"name":"a"}}],"metadata":{"resourceVersion":"7","continue":"next"}}',
      );
    const { signal } = new AbortController();
    const source = (await clientFor()).listWatch(THINGS, '', 'has-label');
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
      await (await clientFor())
        .listWatch(THINGS, '')
        .list({ limit: 5, signal }),
    ).toEqual({ items: [], resourceVersion: '', continue: undefined });
  });
});

describe('credentials', () => {
  it('of a token file are read anew after a 401, without its line break, and the request is sent once more', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'first\n');
    const client = await clientFor({ tokenFile: 'token' });
    await client.get(THINGS, 'ns', 'a');
    await writeFile(tokenFile, 'second\n');
    await client.get(THINGS, 'ns', 'a');
    answer = response =>
      requests.at(-1)?.headers.authorization === 'Bearer first'
        ? response.writeHead(401).end()
        : response.end('{"ok":true}');
    await expect(client.get(THINGS, 'ns', 'a')).resolves.toEqual({ ok: true });
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer first',
      'Bearer first',
      'Bearer second',
    ]);
  });

  it('that did not change are not tried a second time', async () => {
    const client = await clientFor();
    answer = response => response.writeHead(401).end();
    await expect(client.get(THINGS, 'ns', 'a')).rejects.toMatchObject({
      status: 401,
    });
    expect(requests).toHaveLength(1);
  });

  it('of a user and password are sent as Basic', async () => {
    const client = await clientFor({ username: 'u', password: 'p' });
    await client.get(THINGS, 'ns', 'a');
    expect(requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('u:p').toString('base64')}`,
    );
  });
});

describe('a request without an end', () => {
  const silent = () => {
    answer = () => undefined;
  };

  it('is given up after its time, and nobody knows what became of it', async () => {
    silent();
    const client = await clientFor(undefined, { requestMs: 50 });
    const writing = client.patch(THINGS, 'ns', 'a', {
      type: 'merge',
      body: {},
    });
    await expect(writing).rejects.toMatchObject({ status: 0 });
  });

  it('ends with its signal', async () => {
    silent();
    const client = await clientFor();
    const stop = new AbortController();
    const reading = client.get(THINGS, 'ns', 'a', stop.signal);
    setTimeout(() => stop.abort(), 20);
    await expect(reading).rejects.toMatchObject({ status: 0 });
  });
});

describe('credentials that are read anew', () => {
  it('keep the connections that there are', async () => {
    const connection = await connectionFor({ token: 't' });
    const first = await connection.prepare();
    expect(await connection.renew()).toBe(false);
    expect((await connection.prepare()).dispatcher).toBe(first.dispatcher);
  });
});
