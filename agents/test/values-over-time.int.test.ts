import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  factsFileSchema,
  manifestSchema,
  type Baseline,
  type FactsFile,
} from '@agentworkloads/api';
import {
  but,
  ENTERPRISE,
  PRICING,
  pricingHtml,
  STARTER,
  TEAM,
} from './observed-runs';
import { sha256Hex } from '../src/artifacts/minio-store';
import type { TestRun } from './support/harness';
import {
  changesOf,
  completed,
  createRuns,
  OTHER,
  readFacts,
  reportOf,
  summaryOf,
  textKeyOf,
} from './support/saved-run';

/** What travels from run to run in the artifact facts, through dom and synthesis, on saved pages. */

const runs = createRuns();
beforeAll(runs.open);
afterAll(runs.close);

const day = (index: number) =>
  new Date(Date.UTC(2026, 8, 6, 8) + index * 24 * 3600 * 1000).toISOString();
const at = (price: string) =>
  pricingHtml([
    STARTER,
    but(TEAM, { price: `${price} per user per month` }),
    ENTERPRISE,
  ]);
const NOT_FOUND = '<main><h1>Page not found</h1><p>404</p></main>';

const factsOf = async (run: TestRun): Promise<FactsFile> =>
  factsFileSchema.parse(JSON.parse(await run.readOutput('facts.json')));
const pageIn = async (run: TestRun, url = PRICING) =>
  (await factsOf(run)).history?.find(page => page.url === url);
const teamIn = async (run: TestRun) => {
  const page = await pageIn(run);
  const series = page?.prices.find(({ subject }) => subject === 'Team');
  return series?.values.map(({ value }) => value);
};

/** One run after the other, each completed: weekly, if nothing else is said. */
async function weekly(bodies: readonly (string | undefined)[]) {
  let baseline: Baseline | undefined;
  let run: TestRun | undefined;
  for (const [week, body] of bodies.entries()) {
    const pages = { [PRICING]: body, [OTHER]: pricingHtml() };
    run = await runs.compared(pages, baseline, day(week * 7));
    baseline = await completed(runs.ground(), run);
  }
  if (!run || !baseline) throw new Error('no run');
  return { run, baseline };
}

describe('a page that one run did not see', () => {
  it.each([
    ['at all', undefined],
    ['but for a page that says that it was not found', NOT_FOUND],
  ])(
    '%s loses nothing: the run after it has the change, with the day',
    async (_what, missed) => {
      const { run } = await weekly([at('$29'), missed, at('$39')]);
      const { changes, comparedWith, notCompared } = await changesOf(run);
      expect(notCompared).toEqual([]);
      expect(changes).toMatchObject([
        {
          kind: 'changed',
          factKind: 'price',
          before: 29,
          after: 39,
          was: { at: day(0) },
          is: { at: day(14) },
        },
      ]);
      expect(changes[0].was?.workflowUid).not.toBe(
        comparedWith.baseline?.workflowUid,
      );
      expect(comparedWith.lastObserved).toEqual([
        {
          url: PRICING,
          workflowUid: changes[0].was?.workflowUid,
          at: day(0),
        },
      ]);
      const { report, markdown, html } = await reportOf(run);
      expect(report.changes).toHaveLength(1);
      expect(report.degraded).toEqual([]);
      for (const text of [markdown, html]) expect(text).toContain('2026-09-06');
      // The picture of before is of the day that the change is held against.
      expect(html).toContain('<figcaption>Before, 2026-09-06</figcaption>');
      expect(html.match(/<div class="cut"/g)).toHaveLength(2);
    },
  );

  it('keeps what is known of its prices over any number of weeks', async () => {
    const { run } = await weekly([at('$29'), undefined, undefined, at('$29')]);
    expect(await changesOf(run)).toMatchObject({
      changes: [],
      notCompared: [],
    });
    expect(await teamIn(run)).toEqual([29]);
    expect((await pageIn(run))?.lastObserved).toMatchObject({
      workflowUid: run.uid,
      at: day(21),
    });
  });

  it('is not compared where the older run’s files are gone, and what is known goes on', async () => {
    const first = await runs.compared(
      { [PRICING]: at('$29') },
      undefined,
      day(0),
    );
    const one = await completed(runs.ground(), first);
    const second = await runs.compared({ [PRICING]: undefined }, one, day(7));
    const two = await completed(runs.ground(), second);
    const { lastObserved } = (await pageIn(second))!;
    expect(lastObserved).toMatchObject({ workflowUid: first.uid, at: day(0) });
    await runs.remove(lastObserved!.key);
    const third = await runs.compared({ [PRICING]: at('$39') }, two, day(14));
    const { changes, notCompared } = await changesOf(third);
    expect(changes).toEqual([]);
    expect(notCompared).toMatchObject([
      { url: PRICING, reason: 'NO_LONGER_SAVED', scope: 'page' },
    ]);
    // The run after it sees $39 on both sides, and that nobody was told.
    const three = await completed(runs.ground(), third);
    const fourth = await runs.compared(
      { [PRICING]: at('$39') },
      three,
      day(21),
    );
    expect((await changesOf(fourth)).changes).toMatchObject([
      { before: 29, after: 39, was: { at: day(0) }, is: { at: day(21) } },
    ]);
  });
});

describe('a page that a run was led to', () => {
  const home = { [OTHER]: pricingHtml() };
  const led = async (body: string, week: number, baseline?: Baseline) => {
    const pages = { ...home, [PRICING]: body };
    const run = await runs.started(pages, baseline, day(week * 7));
    const manifest = manifestSchema.parse(
      JSON.parse(await run.readInput('manifest')),
    );
    for (const page of manifest.pages)
      if (page.url === PRICING) page.followedFrom = OTHER;
    await run.giveInput('manifest', JSON.stringify(manifest));
    await readFacts(run);
    return run;
  };

  it('is held against the last time, though the run before was not led there', async () => {
    const first = await led(at('$29'), 0);
    const one = await completed(runs.ground(), first);
    const second = await runs.compared(home, one, day(7));
    const seen = await changesOf(second);
    expect(seen.notCompared).toMatchObject([{ reason: 'ONLY_IN_EARLIER_RUN' }]);
    const two = await completed(runs.ground(), second);
    // Nobody is told each week that it is away.
    const third = await runs.compared(home, two, day(14));
    expect((await changesOf(third)).notCompared).toEqual([]);
    const three = await completed(runs.ground(), third);
    const fourth = await led(at('$39'), 3, three);
    const { changes, notCompared } = await changesOf(fourth);
    expect(notCompared).toEqual([]);
    expect(changes).toMatchObject([
      { before: 29, after: 39, was: { workflowUid: first.uid, at: day(0) } },
    ]);
  });
});

describe('a value that both looks of an unsettled run agreed on', () => {
  /** Team's price in both looks; what Enterprise costs differs between them. */
  const look = (team: string, enterprise: string) => ({
    [PRICING]: pricingHtml([
      STARTER,
      but(TEAM, { price: `${team} per user per month` }),
      but(ENTERPRISE, { price: `${enterprise} per user per month` }),
    ]),
  });
  const pagesIn = async (run: TestRun) =>
    manifestSchema.parse(JSON.parse(await run.readInput('manifest')));
  const unsettled = async (team: string, baseline: Baseline) => {
    const run = await runs.started(look(team, '$129'), baseline, day(7));
    const other = await runs.started(look(team, '$149'), baseline, day(7));
    const manifest = await pagesIn(run);
    const { secondLook: _same, ...again } = (await pagesIn(other)).pages[0];
    manifest.pages[0].secondLook = again;
    await run.giveInput('manifest', JSON.stringify(manifest));
    await readFacts(run);
    return run;
  };

  it.each([
    ['goes on', '$24', 24],
    ['comes back', '$20', 20],
  ])(
    'is proven by what that run saved where the price %s',
    async (_how, price, after) => {
      const first = await runs.compared(look('$20', '$129'), undefined, day(0));
      const one = await completed(runs.ground(), first);
      const second = await unsettled('$22', one);
      expect(await changesOf(second)).toMatchObject({
        changes: [{ before: 20, after: 22 }],
        notCompared: [{ reason: 'UNSTABLE' }],
      });
      const two = await completed(runs.ground(), second);
      const third = await runs.compared(look(price, '$129'), two, day(14));
      expect((await changesOf(third)).changes).toMatchObject([
        { after, since: { was: { value: 22, workflowUid: second.uid } } },
      ]);
      const { report } = await reportOf(third);
      expect(report.changes).toHaveLength(1);
      expect(report.degraded).toEqual([]);
    },
  );
});

describe('a price over time', () => {
  it('that creeps is told as one change since its first day, once', async () => {
    const steps = [20, 20.4, 20.81, 21.22, 21.65, 22.08, 22.52];
    let baseline: Baseline | undefined;
    const told: unknown[] = [];
    for (const [week, price] of steps.entries()) {
      const pages = { [PRICING]: at(`$${price.toFixed(2)}`) };
      const run = await runs.compared(pages, baseline, day(week * 7));
      baseline = await completed(runs.ground(), run);
      const { changes } = await changesOf(run);
      expect(changes).toHaveLength(week === 0 ? 0 : 1);
      if (!changes[0]?.since) continue;
      told.push([week, changes[0].since.was.value, changes[0].since.percent]);
      expect(await summaryOf(run)).toMatchObject({
        changes: 1,
        compared: { price: 1 },
        largestPriceChange: 10.4,
      });
      const { report, markdown, html } = await reportOf(run);
      expect(report.changes[0].since?.was).toMatchObject({ at: day(0) });
      expect(report.degraded).toEqual([]);
      for (const text of [markdown, html])
        expect(text).toMatch(/Since 2026-09-06.*20.*22\.08.*\+10\.4 %/);
    }
    expect(told).toEqual([[5, 20, 10.4]]);
    expect(await teamIn((await weekly([at('$20'), at('$20')])).run)).toEqual([
      20,
    ]);
  });

  it('is one change to a reader, though two of its sides are gone since the gate', async () => {
    const { run: second, baseline } = await weekly([at('$20'), at('$21')]);
    const page = await pageIn(second);
    const team = page?.prices.find(({ subject }) => subject === 'Team');
    const pages = { [PRICING]: at('$22.50') };
    const run = await runs.compared(pages, baseline, day(14));
    expect((await changesOf(run)).changes).toMatchObject([
      { before: 21, after: 22.5, since: { was: { value: 20 } } },
    ]);
    const seen = team?.values.map(({ reading }) => page!.readings[reading]);
    for (const { workflowUid } of seen ?? [])
      await runs.remove(textKeyOf({ workflowUid }, PRICING));
    const { report } = await reportOf(run);
    expect(report.changes).toHaveLength(1);
    expect(report.degraded.join(' ')).toContain(
      'is gone or altered for 1 change:',
    );
  });

  it('begins anew where what was known is gone, and that is said', async () => {
    const first = await runs.compared(
      { [PRICING]: at('$29') },
      undefined,
      day(0),
    );
    const one = await completed(runs.ground(), first);
    await runs.remove(one.artifacts.facts.key);
    const run = await runs.compared({ [PRICING]: at('$39') }, one, day(7));
    const { changes, comparedWith } = await changesOf(run);
    expect(changes).toHaveLength(1);
    expect(comparedWith.detail).toContain('values over time is gone');
    expect(await summaryOf(run)).toMatchObject({
      changes: 1,
      valuesLost: true,
    });
    expect(await teamIn(run)).toEqual([39]);
    const { markdown } = await reportOf(run);
    expect(markdown).toContain('values over time is gone');
  });

  it('is not known to a run of before, which is read all the same', async () => {
    const first = await runs.compared(
      { [PRICING]: at('$29') },
      undefined,
      day(0),
    );
    const { history: _none, ...before } = await factsOf(first);
    const one = await completed(runs.ground(), first);
    const body = JSON.stringify(before);
    await runs.put(one.artifacts.facts.key, body);
    const { facts, manifest } = one.artifacts;
    const old = {
      ...one,
      artifacts: { manifest, facts: { ...facts, sha256: sha256Hex(body) } },
    };
    const run = await runs.compared({ [PRICING]: at('$39') }, old, day(7));
    const { changes, comparedWith } = await changesOf(run);
    expect(changes).toMatchObject([{ before: 29, after: 39 }]);
    expect(comparedWith.detail).toBeUndefined();
    expect(await summaryOf(run)).not.toHaveProperty('valuesLost');
  });
});
