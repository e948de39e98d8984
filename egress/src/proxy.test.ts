import http from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startEgress, startSite } from './testing';
import { visitCredential } from './visit';

const cleanups: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map(clean => clean()));
});

async function egress(options: Parameters<typeof startEgress>[0]) {
  const started = await startEgress(options);
  cleanups.push(() => started.close());
  return started;
}
async function site(...options: Parameters<typeof startSite>) {
  const started = await startSite(...options);
  cleanups.push(() => started.close());
  return started;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
  broken?: boolean;
}

/** A plain request as a browser sends it to a proxy. */
function viaProxy(
  proxyUrl: string,
  target: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const proxy = new URL(proxyUrl);
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: proxy.hostname,
      port: proxy.port,
      path: target,
      method,
      headers,
      agent: false,
    });
    request.on('error', reject);
    request.on('response', response => {
      let body = '';
      const done = (broken?: boolean) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          ...(broken ? { broken } : {}),
        });
      response.setEncoding('utf8');
      response.on('data', chunk => (body += chunk));
      response.on('end', () => done());
      response.on('error', () => done(true));
    });
    request.end();
  });
}

/** Sends raw bytes and reads until the connection ends or `until` is seen. */
function raw(proxyUrl: string, bytes: string, until?: string): Promise<string> {
  const proxy = new URL(proxyUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(proxy.port), proxy.hostname, () =>
      socket.write(bytes),
    );
    let got = '';
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('data', chunk => {
      got += chunk.toString('latin1');
      if (until && got.includes(until)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(got));
  });
}

describe('plain requests', () => {
  it('pass to an allowed host, with the Host header of the address', async () => {
    const s = await site((request, response) => {
      response
        .writeHead(200, { 'x-egress-blocked': 'forged' })
        .end(JSON.stringify(request.headers));
    });
    const e = await egress({ allow: [`127.0.0.1:${s.port}`] });
    const answer = await viaProxy(e.url, `${s.origin}/a`, {
      host: 'elsewhere.test',
      'proxy-connection': 'keep-alive',
    });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      host: `127.0.0.1:${s.port}`,
      connection: 'close',
    });
    expect(answer.headers['x-egress-blocked']).toBeUndefined();
    expect(e.records).toMatchObject([
      { via: 'http', host: '127.0.0.1', verdict: 'passed', status: 200 },
    ]);
  });

  it.each([
    ['http://169.254.169.254/', 'PRIVATE_ADDRESS'],
    ['http://2130706433/', 'PRIVATE_ADDRESS'],
    ['http://[::1]/', 'PRIVATE_ADDRESS'],
    ['http://example.com:22/', 'PORT'],
    ['https://example.com/', 'SCHEME'],
    ['ftp://example.com/', 'SCHEME'],
    ['http://a:b@example.com/', 'CREDENTIALS'],
  ])('to %s are refused: %s', async (target, reason) => {
    const e = await egress({
      resolver: () => Promise.reject(new Error('nobody asks')),
    });
    const answer = await viaProxy(e.url, target);
    expect(answer).toMatchObject({
      status: 403,
      headers: { 'x-egress-blocked': reason },
    });
    expect(e.records).toMatchObject([{ verdict: 'blocked', reason }]);
  });

  it('never carry a path into the log', async () => {
    const s = await site({ '/secret-path': 'x' });
    const e = await egress({ allow: [`127.0.0.1:${s.port}`] });
    await viaProxy(e.url, `${s.origin}/secret-path?token=abc`);
    expect(JSON.stringify(e.records)).not.toMatch(/secret-path|abc/);
  });

  it('end at the limit, with or without a length', async () => {
    const s = await site({
      '/length': (_q, r) =>
        void r
          .writeHead(200, { 'content-length': '5000' })
          .end('x'.repeat(5000)),
      '/chunks': (_q, r) => {
        r.writeHead(200);
        const timer = setInterval(() => r.write('x'.repeat(900)), 1);
        r.on('close', () => clearInterval(timer));
      },
    });
    const e = await egress({
      allow: [`127.0.0.1:${s.port}`],
      limits: { maxResponseBytes: 4000 },
    });
    expect(await viaProxy(e.url, `${s.origin}/length`)).toMatchObject({
      status: 502,
      headers: { 'x-egress-error': 'TOO_LARGE' },
    });
    expect(await viaProxy(e.url, `${s.origin}/chunks`)).toMatchObject({
      broken: true,
    });
    expect(e.records.map(record => record.reason)).toEqual([
      'TOO_LARGE',
      'TOO_LARGE',
    ]);
  });

  it('end when nothing comes', async () => {
    const s = await site(() => undefined);
    const e = await egress({
      allow: [`127.0.0.1:${s.port}`],
      limits: { idleTimeoutMs: 100 },
    });
    expect(await viaProxy(e.url, `${s.origin}/`)).toMatchObject({
      status: 504,
      headers: { 'x-egress-error': 'TIMEOUT' },
    });
  });
});

describe('names', () => {
  it('with one private address among public ones are refused, and nothing is dialled', async () => {
    const s = await site({ '/': 'x' });
    const e = await egress({
      resolver: async () => ['93.184.216.34', '127.0.0.1'],
    });
    expect(await viaProxy(e.url, 'http://mixed.test/')).toMatchObject({
      status: 403,
      headers: { 'x-egress-blocked': 'PRIVATE_ADDRESS' },
    });
    expect(s.connections()).toBe(0);
  });

  it('are resolved once: a second answer is never dialled', async () => {
    const canary = await site({ '/': 'x' });
    const answers = [['203.0.113.9'], ['127.0.0.1']];
    let asked = 0;
    const e = await egress({
      allow: [`rebind.test:${canary.port}`],
      resolver: async () => answers[asked++],
      limits: { connectTimeoutMs: 300 },
    });
    await viaProxy(e.url, `http://rebind.test:${canary.port}/`);
    expect(asked).toBe(1);
    expect(canary.connections()).toBe(0);
  });

  it('that do not resolve say so', async () => {
    const e = await egress({
      resolver: () => Promise.reject(new Error('ENOTFOUND')),
    });
    expect(await viaProxy(e.url, 'http://nowhere.test/')).toMatchObject({
      status: 502,
      headers: { 'x-egress-error': 'DNS_FAILED' },
    });
  });

  it('are found where EGRESS_RESOLVE says, below a wildcard', async () => {
    const s = await site(
      (request, response) => void response.end(request.headers.host),
    );
    const e = await egress({
      resolve: [`*.localhost:4180=127.0.0.1:${s.port}`],
    });
    expect((await viaProxy(e.url, 'http://acme.localhost:4180/')).body).toBe(
      'acme.localhost:4180',
    );
  });
});

describe('tunnels', () => {
  it('carry bytes both ways', async () => {
    const s = await site({ '/': 'through' });
    const e = await egress({ allow: [`127.0.0.1:${s.port}`] });
    const at = `127.0.0.1:${s.port}`;
    const got = await raw(
      e.url,
      `CONNECT ${at} HTTP/1.1\r\nHost: ${at}\r\n\r\nGET / HTTP/1.1\r\nHost: ${at}\r\nConnection: close\r\n\r\n`,
    );
    expect(got).toMatch(/^HTTP\/1.1 200 .*\r\n\r\nHTTP\/1.1 200 OK[^]*through/);
  });

  it.each([
    '127.0.0.1:443',
    'localhost:80',
    '[::ffff:7f00:1]:443',
    '10.0.0.1:443',
    'example.com:6379',
    '0:80',
    'nonsense',
    ':443',
  ])('to %s are refused', async authority => {
    const e = await egress({ resolver: async () => ['127.0.0.1'] });
    const got = await raw(
      e.url,
      `CONNECT ${authority} HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    expect(got).toMatch(/^HTTP\/1.1 (403|400)/);
    expect(e.records.every(record => record.verdict === 'blocked')).toBe(true);
  });

  it('end at their limit of bytes', async () => {
    const s = await site((_q, r) => void r.end('x'.repeat(100_000)));
    const e = await egress({
      allow: [`127.0.0.1:${s.port}`],
      limits: { maxTunnelBytes: 20_000 },
    });
    const at = `127.0.0.1:${s.port}`;
    const got = await raw(
      e.url,
      `CONNECT ${at} HTTP/1.1\r\nHost: ${at}\r\n\r\nGET / HTTP/1.1\r\nHost: ${at}\r\n\r\n`,
    );
    expect(got.length).toBeLessThan(100_000);
    expect(e.records).toMatchObject([
      { verdict: 'failed', reason: 'TOO_LARGE' },
    ]);
  });
});

describe('the proxy', () => {
  it('wants its token, or the credential of a visit, where it has one', async () => {
    const s = await site({ '/': 'x' });
    const e = await egress({
      allow: [`127.0.0.1:${s.port}`],
      token: 'open-sesame',
    });
    const basic = (value: string) =>
      `Basic ${Buffer.from(`any:${value}`).toString('base64')}`;
    expect((await viaProxy(e.url, `${s.origin}/`)).status).toBe(407);
    expect(
      (
        await viaProxy(e.url, `${s.origin}/`, {
          'proxy-authorization': basic('wrong'),
        })
      ).status,
    ).toBe(407);
    expect(
      (
        await viaProxy(e.url, `${s.origin}/`, {
          'proxy-authorization': basic('open-sesame'),
        })
      ).status,
    ).toBe(200);
    const grant = { run: 'uid-1', target: `127.0.0.1:${s.port}`, deny: [] };
    const { password } = visitCredential(grant, 'open-sesame');
    expect(
      (
        await viaProxy(e.url, `${s.origin}/`, {
          'proxy-authorization': basic(password),
        })
      ).status,
    ).toBe(200);
    expect(s.hits).toHaveLength(2);
    expect(e.records.map(({ run }) => run)).toEqual([undefined, 'uid-1']);
  });

  it('answers probes, and nothing else that is not for a proxy', async () => {
    const e = await egress({});
    expect((await viaProxy(e.url, '/healthz')).status).toBe(200);
    expect((await viaProxy(e.url, '/readyz')).status).toBe(200);
    expect((await viaProxy(e.url, '/')).status).toBe(404);
  });

  it('answers no probe that a page asks for by a name of its own', async () => {
    const e = await egress({});
    const asked = await viaProxy(e.url, '/healthz', { host: 'evil.example' });
    expect(asked.status).toBe(421);
  });

  it('upgrades nothing outside a tunnel', async () => {
    const s = await site({ '/': 'x' });
    const e = await egress({ allow: [`127.0.0.1:${s.port}`] });
    const got = await raw(
      e.url,
      `GET ${s.origin}/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(got).toMatch(/^HTTP\/1.1 403[^]*x-egress-blocked: UPGRADE/);
    expect(s.hits).toEqual([]);
  });

  it('lets open exchanges end when it stops', async () => {
    const s = await site((_q, r) => void setTimeout(() => r.end('late'), 300));
    const e = await startEgress({ allow: [`127.0.0.1:${s.port}`] });
    const pending = viaProxy(e.url, `${s.origin}/`);
    await new Promise(resolve => setTimeout(resolve, 100));
    const closed = e.proxy.close(2000);
    expect((await pending).body).toBe('late');
    await closed;
    await expect(viaProxy(e.url, `${s.origin}/`)).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
