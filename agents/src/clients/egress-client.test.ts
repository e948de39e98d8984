import { afterEach, describe, expect, it } from '@jest/globals';
import { startEgress } from '../../test/support/egress';
import { startSite, type Handler } from '../../test/support/site';
import { createEgressClient } from './egress-client';
import { createVisitEgress } from './visit-egress';

const REQUEST = { timeoutMs: 3000, maxBytes: 1000, maxRedirects: 3 };
const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map(clean => clean()));
});

async function ground(pages: Record<string, string | Handler>, token?: string) {
  const site = await startSite(pages);
  const egress = await startEgress({
    allow: [`127.0.0.1:${site.port}`],
    token,
  });
  cleanups.push(
    () => site.close(),
    () => egress.close(),
  );
  const { client } = createVisitEgress({
    proxyUrl: egress.url,
    proxyToken: token,
    run: 'uid',
    rules: { deny: [] },
  })(site.origin);
  return { site, egress, client };
}

describe('requests through the egress proxy', () => {
  it('come back with status, headers and body', async () => {
    const { client, site } = await ground({ '/a?b=c': 'x', '/a': 'hello' });
    const response = await client.get(`${site.origin}/a?b=c`, {
      ...REQUEST,
      headers: { 'user-agent': 'me' },
    });
    expect(response).toMatchObject({
      status: 200,
      url: `${site.origin}/a?b=c`,
    });
    expect(String(response.body)).toBe('hello');
    expect(site.hits).toEqual(['GET /a?b=c']);
  });

  it('follow redirects, each checked anew', async () => {
    const { client, site } = await ground({
      '/1': (_q, r) => void r.writeHead(302, { location: '/2' }).end(),
      '/2': 'end',
      '/private': (_q, r) =>
        void r.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
      '/loop': (_q, r) => void r.writeHead(302, { location: '/loop' }).end(),
      '/file': (_q, r) =>
        void r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    });
    expect(String((await client.get(`${site.origin}/1`, REQUEST)).body)).toBe(
      'end',
    );
    await expect(
      client.get(`${site.origin}/private`, REQUEST),
    ).rejects.toMatchObject({ reason: 'EGRESS_BLOCKED', redirected: true });
    await expect(
      client.get(`${site.origin}/loop`, REQUEST),
    ).rejects.toMatchObject({ reason: 'TOO_MANY_REDIRECTS' });
    await expect(
      client.get(`${site.origin}/file`, REQUEST),
    ).rejects.toMatchObject({ reason: 'CONNECTION_FAILED' });
  });

  it('are cut or refused when too large', async () => {
    const { client, site } = await ground({ '/big': 'x'.repeat(5000) });
    await expect(
      client.get(`${site.origin}/big`, REQUEST),
    ).rejects.toMatchObject({ reason: 'TOO_LARGE' });
    const cut = await client.get(`${site.origin}/big`, {
      ...REQUEST,
      truncate: true,
    });
    expect(cut.body).toHaveLength(1000);
  });

  it.each([
    ['a silent site', '/silent', 'TIMEOUT'],
    ['a site that hangs up', '/hangup', 'CONNECTION_FAILED'],
  ])('end for %s', async (_name, path, reason) => {
    const { client, site } = await ground({
      '/silent': () => undefined,
      '/hangup': q => void q.socket.destroy(),
    });
    await expect(
      client.get(site.origin + path, { ...REQUEST, timeoutMs: 300 }),
    ).rejects.toMatchObject({ reason });
  });

  it('say what is wrong with a host', async () => {
    const { client, site } = await ground({ '/': 'plain' });
    await expect(
      client.get('http://169.254.169.254/', REQUEST),
    ).rejects.toMatchObject({ reason: 'EGRESS_BLOCKED', redirected: false });
    await expect(
      client.get('http://nowhere.invalid/', REQUEST),
    ).rejects.toMatchObject({ reason: 'DNS_FAILED' });
    await expect(
      client.get(`https://127.0.0.1:${site.port}/`, REQUEST),
    ).rejects.toMatchObject({ reason: 'TLS_FAILED' });
  });

  it('carry the token to the proxy and not to the site', async () => {
    let seen = '';
    const { client, site } = await ground(
      { '/': (q, r) => void r.end((seen = JSON.stringify(q.headers))) },
      'proxy-token',
    );
    await client.get(`${site.origin}/`, REQUEST);
    expect(seen).not.toMatch(/proxy-authorization|proxy-token/);
  });

  it('are worth another attempt when the proxy is away or does not know us', async () => {
    const { site, egress } = await ground({ '/': 'x' }, 'proxy-token');
    const away = createEgressClient({ proxyUrl: 'http://127.0.0.1:1' });
    await expect(away.get(`${site.origin}/`, REQUEST)).rejects.toMatchObject({
      name: 'RetryableError',
    });
    const unknown = createEgressClient({
      proxyUrl: egress.url,
      proxyCredential: { username: 'visit', password: 'wrong' },
    });
    await expect(unknown.get(`${site.origin}/`, REQUEST)).rejects.toMatchObject(
      { name: 'RetryableError' },
    );
  });

  it('can ask why, without a request to the site', async () => {
    const { client, site } = await ground({ '/': 'x' });
    expect(await client.probe('127.0.0.1', site.port, 1000)).toBeUndefined();
    expect(await client.probe('::1', 443, 1000)).toBe('EGRESS_BLOCKED');
    expect(await client.probe('nowhere.invalid', 443, 3000)).toBe('DNS_FAILED');
    expect(site.hits).toEqual([]);
  });
});
