import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cutPair,
  factsFileSchema,
  isShown,
  reportSchema,
  runSummarySchema,
  spotOf,
  viewsOf,
  type Change,
  type Fact,
  type Report,
} from '@agentworkloads/api';
import { compareRuns, type ObservedRun } from '../src/compare/compare-runs';
import { domStep } from '../src/steps/dom/step';
import { scrapeStep } from '../src/steps/scrape/step';
import { synthesisStep } from '../src/steps/synthesis/step';
import { findMistakes } from '@agentworkloads/facts/testing';
import {
  readGroundTruth,
  startDemoSite,
  type ExpectedPage,
  type GroundTruth,
} from './support/demo-site';
import { startEgress } from './support/egress';
import {
  anyStep,
  startGround,
  startRun,
  type Ground,
  type TestRun,
} from './support/harness';

interface Done {
  run: TestRun;
  facts: Fact[];
  report: Report;
  markdown: string;
  html: string;
  summary: string;
}

let ground: Ground;
let truth: GroundTruth;
const done: Record<string, Done> = {};

const noShots = (uid: string) =>
  JSON.stringify({
    schemaVersion: 1,
    workflowUid: uid,
    pages: [],
    degraded: [],
  });

async function scrapeVersion(version: string): Promise<Done> {
  const site = await startDemoSite(version);
  const egress = await startEgress({
    allow: [`*.localhost:${site.port}`],
    resolve: [`*.localhost:${site.port}=127.0.0.1:${site.port}`],
  });
  const urls = Object.entries(truth[version]).flatMap(([company, pages]) =>
    Object.keys(pages).map(path => site.url(company, path)),
  );
  const run = await startRun(ground, {
    urls: [...urls, site.url('tidepool', '/missing')],
    egressUrl: egress.url,
  });
  try {
    await run.run(anyStep(scrapeStep));
    await run.giveInput('manifest', await run.readOutput('manifest.json'));
    await run.run(anyStep(domStep));
    await run.giveInput('facts', await run.readOutput('facts.json'));
    await run.giveInput('shots', noShots(run.uid));
    await run.approve();
    await run.run(anyStep(synthesisStep));
  } finally {
    await site.close();
    await egress.close();
  }
  return {
    run,
    facts: factsFileSchema.parse(JSON.parse(await run.readOutput('facts.json')))
      .facts,
    report: reportSchema.parse(JSON.parse(await run.readOutput('report.json'))),
    markdown: await run.readOutput('report.md'),
    html: await run.readOutput('report.html'),
    summary: await run.readOutput('summary.json'),
  };
}

function toPricingPage({ plans }: ExpectedPage) {
  return {
    plans: Object.fromEntries(
      plans.map(({ name, prices }) => [
        name,
        prices.length === 0
          ? ('contact' as const)
          : prices.map(price =>
              [
                price.amount,
                price.currency ?? '-',
                price.period ?? '-',
                price.per ?? '',
              ]
                .join(' ')
                .trim(),
            ),
      ]),
    ),
    decoys: [1, 2, 3, 4, 29, 40000].filter(
      decoy =>
        !plans.some(plan => plan.prices.some(price => price.amount === decoy)),
    ),
  };
}

function factsOfPage(version: string, company: string, path: string): Fact[] {
  return done[version].facts.filter(fact => {
    const url = new URL(fact.url);
    return url.hostname.startsWith(company) && url.pathname === path;
  });
}

beforeAll(async () => {
  ground = await startGround();
  truth = await readGroundTruth();
  for (const version of Object.keys(truth))
    done[version] = await scrapeVersion(version);
});

afterAll(async () => {
  for (const { run } of Object.values(done)) await run.close();
  await ground?.close();
});

describe.each(['1', '2', '3', '4'])('the demo site, version %s', version => {
  it('has every plan and price right and no decoy', () => {
    for (const [company, pages] of Object.entries(truth[version]))
      for (const [path, expected] of Object.entries(pages)) {
        const facts = factsOfPage(version, company, path).filter(
          fact => !fact.view?.startsWith('state-'),
        );
        const mistakes = findMistakes(toPricingPage(expected), facts);
        expect([company, path, ...mistakes]).toEqual([company, path]);
      }
  });

  it('has the prices of the other sides of switches right, under their labels', () => {
    for (const [company, pages] of Object.entries(truth[version]))
      for (const [path, { states = {} }] of Object.entries(pages)) {
        const found = factsOfPage(version, company, path)
          .filter(({ view }) => view?.startsWith('state-'))
          .filter(({ kind }) => kind === 'price')
          .map(({ state, subject, value, unit }) =>
            [state, subject, value, unit?.currency, unit?.period].join(' '),
          );
        const expected = Object.entries(states).flatMap(([label, plans]) =>
          plans.flatMap(({ name, prices }) =>
            prices.map(({ amount, currency, period }) =>
              [label, name, amount, currency, period].join(' '),
            ),
          ),
        );
        const { notes = [] } = done[version].report.pages.find(
          ({ url }) =>
            new URL(url).hostname.startsWith(company) &&
            new URL(url).pathname === path,
        )!;
        expect([company, path, ...found, ...notes]).toEqual([
          company,
          path,
          ...expected,
        ]);
      }
  });

  it('has both ends of ranges, and the prices of a frame of another host as those of its page', () => {
    const ends = factsOfPage(version, 'metricly', '/services')
      .filter(({ kind }) => kind === 'price')
      .map(({ subject, value, unit }) => [subject, value, unit?.upTo]);
    const expected = truth[version].metricly['/services'].plans.flatMap(
      ({ name, prices }) =>
        prices.map(({ amount, upTo }) => [name, amount, upTo]),
    );
    expect(ends).toEqual(expected);
    const frames = factsOfPage(version, 'metricly', '/partners')
      .filter(({ kind }) => kind === 'price')
      .map(({ view }) => view);
    expect(frames).toEqual(['frame-1', 'frame-1']);
  });

  it('has refused the consent layer of a page before reading it, and says so', () => {
    const { report, html } = done[version];
    const asked = report.pages.filter(({ consent }) => consent);
    expect(
      asked.map(({ url, consent }) => [new URL(url).pathname, consent]),
    ).toEqual([['/agencies', { layer: 'unknown', answer: 'reject' }]]);
    expect(html).toContain('consent layer was answered with “reject”');
  });

  it('proves every fact of the report by the stored page', async () => {
    const { report } = done[version];
    expect(report.facts.length).toBeGreaterThan(40);
    const stored = new Map<string, string>();
    for (const view of report.pages.flatMap(viewsOf))
      for (const key of [view.textKey, view.htmlKey]) {
        const text = await ground.s3.text(key);
        stored.set(createHash('sha256').update(text).digest('hex'), text);
      }
    for (const fact of report.facts)
      expect(stored.get(fact.sourceSha256)?.slice(fact.start, fact.end)).toBe(
        fact.quote,
      );
  });

  it('says which page was not observed and why', () => {
    const { report, html, markdown, summary } = done[version];
    expect(report.notObserved).toMatchObject([{ reason: 'HTTP_ERROR' }]);
    expect(html).toContain('Not observed');
    expect(markdown).toContain('## Not observed');
    expect(runSummarySchema.parse(JSON.parse(summary))).toMatchObject({
      notObservedTotal: 1,
      degraded: false,
    });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(4096);
  });

  it('writes the same bytes when the pod is lost after the graph', async () => {
    const { run, html, markdown } = done[version];
    const before = await run.readOutput('report.json');
    await run.run(anyStep(domStep));
    await run.run(anyStep(synthesisStep));
    expect(await run.readOutput('report.json')).toBe(before);
    expect(await run.readOutput('report.html')).toBe(html);
    expect(await run.readOutput('report.md')).toBe(markdown);
  });
});

describe.each([
  [
    '1',
    '2',
    [
      'added plan Galleon:  -> Galleon',
      'added plan Scale:  -> Scale',
      'added plan Solo:  -> Solo',
      'changed plan Business: Team -> Business',
      'changed plan Pro: Scale -> Pro',
      'changed plan Skiff: Dinghy -> Skiff',
      // With “Annual” chosen, then as the page is loaded.
      'changed price Business: 20 -> 24',
      'changed price Business: 24 -> 29',
      'changed price Growth: 49 -> 59',
      'changed price Sloop: 12.5 -> 13.9',
    ],
  ],
  [
    '2',
    '3',
    [
      'changed price Frigate: 64 -> 59',
      'changed price Harbor Desk: 7.5 -> 8',
      'changed price Solo: 19 -> 15',
      'changed price Starter: 10 -> 12',
      'changed price Starter: 12 -> 15',
    ],
  ],
  [
    '3',
    '4',
    [
      'changed price Business: 24 -> 27',
      'changed price Business: 29 -> 32',
      'changed price Pro: 499 -> 549',
      'changed price Skiff: 4.9 -> 5.4',
      'changed price Studio: 15 -> 18',
      'changed price Studio: 150 -> 180',
      'removed plan Galleon: Galleon -> ',
      'removed plan Scale: Scale -> ',
    ],
  ],
])('from version %s to %s', (from, to, expected) => {
  const strip = (text: string) => text.replace(/localhost:\d+/g, 'localhost');
  const observed = ({ facts, report }: Done): ObservedRun => ({
    workflowUid: report.workflowUid,
    pages: report.pages.map(page => ({
      record: {
        ...page,
        url: strip(page.url),
        finalUrl: strip(page.finalUrl ?? page.url),
      },
      facts: facts
        .filter(({ url }) => url === page.url)
        .map(fact => ({ ...fact, url: strip(fact.url) })),
    })),
  });
  const told = ({ changes }: { changes: readonly Change[] }) =>
    changes
      .filter(change => ['plan', 'price'].includes(change.factKind))
      .filter(change => !change.url.includes('/de/'))
      .map(
        ({ kind, factKind, subject, before = '', after = '' }) =>
          `${kind} ${factKind} ${subject}: ${before} -> ${after}`,
      )
      .sort();

  const before = () => observed(done[from]);
  const after = () => observed(done[to]);
  const compared = () => compareRuns(before(), after());

  it('what changed is seen, and nothing else of plans and prices', () => {
    expect(told(compared())).toEqual(expected);
  });

  it('each of them is wholly in the pictures of before and after', () => {
    const pages = (run: ObservedRun) => ({
      pages: run.pages.map(({ record }) => record),
    });
    const shown = compared().changes.filter(isShown);
    const torn = shown.flatMap(change => {
      const { was, is } = change;
      const pair = cutPair({
        ...(was && { before: spotOf(was, pages(before())) }),
        ...(is && { after: spotOf(is, pages(after())) }),
      });
      return Object.entries(pair)
        .filter(([, cut]) => 'missing' in cut || !cut.whole)
        .map(([side, cut]) => [change.subject, side, cut]);
    });
    expect(shown.length).toBeGreaterThanOrEqual(expected.length);
    expect(torn).toEqual([]);
  });
});
