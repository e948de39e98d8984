import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  factsFileSchema,
  reportSchema,
  type Fact,
  type PageRecord,
  type Report,
} from '@agentworkloads/api';
import { COLLECTOR } from '../src/steps/scrape/collector';
import { domStep } from '../src/steps/dom/step';
import { scrapeStep } from '../src/steps/scrape/step';
import { synthesisStep } from '../src/steps/synthesis/step';
import { startEgress } from './support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
  type TestRun,
} from './support/harness';
import { startSite, type Handler } from './support/site';

let ground: Ground;
const runs: TestRun[] = [];
beforeAll(async () => {
  ground = await startGround();
});
afterAll(async () => {
  for (const run of runs) await run.close();
  await ground?.close();
});

interface Done {
  run: TestRun;
  /** `METHOD path` of each request to the site. */
  hits: string[];
  pages: PageRecord[];
  facts: Fact[];
  report: Report;
  html: string;
  markdown: string;
  csv: string;
}

/** scrape, dom and synthesis over one page of a site. @param host by which it is called */
async function wholeRun(
  pages: Record<string, string | Handler>,
  env: Record<string, string> = {},
  host = '127.0.0.1',
  /** Beside it, other names of this machine that the proxy opens to who names them. */
  others: readonly string[] = [],
): Promise<Done> {
  const site = await startSite({ '/robots.txt': '', ...pages });
  const token = 'a-token-of-the-test-that-is-long-enough';
  const egress = await startEgress({
    token,
    allow: [host, ...others].map(name => `${name}:${site.port}`),
  });
  const run = await startRun(ground, {
    urls: [`http://${host}:${site.port}/`],
    egressUrl: egress.url,
    env: {
      EGRESS_PROXY_TOKEN: token,
      PAGE_SETTLE_MS: '3000',
      PAGE_TIMEOUT_MS: '15000',
      ...env,
    },
  });
  runs.push(run);
  try {
    await run.run(anyStep(scrapeStep));
  } finally {
    await Promise.all([site.close(), egress.close()]);
  }
  const manifest = await run.manifest();
  await run.giveInput('manifest', await run.readOutput('manifest.json'));
  await run.run(anyStep(domStep));
  await run.giveInput('facts', await run.readOutput('facts.json'));
  const shots = { schemaVersion: 1, workflowUid: run.uid, pages: [] };
  await run.giveInput('shots', JSON.stringify({ ...shots, degraded: [] }));
  await run.approve();
  await run.run(anyStep(synthesisStep));
  return {
    run,
    hits: site.hits,
    pages: manifest.pages,
    facts: factsFileSchema.parse(JSON.parse(await run.readOutput('facts.json')))
      .facts,
    report: reportSchema.parse(JSON.parse(await run.readOutput('report.json'))),
    html: await run.readOutput('report.html'),
    markdown: await run.readOutput('report.md'),
    csv: await run.readOutput('prices.csv'),
  };
}

const priced = (facts: readonly Fact[]) =>
  facts
    .filter(({ kind }) => kind === 'price')
    .map(({ view, subject, value }) => `${view} ${subject} ${value}`);

const SWITCH = (press: string) =>
  `<!doctype html><html lang=en><title>Pricing</title><h1>Pricing</h1><div><button id=m>Monthly</button><button id=y>Yearly</button></div>
  <section><h3>Basic</h3><p><b id=a>$12</b> per month</p></section><section><h3>Team</h3><p><b id=b>$29</b> per month</p></section>
  <script>const set = y => { a.textContent = y ? '$10' : '$12'; b.textContent = y ? '$24' : '$29' };
  m.onclick = () => set(false); y.onclick = () => { ${press} }</script>`;

describe('a page with a switch, through all steps', () => {
  let done: Done;
  beforeAll(async () => {
    done = await wholeRun({ '/': SWITCH('set(true)') });
  });

  it('is stored as two views, each with files of its own, and the first with those of the page', async () => {
    const [page] = done.pages;
    expect(page.views?.map(({ id, state }) => [id, state])).toEqual([
      ['page', 'Monthly'],
      ['state-1', 'Yearly'],
    ]);
    const [loaded, yearly] = page.views!;
    expect(loaded.textKey).toBe(page.textKey);
    expect(await ground.s3.text(yearly.textKey)).toContain('$24');
    expect(await ground.s3.text(loaded.textKey)).not.toContain('$24');
    expect(yearly.shots.map(({ kind }) => kind)).toEqual(['desktop']);
    expect(page.collector).toEqual(COLLECTOR);
  });

  it('has the prices of both sides as facts, each proven by its own view', () => {
    expect(priced(done.facts)).toEqual([
      'page Basic 12',
      'page Team 29',
      'state-1 Basic 10',
      'state-1 Team 24',
    ]);
    expect(done.report.facts).toEqual(done.facts);
    const [page] = done.pages;
    for (const fact of done.facts)
      expect(page.views?.find(({ id }) => id === fact.view)?.textSha256).toBe(
        fact.sourceSha256,
      );
  });

  it('says in every form of the report what has to be chosen', () => {
    for (const text of [done.html, done.markdown])
      expect(text).toContain('with “Yearly” chosen');
    expect(done.csv).toMatch(/Basic,10,.*Yearly/);
    expect(done.report.degraded).toEqual([]);
  });
});

it('a page whose switch hangs it is observed as it was loaded, and that is said', async () => {
  const { pages, facts, report } = await wholeRun(
    { '/': SWITCH('for (;;) {}') },
    { PAGE_TIMEOUT_MS: '8000' },
  );
  expect(pages[0].reason).toBeUndefined();
  expect(priced(facts)).toEqual(['page Basic 12', 'page Team 29']);
  expect(report.degraded.join()).toMatch(/“Yearly” chosen was not read/);
});

it('a page without a price says where its prices stand', async () => {
  const { pages, report, html } = await wholeRun({
    '/': '<!doctype html><html lang=en><title>Acme</title><h1>Acme</h1><p>We plan your week.</p><nav><a href="/pricing">Pricing</a></nav>',
  });
  expect(pages[0].pricingLink).toMatch(/\/pricing$/);
  expect(report.degraded.join()).toMatch(
    /shows no price; its prices stand at .*\/pricing, which this run did not visit/,
  );
  expect(html).toContain('shows no price');
});

describe('a page without a price, with follow: pricing', () => {
  const HOME = (href: string) =>
    `<!doctype html><html lang=en><title>Acme</title><h1>Acme</h1><p>We plan your week.</p><nav><a href="${href}">Pricing</a></nav>`;
  const PRICING = `<!doctype html><html lang=en><title>Pricing</title><h1>Pricing</h1><nav><a href="/pricing">Pricing</a></nav>
    <section><h3>Basic</h3><p><b>$12</b> per month</p></section><section><h3>Team</h3><p><b>$29</b> per month</p></section>`;
  /** A host of the same site, at the page's own port. */
  const SHOP = `${HOME(
    '/nowhere',
  )}<script>document.querySelector('a').href = 'http://shop.' + location.host + '/pricing'</script>`;
  const FOLLOW = { FOLLOW: 'pricing' };

  it('leads to its pricing page, which is visited once, and named as followed', async () => {
    const { pages, facts, report, markdown, html, hits } = await wholeRun(
      { '/': HOME('/pricing'), '/pricing': PRICING },
      FOLLOW,
    );
    expect(pages.map(({ url }) => new URL(url).pathname)).toEqual([
      '/',
      '/pricing',
    ]);
    expect(pages[1].followedFrom).toBe(pages[0].url);
    expect(pages[0].followedFrom).toBeUndefined();
    expect(priced(facts)).toEqual(['page Basic 12', 'page Team 29']);
    const prices = facts.filter(({ kind }) => kind === 'price');
    expect(prices.every(({ url }) => url === pages[1].url)).toBe(true);
    expect(hits.filter(hit => hit === 'GET /pricing')).toHaveLength(1);
    expect(report.degraded.join()).not.toMatch(/prices stand/);
    for (const text of [markdown, html])
      expect(text).toContain('followed from');
  });

  it('but not where it shows a price itself', async () => {
    const { pages, hits } = await wholeRun(
      {
        '/': PRICING.replace('href="/pricing"', 'href="/plans"'),
        '/plans': PRICING,
      },
      FOLLOW,
    );
    expect(pages).toHaveLength(1);
    expect(pages[0].pricingLink).toMatch(/plans$/);
    expect(hits).not.toContain('GET /plans');
  });

  it('and robots.txt holds for what is followed', async () => {
    const { pages, report, hits } = await wholeRun(
      {
        '/': HOME('/pricing'),
        '/pricing': PRICING,
        '/robots.txt': 'User-agent: *\nDisallow: /pricing',
      },
      FOLLOW,
    );
    expect(pages[1]).toMatchObject({
      reason: 'ROBOTS_DISALLOWED',
      followedFrom: pages[0].url,
    });
    expect(hits).not.toContain('GET /pricing');
    expect(report.notObserved).toHaveLength(1);
    expect(report.degraded.join()).not.toMatch(/did not visit/);
  });

  it.each([
    ['denied', { allow: ['*'], deny: ['shop.acme.localhost'] }],
    ['not among those allowed', { allow: ['acme.localhost'], deny: [] }],
  ])('and a host that is %s stays so', async (_kind, rules) => {
    const { pages, facts, hits } = await wholeRun(
      { '/': SHOP, '/pricing': PRICING },
      { ...FOLLOW, EGRESS_RULES: JSON.stringify(rules) },
      'acme.localhost',
      ['shop.acme.localhost'],
    );
    expect(hits.filter(hit => /robots|pricing/.test(hit))).toHaveLength(1);
    expect(pages[1]).toMatchObject({
      url: expect.stringMatching(
        /^http:\/\/shop\.acme\.localhost:\d+\/pricing$/,
      ),
      reason: 'POLICY_DENIED',
    });
    expect(priced(facts)).toEqual([]);
  });

  it('and a private address is open to who names it as a target, not to a page', async () => {
    const { pages, hits } = await wholeRun(
      { '/': SHOP, '/pricing': PRICING },
      FOLLOW,
      'acme.localhost',
      ['shop.acme.localhost'],
    );
    expect(pages[1].reason).toBe('EGRESS_BLOCKED');
    expect(hits).not.toContain('GET /pricing');
  });
});
