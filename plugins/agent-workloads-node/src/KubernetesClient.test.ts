import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { KubernetesClient } from './KubernetesClient';
import { resourcePath, RESOURCES } from './resources';
import { toResponseError, KubernetesError } from './KubernetesError';
import { FakeApiServer } from './testUtils';

describe('KubernetesClient', () => {
  let api: FakeApiServer;
  let client: KubernetesClient;

  beforeEach(async () => {
    api = new FakeApiServer();
    client = new KubernetesClient({
      server: await api.start(),
      skipTLSVerify: false,
      token: async () => 'portal',
    });
  });

  afterEach(async () => {
    await client.close();
    await api.stop();
  });

  const person = { username: 'alice', groups: ['approvers', 'readers'] };

  it('creates and patches as the person, each group in a header of its own', async () => {
    const object = { metadata: { name: 'a', namespace: 'ns' } };
    await client.create(RESOURCES.workloads, object, { as: person });
    await client.patch(
      RESOURCES.workloads,
      'ns',
      'a',
      { spec: { cancel: true } },
      { as: person },
    );
    expect(
      api.requests.map(one => [
        one.method,
        one.headers['impersonate-user'],
        one.groups,
        one.headers['content-type'],
      ]),
    ).toEqual([
      ['POST', 'alice', ['approvers', 'readers'], 'application/json'],
      [
        'PATCH',
        'alice',
        ['approvers', 'readers'],
        'application/merge-patch+json',
      ],
    ]);
    expect(api.get('agentworkloads', 'ns', 'a')?.spec).toEqual({
      cancel: true,
    });
  });

  it('reads as itself', async () => {
    api.put('agentworkloads', { metadata: { name: 'a', namespace: 'ns' } });
    await client.get(RESOURCES.workloads, 'ns', 'a');
    await client.list(RESOURCES.workloads);
    for (const seen of api.requests) {
      expect(seen.headers['impersonate-user']).toBeUndefined();
      expect(seen.headers.authorization).toBe('Bearer portal');
    }
  });

  it('does not open a connection for each request', async () => {
    const ports = new Set<number | undefined>();
    (api as unknown as { server: import('node:http').Server }).server.on(
      'connection',
      socket => ports.add(socket.remotePort),
    );
    for (let i = 0; i < 20; i += 1) {
      await client.list(RESOURCES.workloads);
    }
    expect(ports.size).toBeLessThan(3);
  });

  it('tells what the API server said, and that it said nothing', async () => {
    await expect(
      client.get(RESOURCES.workloads, 'ns', 'nope'),
    ).rejects.toMatchObject({
      status: 404,
      reason: 'NotFound',
      message: 'agentworkloads "nope" not found',
    });
    await api.stop();
    await expect(
      client.get(RESOURCES.workloads, 'ns', 'a'),
    ).rejects.toMatchObject({ status: 0, reason: 'Unreachable' });
  });

  it('streams the log of a pod', async () => {
    api.logs.set('p', 'hello');
    const body: Readable = await client.podLog('ns', 'p', {
      container: 'main',
      follow: true,
    });
    expect(await text(body)).toBe('hello');
    expect(api.requests[0].query.get('container')).toBe('main');
    expect(api.requests[0].query.get('follow')).toBe('true');
  });
});

describe('resourcePath', () => {
  it('escapes what comes from outside', () => {
    expect(resourcePath(RESOURCES.workloads, 'ns', 'a/b?c')).toBe(
      '/apis/agentworkloads.io/v1alpha1/namespaces/ns/agentworkloads/a%2Fb%3Fc',
    );
    expect(resourcePath(RESOURCES.pods, 'ns', 'p', 'log')).toBe(
      '/api/v1/namespaces/ns/pods/p/log',
    );
    expect(() => resourcePath(RESOURCES.pods, 'ns', '..')).toThrow(RangeError);
  });
});

describe('toResponseError', () => {
  it.each([
    [0, 'ServiceUnavailableError'],
    [401, 'ServiceUnavailableError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [429, 'ServiceUnavailableError'],
    [500, 'ServiceUnavailableError'],
  ])('makes of %i a %s', (status, name) => {
    const error = toResponseError(
      new KubernetesError('because', status, ''),
      'do it',
    );
    expect(error.name).toBe(name);
    expect(error.message).toContain('do it');
  });

  it('leaves other errors alone', () => {
    const error = new Error('x');
    expect(toResponseError(error, 'do it')).toBe(error);
  });
});
