import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { startHealthServer, type HealthServer } from './health-server';

let server: HealthServer | undefined;
afterEach(() => server?.close());

const numbers = async () => ({
  type: 'text/plain; version=0.0.4',
  text: 'agentworkloads_runs 1\n',
});

async function get(
  path: string,
  alive: string | undefined,
  ready: () => Promise<string | undefined>,
) {
  server = await startHealthServer(
    { host: '127.0.0.1', port: 0 },
    { notAliveBecause: () => alive, notReadyBecause: ready, metrics: numbers },
  );
  const { statusCode, body } = await request(
    `http://127.0.0.1:${server.port}${path}`,
  );
  return { statusCode, text: (await body.text()).trim() };
}

describe('the health server', () => {
  it.each([
    ['/healthz', undefined, undefined, 200, 'ok'],
    ['/healthz', 'stuck', undefined, 503, 'stuck'],
    ['/readyz', 'stuck', undefined, 200, 'ok'],
    ['/readyz', undefined, 'no caches', 503, 'no caches'],
    ['/metrics', 'stuck', 'no caches', 200, 'agentworkloads_runs 1'],
    ['/secrets', undefined, undefined, 404, ''],
  ])(
    '%s with %s, %s answers %i',
    async (path, alive, ready, statusCode, text) => {
      expect(await get(path, alive, async () => ready)).toEqual({
        statusCode,
        text,
      });
    },
  );

  it('is not ready when the check itself fails', async () => {
    const failing = () => Promise.reject(new Error('boom'));
    expect((await get('/readyz', undefined, failing)).statusCode).toBe(503);
  });

  it.each([
    ['127.0.0.1', 'evil.example', 421],
    ['127.0.0.1', 'localhost:8081', 200],
    // A kubelet names the pod by its address.
    ['0.0.0.0', '10.1.2.3:8081', 200],
  ])('on %s, asked for as %s, answers %i', async (host, name, expected) => {
    server = await startHealthServer(
      { host, port: 0 },
      {
        notAliveBecause: () => undefined,
        notReadyBecause: async () => undefined,
        metrics: numbers,
      },
    );
    const { statusCode, body } = await request(
      `http://127.0.0.1:${server.port}/readyz`,
      { headers: { host: name } },
    );
    await body.dump();
    expect(statusCode).toBe(expected);
  });

  it('says when its port is taken', async () => {
    server = await startHealthServer(
      { host: '127.0.0.1', port: 0 },
      {
        notAliveBecause: () => undefined,
        notReadyBecause: async () => undefined,
        metrics: numbers,
      },
    );
    await expect(
      startHealthServer(
        { host: '127.0.0.1', port: server.port },
        {
          notAliveBecause: () => undefined,
          notReadyBecause: async () => undefined,
          metrics: numbers,
        },
      ),
    ).rejects.toThrow('EADDRINUSE');
  });
});
