import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startEgress, type TestEgress } from '@agentworkloads/egress/testing';
import type { PolicyReply } from './askPolicy';
import { checkSite } from './checkSite';
import { SiteBudget } from './SiteBudget';

const TOKEN = 'token-of-the-proxy';

interface Page {
  status?: number;
  location?: string;
  body?: string;
}

const policySays = (deny: string[] = []): PolicyReply => ({
  kind: 'answered',
  decision: {
    allow: true,
    reasons: [],
    wait: [],
    gate: { mode: 'human', fourEyes: true },
    egress: { deny },
  },
});

/** Names that are given addresses here, and all that are not this machine's are sites of the Internet. */
const NAMES: Record<string, string[]> = {
  'inner.example': ['10.0.0.7'],
  'half.example': ['203.0.113.9', '127.0.0.1'],
  'six.example': ['::1'],
};

describe('what a site says of a visit', () => {
  let site: Server;
  let egress: TestEgress;
  let port = 0;
  let pages: Record<string, Page>;
  let asked: string[];
  let told: string[];

  beforeEach(async () => {
    pages = {};
    [asked, told] = [[], []];
    site = createServer((request, response) => {
      asked.push(`${request.headers.host}${request.url}`);
      const page = pages[request.url ?? ''] ?? { status: 404 };
      const { status = 200, location, body = '' } = page;
      response.writeHead(status, location ? { location } : {}).end(body);
    });
    await new Promise<void>(done => site.listen(0, '127.0.0.1', done));
    port = (site.address() as AddressInfo).port;
    egress = await startEgress({
      token: TOKEN,
      allowedPorts: [80, 443, port],
      resolve: ['shop.example', 'other.example'].map(
        host => `${host}:${port}=127.0.0.1:${port}`,
      ),
      allow: [`shop.example:${port}`, `other.example:${port}`],
      resolver: async host => {
        if (!NAMES[host]) throw new Error('no such name');
        return NAMES[host];
      },
    });
  });
  afterEach(async () => {
    await egress.close();
    site.closeAllConnections();
    await new Promise(done => site.close(done));
  });

  const check = (urls: string[], policy = policySays(), more: object = {}) =>
    checkSite(urls, {
      proxy: { url: egress.url, token: TOKEN },
      signal: new AbortController().signal,
      mayAsk: () => true,
      logger: { warn: sentence => void told.push(sentence) },
      policy,
      ...more,
    });
  const outcome = async (url: string, policy?: PolicyReply) => {
    const [{ url: _, ...found }] = await check([url], policy);
    return found;
  };
  const shop = (path: string) => `http://shop.example:${port}${path}`;

  it('is the line of robots.txt that decides, for each page of one request', async () => {
    pages['/robots.txt'] = {
      body: '# ours\nUser-agent: *\nDisallow: /private # all of it\nAllow: /private/prices\n',
    };
    expect(
      await check([shop('/'), shop('/private/a'), shop('/private/prices')]),
    ).toEqual([
      { url: shop('/'), outcome: 'allowed' },
      {
        url: shop('/private/a'),
        outcome: 'disallowed',
        rule: { line: 3, text: 'Disallow: /private # all of it' },
      },
      {
        url: shop('/private/prices'),
        outcome: 'allowed',
        rule: { line: 4, text: 'Allow: /private/prices' },
      },
    ]);
    expect(asked).toEqual([`shop.example:${port}/robots.txt`]);
  });

  it.each<[Page, object]>([
    [{ status: 404 }, { outcome: 'noRules', status: 404 }],
    [{ status: 403 }, { outcome: 'noRules', status: 403 }],
    [{ status: 429 }, { outcome: 'notNow', status: 429 }],
    [{ status: 503 }, { outcome: 'notNow', status: 503 }],
    // For ever in a circle: RFC 9309 takes it for none.
    [{ status: 302, location: '/robots.txt' }, { outcome: 'noRules' }],
  ])('%j means %j', async (page, found) => {
    pages['/robots.txt'] = page;
    expect(await outcome(shop('/pricing'))).toEqual(found);
  });

  it('is nothing where it answers with another protocol, and is not waited for', async () => {
    site.removeAllListeners('request');
    site.on('upgrade', (_request, socket) => socket.end());
    site.on('request', ({ socket }) =>
      socket.end(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      ),
    );
    expect(await outcome(shop('/'))).toEqual({
      outcome: 'unreachable',
      reason: 'CONNECTION_FAILED',
    });
  });

  it('is read where it was moved to', async () => {
    pages['/robots.txt'] = { status: 301, location: '/rules' };
    pages['/rules'] = { body: 'User-agent: AgentWorkloads\nDisallow: /' };
    expect(await outcome(shop('/pricing'))).toEqual({
      outcome: 'disallowed',
      rule: { line: 2, text: 'Disallow: /' },
    });
  });

  const INNER = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://localhost/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.1/',
    'https://192.168.1.1/',
    'http://inner.example/',
    'http://half.example/',
    'http://six.example/',
  ];
  NAMES.localhost = ['127.0.0.1'];

  it.each(INNER)('is not asked of what lies inside: %s', async url => {
    expect(await outcome(url)).toEqual({
      outcome: 'unreachable',
      reason: 'EGRESS_BLOCKED',
    });
    expect(asked).toEqual([]);
  });

  it('is not asked of this very machine by its port', async () => {
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      expect(await outcome(`http://${host}:${port}/`)).toMatchObject({
        outcome: 'unreachable',
        reason: 'EGRESS_BLOCKED',
      });
    }
    expect(asked).toEqual([]);
  });

  it('leads nowhere inside, also where somebody listens', async () => {
    const location = `http://127.0.0.1:${port}/x`;
    pages['/robots.txt'] = { status: 302, location };
    expect(await outcome(shop('/'))).toEqual({ outcome: 'notNow' });
    expect(asked).toEqual([`shop.example:${port}/robots.txt`]);
  });

  it.each(INNER.slice(0, 6).concat('file:///etc/passwd', 'http://'))(
    'leads nowhere inside: %s',
    async location => {
      pages['/robots.txt'] = { status: 302, location };
      expect(await outcome(shop('/'))).toEqual({ outcome: 'notNow' });
      expect(asked).toEqual([`shop.example:${port}/robots.txt`]);
    },
  );

  it('opens what was opened for one site to no other', async () => {
    pages['/robots.txt'] = {
      status: 302,
      location: `http://other.example:${port}/rules`,
    };
    expect(await outcome(shop('/'))).toEqual({ outcome: 'notNow' });
    expect(asked).toEqual([`shop.example:${port}/robots.txt`]);
  });

  it('is not asked of a host that the policy denies', async () => {
    expect(await outcome(shop('/'), policySays(['shop.example']))).toEqual({
      outcome: 'unreachable',
      reason: 'POLICY_DENIED',
    });
    expect(asked).toEqual([]);
  });

  it('does not follow to a host that the policy denies', async () => {
    pages['/robots.txt'] = {
      status: 302,
      location: `http://other.example:${port}/rules`,
    };
    const denied = policySays(['other.example']);
    expect(await outcome(shop('/'), denied)).toEqual({ outcome: 'notNow' });
    expect(asked).toEqual([`shop.example:${port}/robots.txt`]);
  });

  it.each<[string, PolicyReply, object]>([
    [
      'denies the run',
      {
        kind: 'answered',
        decision: {
          ...(policySays() as { decision: object }).decision,
          allow: false,
          reasons: ['host shop.example is denied'],
        } as never,
      },
      { outcome: 'denied', reasons: ['host shop.example is denied'] },
    ],
    [
      'is away',
      { kind: 'away' },
      { outcome: 'notChecked', why: 'policyUnknown' },
    ],
    [
      'is not known',
      { kind: 'notConfigured' },
      { outcome: 'notChecked', why: 'policyUnknown' },
    ],
    [
      'does not answer',
      { kind: 'unavailable', cause: 'late' },
      { outcome: 'notChecked', why: 'policyUnknown' },
    ],
  ])('is not asked where policy %s', async (_what, policy, found) => {
    expect(await outcome(shop('/'), policy)).toEqual(found);
    expect(egress.records).toEqual([]);
  });

  it('is not known where the proxy does not know the token, and the log says so', async () => {
    const [found] = await check([shop('/')], policySays(), {
      proxy: { url: egress.url, token: 'of-yesterday' },
    });
    expect(found).toMatchObject({ outcome: 'notChecked', why: 'proxyAway' });
    expect(told).toEqual([
      expect.stringContaining('answered 407: it does not know the token'),
    ]);
  });

  it('is not known without a proxy, and nobody is asked', async () => {
    const [found] = await check([shop('/')], policySays(), {
      proxy: undefined,
    });
    expect(found).toMatchObject({ outcome: 'notChecked', why: 'noProxy' });
    expect(asked).toEqual([]);
  });

  it.each([
    ['takes another token', { url: '', token: 'another-token-of-it' }],
    ['is away', { url: 'http://127.0.0.1:1', token: TOKEN }],
  ])('is not known where the proxy %s', async (_what, proxy) => {
    const [found] = await check([shop('/')], policySays(), {
      proxy: { ...proxy, url: proxy.url || egress.url },
    });
    expect(found).toMatchObject({ outcome: 'notChecked', why: 'proxyAway' });
  });

  it('is not known to who has asked too much', async () => {
    const [found] = await check([shop('/')], policySays(), {
      mayAsk: () => false,
    });
    expect(found).toMatchObject({ outcome: 'notChecked', why: 'tooMany' });
    expect(egress.records).toEqual([]);
  });

  it('is that the name does not exist', async () => {
    expect(await outcome('http://nowhere.example/')).toEqual({
      outcome: 'unreachable',
      reason: 'DNS_FAILED',
    });
  });

  it('is that it does not answer, once nobody waits any more', async () => {
    const silent = createTcpServer(socket => socket.on('error', () => {}));
    await new Promise<void>(done => silent.listen(0, '127.0.0.1', done));
    const { port: at } = silent.address() as AddressInfo;
    const other = await startEgress({
      token: TOKEN,
      resolve: [`slow.example:${at}=127.0.0.1:${at}`],
    });
    const [found] = await check([`http://slow.example:${at}/`], policySays(), {
      proxy: { url: other.url, token: TOKEN },
      signal: AbortSignal.timeout(150),
    });
    expect(found).toMatchObject({ outcome: 'unreachable', reason: 'TIMEOUT' });
    await other.close();
    silent.close();
  });

  it('is that it speaks no TLS', async () => {
    expect(await outcome(`https://shop.example:${port}/`)).toEqual({
      outcome: 'unreachable',
      reason: 'TLS_FAILED',
    });
  });

  it('is read no further than its first half megabyte', async () => {
    pages['/robots.txt'] = {
      body: `${'#'.repeat(512 * 1024)}\nUser-agent: *\nDisallow: /`,
    };
    expect(await outcome(shop('/'))).toEqual({ outcome: 'allowed' });
  });
});

describe('how many sites one person may have asked', () => {
  it('is bounded, grows again, and is nobody else’s', () => {
    let now = 0;
    const budget = new SiteBudget(() => now);
    const taken = (who: string, times: number) =>
      Array.from({ length: times }, () => budget.take(who)).filter(Boolean)
        .length;
    expect(taken('bob', 200)).toBe(120);
    expect(taken('alice', 1)).toBe(1);
    now = 30_000;
    expect(taken('bob', 200)).toBe(6);
    now = 24 * 3_600_000;
    expect(taken('bob', 200)).toBe(120);
  });
});
