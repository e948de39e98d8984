import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import { startBrowserService } from '../support/browser-service';
import { startEgress } from '../support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
} from '../support/harness';
import { startSite } from '../support/site';
import { scrapeStep } from '../../src/steps/scrape/step';

/** 127.0.0.2 stands for the Internet: the proxy takes it for public here, and 127.0.0.1 stays private. */
const OUTSIDE = '127.0.0.2';
const TOKEN = 'token-of-the-proxy';

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.close());
const cleanups: Array<() => unknown> = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map(clean => clean()));
});

const redirect =
  (location: string) =>
  (_request: unknown, response: import('node:http').ServerResponse) =>
    void response.writeHead(302, { location }).end();

/** A private site that is opened for its own visit, and an outer one that tries to get there in every way. */
async function sites() {
  const inner = await startSite({
    '/': '<title>Inner</title><p>Inner Plan $7</p>',
    '/robots.txt': '',
  });
  const to = (path: string) => `${inner.origin}${path}`;
  const outer = await startSite(
    {
      '/': '<title>Outer</title><p>Outer Plan $5</p>',
      '/redirect': redirect(to('/redirected')),
      '/form': `<form method="post" action="${to(
        '/form',
      )}"><input name="a" value="b"></form><script>document.forms[0].submit()</script>`,
      '/fetch': `<p>Outer text</p><script>fetch('${to(
        '/fetch',
      )}', { mode: 'no-cors', method: 'POST' }).catch(() => 0)</script>`,
      '/frame': `<p>Outer text</p><iframe src="${to('/frame')}"></iframe>`,
      '/robots.txt': '',
    },
    OUTSIDE,
  );
  const egress = await startEgress({
    token: TOKEN,
    allow: [`127.0.0.1:${inner.port}`],
    allowedPorts: [80, 443, outer.port],
    isPublic: address => address === OUTSIDE,
  });
  cleanups.push(
    () => inner.close(),
    () => outer.close(),
    () => egress.close(),
  );
  return { inner, outer, egress };
}

async function scrape(
  egressUrl: string,
  urls: string[],
  env: Record<string, string> = {},
) {
  const run = await startRun(ground, {
    urls,
    egressUrl,
    env: { EGRESS_PROXY_TOKEN: TOKEN, PAGE_SETTLE_MS: '1500', ...env },
  });
  cleanups.push(() => run.close());
  await run.run(anyStep(scrapeStep)).catch(error => {
    // Pages that are all refused are what some tests are about.
    if (!/None of the/.test(String(error))) throw error;
  });
  return (await run.manifest()).pages;
}

async function triesFromOutside(env: Record<string, string> = {}) {
  const { inner, outer, egress } = await sites();
  const paths = ['/redirect', '/form', '/fetch', '/frame'];
  const urls = [
    `${inner.origin}/`,
    ...paths.map(path => `${outer.origin}${path}`),
  ];
  const pages = await scrape(egress.url, urls, env);
  return { inner, egress, pages };
}

function expectNothingGotIn({
  inner,
  egress,
  pages,
}: Awaited<ReturnType<typeof triesFromOutside>>) {
  // The private target itself was visited: what the others missed was there.
  expect(pages[0].reason).toBeUndefined();
  expect(inner.hits).toContain('GET /');
  expect(new Set(inner.hits)).toEqual(new Set(['GET /robots.txt', 'GET /']));
  expect(pages.map(({ reason }) => reason)).toEqual([
    undefined,
    'EGRESS_BLOCKED',
    'EGRESS_BLOCKED',
    undefined,
    undefined,
  ]);
  const at = `127.0.0.1:${inner.port}`;
  expect(pages[3].blocked).toEqual([at]);
  expect(pages[4].blocked).toEqual([at]);
  expect(
    egress.records.filter(({ reason }) => reason === 'OTHER_TARGET').length,
  ).toBeGreaterThanOrEqual(4);
}

describe('a public page in a run that also has a private target', () => {
  it('gets to the private one by no redirect, form, fetch or frame', async () => {
    expectNothingGotIn(await triesFromOutside());
  });

  it('gets there in no way through a browser service either', async () => {
    const service = await startBrowserService('browser-token');
    cleanups.push(() => service.close());
    expectNothingGotIn(
      await triesFromOutside({
        BROWSER_WS_ENDPOINT: service.endpoint,
        BROWSER_TOKEN: 'browser-token',
      }),
    );
    expect(service.sessions).toHaveLength(1);
  });
});

describe('host rules of the policy', () => {
  const denied = (host: string, path: string) => `http://${host}${path}`;

  async function hosts() {
    const site = await startSite(
      {
        '/robots.txt': '',
        '/': '<title>Here</title><p>Plan $5</p>',
        '/to-denied': (q, r) =>
          redirect(denied(`denied.test:${port}`, '/'))(q, r),
        '/twice': (q, r) => redirect(`/to-denied`)(q, r),
        '/meta': (_q, r) =>
          void r
            .writeHead(200, { 'content-type': 'text/html' })
            .end(
              `<meta http-equiv="refresh" content="0;url=http://denied.test:${port}/"><p>x</p>`,
            ),
        '/picture': (_q, r) =>
          void r
            .writeHead(200, { 'content-type': 'text/html' })
            .end(`<p>Plan $5</p><img src="http://denied.test:${port}/p.png">`),
        '/elsewhere': (q, r) =>
          redirect(denied(`elsewhere.test:${port}`, '/'))(q, r),
        '/picture-elsewhere': (_q, r) =>
          void r
            .writeHead(200, { 'content-type': 'text/html' })
            .end(
              `<p>Plan $5</p><img src="http://elsewhere.test:${port}/p.png">`,
            ),
      },
      OUTSIDE,
    );
    const { port } = site;
    const seen: string[] = [];
    const egress = await startEgress({
      token: TOKEN,
      allowedPorts: [80, 443, port],
      isPublic: address => address === OUTSIDE,
      resolver: async host => {
        seen.push(host);
        return [OUTSIDE];
      },
    });
    cleanups.push(
      () => site.close(),
      () => egress.close(),
    );
    return { site, egress, seen, at: `http://here.test:${port}` };
  }

  it('deny a host to every request of a visit, and a page that leads there is not observed', async () => {
    const { egress, seen, at } = await hosts();
    const pages = await scrape(
      egress.url,
      ['/', '/to-denied', '/twice', '/meta', '/picture'].map(path => at + path),
      { EGRESS_RULES: '{"allow":["*"],"deny":["*.x.test","denied.test"]}' },
    );
    expect(pages.map(({ reason }) => reason)).toEqual([
      undefined,
      'POLICY_DENIED',
      'POLICY_DENIED',
      'POLICY_DENIED',
      undefined,
    ]);
    expect(pages[1].detail).toContain('denied.test');
    expect(pages[4].blocked).toEqual([
      expect.stringMatching(/^denied\.test:\d+$/),
    ]);
    expect(seen).not.toContain('denied.test');
  });

  it('let documents come from allowed hosts only, and pictures from any', async () => {
    const { egress, site, at } = await hosts();
    const pages = await scrape(
      egress.url,
      ['/', '/elsewhere', '/picture-elsewhere'].map(path => at + path),
      { EGRESS_RULES: '{"allow":["here.test"],"deny":[]}' },
    );
    expect(pages.map(({ reason }) => reason)).toEqual([
      undefined,
      'POLICY_DENIED',
      undefined,
    ]);
    expect(pages[1].detail).toMatch(/elsewhere\.test.*not among the hosts/);
    expect(pages[1].redirects).toEqual([`${at}/elsewhere`]);
    expect(site.hits.filter(hit => hit === 'GET /p.png')).toHaveLength(1);
    // Once for the first page; the redirect was stopped before it was followed.
    expect(site.hits.filter(hit => hit === 'GET /')).toHaveLength(1);
  });

  it('that did not come along let nothing be visited', async () => {
    const { egress, at, seen } = await hosts();
    const pages = await scrape(egress.url, [`${at}/`], { EGRESS_RULES: '' });
    expect(pages[0].reason).toBe('POLICY_DENIED');
    expect(seen).toEqual([]);
  });
});
