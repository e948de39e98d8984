import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  factsFileSchema,
  reportSchema,
  type Fact,
  type PageRecord,
  type Report,
} from '@agentic/api';
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
  pages: PageRecord[];
  facts: Fact[];
  report: Report;
  html: string;
  markdown: string;
  csv: string;
}

/** scrape, dom and synthesis over one page of a site. */
async function wholeRun(
  pages: Record<string, string | Handler>,
  env: Record<string, string> = {},
): Promise<Done> {
  const site = await startSite({ '/robots.txt': '', ...pages });
  const egress = await startEgress({ allow: [`127.0.0.1:${site.port}`] });
  const run = await startRun(ground, {
    urls: [`${site.origin}/`],
    egressUrl: egress.url,
    env: { PAGE_SETTLE_MS: '3000', PAGE_TIMEOUT_MS: '15000', ...env },
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
