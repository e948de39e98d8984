import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { startHealthServer, type HealthServer } from './health-server';

let server: HealthServer | undefined;
afterEach(() => server?.close());

const numbers = async () => ({
  type: 'text/plain; version=0.0.4',
  text: 'agentworkloads_runs 1\n',
});

const noQuestion = async () => undefined;

async function get(
  path: string,
  alive: string | undefined,
  ready: () => Promise<string | undefined>,
) {
  server = await startHealthServer(
    { host: '127.0.0.1', port: 0 },
    {
      notAliveBecause: () => alive,
      notReadyBecause: ready,
      metrics: numbers,
      whatIfStarted: noQuestion,
    },
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
        whatIfStarted: noQuestion,
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
        whatIfStarted: noQuestion,
      },
    );
    await expect(
      startHealthServer(
        { host: '127.0.0.1', port: server.port },
        {
          notAliveBecause: () => undefined,
          notReadyBecause: async () => undefined,
          metrics: numbers,
          whatIfStarted: noQuestion,
        },
      ),
    ).rejects.toThrow('EADDRINUSE');
  });
});

describe('what policy would say', () => {
  const REPLY = { kind: 'unavailable', cause: 'no answer in time' } as const;
  const JSON_TYPE = { 'content-type': 'application/json' };

  const serve = async (
    whatIfStarted: (question: unknown) => Promise<typeof REPLY | undefined>,
  ) => {
    server = await startHealthServer(
      { host: '127.0.0.1', port: 0 },
      {
        notAliveBecause: () => undefined,
        notReadyBecause: async () => undefined,
        metrics: numbers,
        whatIfStarted,
      },
    );
    return `http://127.0.0.1:${server.port}/policy/start`;
  };

  async function ask(
    url: string,
    sent: { method?: 'POST' | 'GET'; body?: string; type?: string } = {},
  ) {
    const { statusCode, body } = await request(url, {
      method: sent.method ?? 'POST',
      body: sent.method === 'GET' ? undefined : sent.body ?? '{"a":1}',
      headers: sent.type ? { 'content-type': sent.type } : JSON_TYPE,
    });
    const text = await body.text();
    return { statusCode, said: text ? JSON.parse(text) : undefined };
  }

  it('is told as it is', async () => {
    const questions: unknown[] = [];
    const url = await serve(async question => {
      questions.push(question);
      return REPLY;
    });
    expect(await ask(url)).toEqual({ statusCode: 200, said: REPLY });
    expect(questions).toEqual([{ a: 1 }]);
  });

  it.each([
    ['no JSON', { body: 'text' }, 400],
    ['a form of another page', { type: 'text/plain' }, 400],
    ['too long', { body: JSON.stringify('x'.repeat(300_000)) }, 400],
    ['only read', { method: 'GET' as const }, 405],
  ])('is not told to what is %s', async (_what, sent, status) => {
    const url = await serve(async () => REPLY);
    expect((await ask(url, sent)).statusCode).toBe(status);
  });

  it('is not told to more than sixteen at once', async () => {
    let go = (_reply: typeof REPLY) => {};
    const held = new Promise<typeof REPLY>(resolve => (go = resolve));
    let arrived = 0;
    let allHere = () => {};
    const full = new Promise<void>(resolve => (allHere = resolve));
    const url = await serve(() => {
      arrived += 1;
      if (arrived === 16) allHere();
      return held;
    });
    const asked = Array.from({ length: 16 }, () => ask(url));
    await full;
    expect((await ask(url)).statusCode).toBe(503);
    go(REPLY);
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(
      new Set([200]),
    );
  });
});
