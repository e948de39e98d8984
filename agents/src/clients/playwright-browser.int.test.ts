import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import {
  startBrowserService,
  type BrowserService,
} from '../../test/support/browser-service';
import { startEgress } from '../../test/support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
} from '../../test/support/harness';
import { startSite, type Handler } from '../../test/support/site';
import { scrapeStep } from '../steps/scrape/step';

const TOKEN = 'browser-token';
const step = anyStep(scrapeStep);
let ground: Ground;
let service: BrowserService;
const cleanups: Array<() => unknown> = [];
beforeAll(async () => {
  [ground, service] = await Promise.all([
    startGround(),
    startBrowserService(TOKEN),
  ]);
});
afterAll(() => Promise.all([ground.close(), service.close()]));
afterEach(async () => {
  service.refuseWith = undefined;
  service.onRefusal = undefined;
  service.sessions.length = 0;
  await Promise.all(cleanups.splice(0).map(clean => clean()));
});

async function prepare(
  pages: Record<string, string | Handler>,
  proxyToken?: string,
  env: Record<string, string> = {},
) {
  const site = await startSite(pages);
  const egress = await startEgress({
    allow: [`127.0.0.1:${site.port}`],
    token: proxyToken,
  });
  const run = await startRun(ground, {
    urls: Object.keys(pages).map(path => site.origin + path),
    egressUrl: egress.url,
    env: {
      BROWSER_WS_ENDPOINT: service.endpoint,
      BROWSER_TOKEN: TOKEN,
      PAGE_SETTLE_MS: '1500',
      ...(proxyToken ? { EGRESS_PROXY_TOKEN: proxyToken } : {}),
      ...env,
    },
  });
  cleanups.push(
    () => site.close(),
    () => egress.close(),
    () => run.close(),
  );
  return { site, egress, run };
}

const PAGE = '<title>T</title><p>Pro $49</p>';

describe('a browser service', () => {
  it('is used with its token in a header, one session for all pages, each behind the proxy', async () => {
    const { run, egress } = await prepare({ '/a': PAGE, '/b': PAGE });
    await run.run(step);
    expect((await run.manifest()).pages.map(page => page.reason)).toEqual([
      undefined,
      undefined,
    ]);
    expect(service.sessions).toHaveLength(1);
    expect(service.sessions[0]).not.toContain(TOKEN);
    const launch = new URL(
      service.sessions[0],
      'ws://service',
    ).searchParams.get('launch');
    expect(launch).toContain('force-webrtc-ip-handling-policy');
    // The service must not lay pages out in a window of its own.
    expect(JSON.parse(launch ?? '{}')).toMatchObject({ defaultViewport: null });
    expect(
      egress.records.filter(
        record => record.via === 'http' && record.status === 200,
      ).length,
    ).toBeGreaterThanOrEqual(2);
  });

  it('goes through a proxy that wants a token', async () => {
    const { run } = await prepare({ '/a': PAGE }, 'proxy-token');
    await run.run(step);
    expect((await run.manifest()).pages[0].reason).toBeUndefined();
  });

  it('that is lost in the middle of a page is connected again', async () => {
    let visits = 0;
    const { run } = await prepare({
      '/a': (_q, response) => {
        visits++;
        if (visits === 1) service.cut();
        else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      },
    });
    await run.run(step);
    expect((await run.manifest()).pages[0].reason).toBeUndefined();
    expect(service.sessions).toHaveLength(2);
    expect(run.logLines.join('')).toContain('the browser was lost');
  });

  // As a session time-out can: what was asked of the page is never answered.
  it('that is lost while a page is busy is connected again', async () => {
    let visits = 0;
    const busy = `${PAGE}<script>
      fetch('/later');
      setTimeout(() => {
        const end = performance.now() + 1500;
        while (performance.now() < end);
      }, 100);
    </script>`;
    const { run } = await prepare({
      '/a': busy,
      '/later': (_q, response) => {
        visits++;
        if (visits === 1) setTimeout(() => service.cut(), 700);
        else response.writeHead(204).end();
      },
    });
    await run.run(step);
    expect((await run.manifest()).pages[0].reason).toBeUndefined();
    expect(service.sessions).toHaveLength(2);
  }, 20_000);

  it('under which a page always dies costs that page, not the run', async () => {
    const { run } = await prepare({ '/a': () => service.cut(), '/b': PAGE });
    await run.run(step);
    const reasons = (await run.manifest()).pages.map(page => page.reason);
    expect(reasons[0]).toBe('BROWSER_FAILED');
  });

  it('that goes away under two pages leaves both to the next attempt', async () => {
    let asked = 0;
    const page: Handler = (_q, response) => {
      asked += 1;
      // For good, as far as this attempt of the step goes; the other page comes next, while it ends.
      if (asked === 1) {
        service.refuseWith = 503;
        service.cut();
      } else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    };
    const { run } = await prepare({ '/a': page, '/b': page });
    await expect(run.run(step)).rejects.toThrow();
    service.refuseWith = undefined;
    await run.run(step);
    const { pages } = await run.manifest();
    expect(pages.map(({ reason }) => reason)).toEqual([undefined, undefined]);
  });

  it('that is full is waited for, and then used', async () => {
    service.refuseWith = 429;
    let refusals = 0;
    service.onRefusal = () => {
      refusals += 1;
      if (refusals === 5) service.refuseWith = undefined;
    };
    const { run } = await prepare({ '/a': PAGE }, undefined, {
      RETRY_BASE_MS: '20',
    });
    await run.run(step);
    expect((await run.manifest()).pages[0].reason).toBeUndefined();
    expect(
      run.logLines.join('').match(/every place .* is taken/g),
    ).toHaveLength(1);
  });

  it('that stays full ends the step for another attempt', async () => {
    service.refuseWith = 429;
    const { run } = await prepare({ '/a': PAGE }, undefined, {
      BROWSER_PLACE_WAIT_MS: '100',
    });
    const error = await run.run(step).catch(caught => caught);
    expect(error).toMatchObject({
      name: 'RetryableError',
      message: expect.stringMatching(/browser can't be reached.*429/),
    });
    expect(error.message + run.logLines.join('')).not.toContain(TOKEN);
  });

  it('that does not take the token ends the step for good, and the token is not shown', async () => {
    const { run } = await prepare({ '/a': PAGE }, undefined, {
      BROWSER_TOKEN: 'wrong-token',
    });
    const error = await run.run(step).catch(caught => caught);
    expect(error).toMatchObject({
      name: 'PermanentError',
      message: expect.stringMatching(/refused the token.*BROWSER_TOKEN/),
    });
    expect(error.message + run.logLines.join('')).not.toContain('wrong-token');
  });
});
