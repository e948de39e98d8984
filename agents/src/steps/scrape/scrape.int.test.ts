import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import { runPrefix, type PageRecord } from '@agentworkloads/api';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
  type TestRun,
} from '../../../test/support/harness';
import { startEgress, type TestEgress } from '../../../test/support/egress';
import {
  startSite,
  type Handler,
  type TestSite,
} from '../../../test/support/site';
import { COLLECTOR } from './collector';
import { scrapeStep } from './step';

const step = anyStep(scrapeStep);
const html = (body: string, head = '') =>
  `<html lang="en"><head><title>A page</title>${head}</head><body>${body}</body></html>`;
const PAGE = html('<h1>Plans</h1><p>Pro <b>$49</b>/month</p>');

let ground: Ground;
const cleanups: Array<() => Promise<unknown>> = [];
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.close());
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map(clean => clean()));
});

async function site(
  pages: Record<string, string | Handler> | Handler,
  host?: string,
): Promise<TestSite> {
  const started = await startSite(pages, host);
  cleanups.push(() => started.close());
  return started;
}

async function egress(
  options: Parameters<typeof startEgress>[0],
): Promise<TestEgress> {
  const started = await startEgress(options);
  cleanups.push(() => started.close());
  return started;
}

async function scrape(
  urls: string[],
  proxy: TestEgress,
  env: Record<string, string> = {},
): Promise<{ run: TestRun; pages: PageRecord[]; error?: Error }> {
  const run = await startRun(ground, {
    urls,
    egressUrl: proxy.url,
    env: { PAGE_SETTLE_MS: '2000', PAGE_TIMEOUT_MS: '5000', ...env },
  });
  cleanups.push(() => run.close());
  let error: Error | undefined;
  try {
    await run.run(step);
  } catch (caught) {
    error = caught as Error;
  }
  const pages = await run.manifest().then(
    manifest => manifest.pages,
    () => [],
  );
  return { run, pages, error };
}

describe('scrape', () => {
  it('saves the bundle of a page and says so in the manifest', async () => {
    const s = await site({ '/pricing': PAGE });
    const { run, pages } = await scrape(
      [`${s.origin}/pricing`],
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
    );
    expect(pages[0]).toMatchObject({
      status: 200,
      title: 'A page',
      lang: 'en',
      blocked: [],
    });
    expect(await ground.s3.text(pages[0].textKey!)).toBe(
      'Plans\nPro $49/month',
    );
    expect(await ground.s3.text(pages[0].htmlKey!)).toContain('<b>$49</b>');
    const content = JSON.parse(await ground.s3.text(pages[0].contentKey!));
    expect(content).toMatchObject({ textSha256: pages[0].textSha256 });
    expect(content.parts).toContainEqual({ text: 'Plans', start: 0, end: 5 });
    expect(await ground.s3.text(pages[0].markdownKey!)).toContain('Plans');
    expect(pages[0].collector).toEqual(COLLECTOR);
    const files = (await ground.s3.keys(runPrefix(run.place))).map(key =>
      key.split('/').pop(),
    );
    expect(files).toEqual([
      'content.json',
      'content.md',
      'desktop.webp',
      'layout.json',
      'mobile.webp',
      'page.html',
      'page.json',
      'page.txt',
      'visit.json',
    ]);
    expect(s.hits).toEqual(['GET /robots.txt', 'GET /pricing']);
  });

  it('gives each page that can not be seen its reason, and goes on', async () => {
    const s = await site({
      '/ok': PAGE,
      '/pdf': (_q, r) =>
        void r
          .writeHead(200, { 'content-type': 'application/pdf' })
          .end('%PDF-1.4'),
      '/download': (_q, r) =>
        void r
          .writeHead(200, {
            'content-type': 'text/html',
            'content-disposition': 'attachment; filename=a.html',
          })
          .end('x'),
      '/error': (_q, r) =>
        void r
          .writeHead(500, { 'content-type': 'text/html' })
          .end(html('<h1>Oops</h1>')),
      '/huge': (_q, r) =>
        void r
          .writeHead(200, {
            'content-type': 'text/html',
            'content-length': String(200 * 1024 * 1024),
          })
          .write('<html>'),
      '/endless': (_q, r) => {
        r.writeHead(200, { 'content-type': 'text/html' });
        const timer = setInterval(() => r.write('x'.repeat(256 * 1024)), 5);
        r.on('close', () => clearInterval(timer));
      },
      '/slow': () => undefined,
      '/hangup': (q, _r) => void q.socket.destroy(),
      '/blank': html('<div id="app"></div>'),
      '/account': (_q, r) =>
        void r.writeHead(302, { location: '/login' }).end(),
      '/login': html('<h1>Sign in</h1><form><input type="password"></form>'),
      '/wall': (_q, r) =>
        void r
          .writeHead(403, { 'content-type': 'text/html' })
          .end('<title>Just a moment...</title><p>Verifying you are human'),
      '/loop': (_q, r) => void r.writeHead(302, { location: '/loop' }).end(),
      '/js-loop': html(
        '<script>setTimeout(() => { location.href = "/js-loop?" + Math.random() })</script>',
      ),
      '/to-private': (_q, r) =>
        void r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      '/js-to-private': html(
        '<p>x</p><script>location.href = "http://10.1.2.3/"</script>',
      ),
      '/to-file': (_q, r) =>
        void r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      '/busy': (_q, r) =>
        void r
          .writeHead(429, {
            'retry-after': '3600',
            'content-type': 'text/html',
          })
          .end('later'),
    });
    const at = (path: string) => s.origin + path;
    const wanted: Array<[string, string | undefined]> = [
      [at('/ok'), undefined],
      [at('/missing'), 'HTTP_ERROR'],
      [at('/pdf'), 'NOT_HTML'],
      [at('/download'), 'NOT_HTML'],
      [at('/error'), 'HTTP_ERROR'],
      [at('/huge'), 'TOO_LARGE'],
      [at('/endless'), 'TOO_LARGE'],
      [at('/slow'), 'TIMEOUT'],
      [at('/hangup'), 'CONNECTION_FAILED'],
      [at('/blank'), 'BLANK_PAGE'],
      [at('/account'), 'LOGIN_WALL'],
      [at('/wall'), 'BOT_WALL'],
      [at('/loop'), 'TOO_MANY_REDIRECTS'],
      [at('/js-loop'), 'TOO_MANY_REDIRECTS'],
      [at('/to-private'), 'EGRESS_BLOCKED'],
      [at('/js-to-private'), 'EGRESS_BLOCKED'],
      [at('/to-file'), 'NOT_HTML'],
      [at('/busy'), 'RATE_LIMITED'],
      ['http://169.254.169.254/latest/meta-data/', 'EGRESS_BLOCKED'],
      ['http://no-such-host.invalid/', 'DNS_FAILED'],
    ];
    const { pages, error } = await scrape(
      wanted.map(([url]) => url),
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
      {
        PAGE_MAX_BYTES: String(4 * 1024 * 1024),
        RETRY_AFTER_CAP_MS: '2000',
        PAGE_TIMEOUT_MS: '4000',
      },
    );
    expect(error).toBeUndefined();
    expect(pages.map(page => [page.url, page.reason])).toEqual(wanted);
    expect(pages.filter(page => page.reason && !page.detail)).toEqual([]);
  });

  it('goes on with the reason of each page when none could be seen', async () => {
    const s = await site({});
    const { error, pages } = await scrape(
      [`${s.origin}/a`, `${s.origin}/b`],
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
    );
    expect(error).toBeUndefined();
    expect(pages.map(page => page.reason)).toEqual([
      'HTTP_ERROR',
      'HTTP_ERROR',
    ]);
    expect(pages[0].detail).toMatch(/404/);
  });

  it('asks robots.txt once and obeys it', async () => {
    const s = await site({
      '/robots.txt':
        'User-agent: *\nDisallow: /private\n\nUser-agent: AgentWorkloads\nDisallow: /not-for-us\n',
      '/private': PAGE,
      '/not-for-us': PAGE,
    });
    const { pages } = await scrape(
      [`${s.origin}/private`, `${s.origin}/not-for-us`],
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
    );
    expect(pages.map(page => page.reason)).toEqual([
      undefined,
      'ROBOTS_DISALLOWED',
    ]);
    expect(s.hits).toEqual(['GET /robots.txt', 'GET /private']);
  });

  it('does not visit a site whose robots.txt fails', async () => {
    const s = await site({
      '/robots.txt': (_q, r) =>
        void r.writeHead(503, { 'retry-after': '0' }).end(),
      '/a': PAGE,
    });
    const { pages } = await scrape(
      [`${s.origin}/a`],
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
    );
    expect(pages[0].reason).toBe('ROBOTS_DISALLOWED');
    expect(pages[0].detail).toContain('robots.txt answered 503');
    expect(s.hits).not.toContain('GET /a');
  });

  it('comes back when a site asks to wait', async () => {
    let visits = 0;
    const s = await site({
      '/a': (_q, r) => {
        visits++;
        if (visits === 1)
          r.writeHead(429, {
            'retry-after': '1',
            'content-type': 'text/html',
          }).end('busy');
        else r.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      },
    });
    const { pages } = await scrape(
      [`${s.origin}/a`],
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
    );
    expect(pages[0].reason).toBeUndefined();
    expect(visits).toBe(2);
  });

  it('follows redirects and says which', async () => {
    const s = await site({
      '/old': (_q, r) => void r.writeHead(301, { location: '/new' }).end(),
      '/new': PAGE,
    });
    const { pages } = await scrape(
      [`${s.origin}/old`],
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
    );
    expect(pages[0]).toMatchObject({
      finalUrl: `${s.origin}/new`,
      redirects: [`${s.origin}/old`],
    });
  });

  it('waits for what scripts draw, and for what comes on scrolling', async () => {
    const s = await site({
      '/api': (_q, r) =>
        void setTimeout(() => r.writeHead(200).end('$129'), 400),
      '/a': html(`<div id="p"></div><div style="height:3000px"></div><p id="late" style="opacity:0">Below</p>
        <script>
          fetch('/api').then(r => r.text()).then(t => { p.textContent = 'Price ' + t });
          new IntersectionObserver(([e]) => { if (e.isIntersecting) late.style.opacity = 1 }).observe(late);
        </script>`),
    });
    const { pages } = await scrape(
      [`${s.origin}/a`],
      await egress({ allow: [`127.0.0.1:${s.port}`] }),
    );
    expect(await ground.s3.text(pages[0].textKey!)).toBe('Price $129\nBelow');
  });

  it('does not visit a saved page again', async () => {
    const s = await site({ '/a': PAGE, '/b': PAGE });
    const proxy = await egress({ allow: [`127.0.0.1:${s.port}`] });
    const run = await startRun(ground, {
      urls: [`${s.origin}/a`, `${s.origin}/b`],
      egressUrl: proxy.url,
    });
    cleanups.push(() => run.close());
    // The store goes away for good when the second page is to be saved.
    let puts = 0;
    const failing = run.run(step, deps => {
      const { put } = deps.store;
      deps.store.put = async (key, body, options) => {
        if (key.endsWith('page.json') && ++puts === 2) {
          throw Object.assign(new Error('gone'), { name: 'RetryableError' });
        }
        return put(key, body, options);
      };
    });
    await expect(failing).rejects.toMatchObject({ name: 'RetryableError' });
    await run.run(step);
    expect((await run.manifest()).pages.map(page => page.reason)).toEqual([
      undefined,
      undefined,
    ]);
    const visits = (path: string) =>
      s.hits.filter(hit => hit === `GET ${path}`).length;
    expect([visits('/a'), visits('/b')].sort()).toEqual([1, 2]);
    const before = s.hits.length;
    await run.run(step);
    expect(s.hits).toHaveLength(before);
  });

  it('ends in a retryable error when the egress proxy is away', async () => {
    const run = await startRun(ground, {
      urls: ['http://example.com/'],
      egressUrl: 'http://127.0.0.1:1',
    });
    cleanups.push(() => run.close());
    await expect(run.run(step)).rejects.toMatchObject({
      name: 'RetryableError',
      message: expect.stringContaining('egress proxy'),
    });
  });
});
