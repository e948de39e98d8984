import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runPrefix } from '@agentworkloads/api';
import { sha256Hex } from '../src/artifacts/minio-store';
import { domStep } from '../src/steps/dom/step';
import { synthesisStep } from '../src/steps/synthesis/step';
import {
  but,
  ENTERPRISE,
  PRICING,
  pricingHtml,
  STARTER,
  TEAM,
  told,
} from './observed-runs';
import { anyStep, NAMESPACE } from './support/harness';
import {
  changesOf,
  CHANGE,
  createRuns,
  FIRST,
  OTHER,
  reportOf,
  SECOND,
  summaryOf,
  textKeyOf,
} from './support/saved-run';

/** One run after another, through dom and synthesis, on saved pages. */

const runs = createRuns();
const { baselineOf, compared, remove } = runs;
beforeAll(runs.open);
afterAll(runs.close);

describe('a run without a baseline', () => {
  it('says that it is the first, and knows no number of changes', async () => {
    const run = await compared(FIRST);
    expect(await changesOf(run)).toEqual({
      schemaVersion: 1,
      workflowUid: run.uid,
      comparedWith: { reason: 'FIRST_RUN' },
      changes: [],
      noted: [],
      notCompared: [],
    });
    const summary = await summaryOf(run);
    expect(summary.notComparedReason).toBe('FIRST_RUN');
    expect(summary).not.toHaveProperty('changes');
    const digests = JSON.parse(await run.readOutput('digests.json')) as object;
    expect(digests).toEqual({
      facts: sha256Hex(await run.readOutput('facts.json')),
      changes: sha256Hex(await run.readOutput('changes.json')),
    });
    const { report, markdown, html } = await reportOf(run);
    expect(report.comparedWith).toEqual({ reason: 'FIRST_RUN' });
    for (const text of [markdown, html]) {
      expect(text).toContain('First run: there is nothing to compare with yet');
      expect(text).not.toContain('Nothing changed');
    }
  });
});

describe('a run with a baseline', () => {
  it('that saw the same has no change', async () => {
    const baseline = await baselineOf(FIRST);
    const run = await compared(FIRST, baseline);
    expect(await changesOf(run)).toMatchObject({
      comparedWith: { baseline },
      changes: [],
      noted: [],
      notCompared: [],
    });
    expect(await summaryOf(run)).toMatchObject({
      changes: 0,
      compared: { price: 0, plan: 0, terms: 0, other: 0, notCompared: 0 },
    });
    const { report, markdown, html } = await reportOf(run);
    expect(report.changes).toEqual([]);
    expect(report.comparedWith).toEqual({ baseline });
    for (const text of [markdown, html])
      expect(text).toContain('Nothing changed since');
  });

  it('that saw another price tells exactly that, with both proofs', async () => {
    const baseline = await baselineOf(FIRST);
    const run = await compared(SECOND, baseline);
    const file = await changesOf(run);
    expect(told(file.changes)).toEqual([CHANGE]);
    expect(file.notCompared).toEqual([]);
    expect(file.changes[0]).toMatchObject({
      was: {
        workflowUid: baseline.workflowUid,
        quote: '$29 per user per month',
      },
      is: { workflowUid: run.uid, quote: '$39 per user per month' },
    });
    expect(await summaryOf(run)).toMatchObject({
      changes: 1,
      compared: { price: 1, plan: 0, terms: 0, other: 0, notCompared: 0 },
      largestPriceChange: 34.48,
    });
    const { report, markdown, html } = await reportOf(run);
    expect(report.changes).toEqual(file.changes);
    expect(report.notCompared).toEqual([]);
    for (const text of [markdown, html]) {
      const at = text.indexOf('The price of “Team” changed from');
      expect(at).toBeGreaterThan(0);
      expect(at).toBeLessThan(text.indexOf('In short'));
    }
  });

  it('that saw an unusual one has it on top of its report', async () => {
    const pages = (team: string, enterprise: string) => ({
      [PRICING]: pricingHtml([
        STARTER,
        but(TEAM, { price: `${team} per user per month` }),
        but(ENTERPRISE, { price: `${enterprise} per user per month` }),
      ]),
    });
    const baseline = await baselineOf(pages('$29', '$129'));
    const run = await compared(pages('$39', '$999'), baseline);
    const { report, markdown, html } = await reportOf(run);
    expect(told(report.changes)).toEqual([
      'changed amount price, Enterprise: 129 -> 999',
      CHANGE,
    ]);
    for (const text of [markdown, html])
      expect(text.indexOf('The price of “Enterprise” changed')).toBeLessThan(
        text.indexOf('The price of “Team” changed'),
      );
  });

  it('only reads what the earlier run saved, and keeps what it read among its own', async () => {
    const baseline = await baselineOf(FIRST);
    const { s3 } = runs.ground();
    const { workflowUid } = baseline;
    const place = { namespace: NAMESPACE, workflowUid };
    const before = await s3.keys(runPrefix(place));
    const run = await compared(SECOND, baseline);
    expect(await s3.keys(runPrefix(place))).toEqual(before);
    const own = await s3.keys(runPrefix(run.place));
    expect(own.filter(key => key.endsWith('/facts-before.json'))).toHaveLength(
      2,
    );
  });

  it('writes the same bytes in each attempt', async () => {
    const run = await compared(SECOND, await baselineOf(FIRST));
    const files = ['changes.json', 'facts.json', 'summary.json'];
    const read = () => Promise.all(files.map(file => run.readOutput(file)));
    const first = await read();
    await run.run(anyStep(domStep));
    expect(await read()).toEqual(first);
    const { report, markdown, html } = await reportOf(run);
    await run.run(anyStep(synthesisStep));
    expect(JSON.parse(await run.readOutput('report.json'))).toEqual(report);
    expect(await run.readOutput('report.md')).toBe(markdown);
    expect(await run.readOutput('report.html')).toBe(html);
  });

  it('does not hold a page against a run that did not see it', async () => {
    const baseline = await baselineOf({ ...FIRST, [OTHER]: undefined });
    const file = await changesOf(await compared(SECOND, baseline));
    expect(told(file.changes)).toEqual([CHANGE]);
    expect(file.notCompared).toMatchObject([
      { url: OTHER, reason: 'NOT_OBSERVED_BEFORE' },
    ]);
  });
});

describe('the report', () => {
  const forged = async (side: 'was' | 'is') => {
    const run = await compared(SECOND, await baselineOf(FIRST));
    const file = await changesOf(run);
    file.changes[0][side]!.quote = '$30';
    await run.giveInput('changes', JSON.stringify(file));
    return run;
  };

  it.each<['was' | 'is', string]>([
    ['is', 'DOUBTFUL_NOW'],
    ['was', 'DOUBTFUL_BEFORE'],
  ])(
    'leaves out a change whose side "%s" the saved page does not prove',
    async (side, reason) => {
      const { report, markdown } = await reportOf(await forged(side));
      expect(report.changes).toEqual([]);
      expect(report.notCompared).toMatchObject([{ url: PRICING, reason }]);
      expect(report.degraded.join(' ')).toContain('1 change was left out');
      expect(markdown).not.toContain('Nothing changed');
    },
  );

  it('keeps a change whose earlier page is gone since the gate, and says so', async () => {
    const baseline = await baselineOf(FIRST);
    const run = await compared(SECOND, baseline);
    await remove(textKeyOf(baseline, PRICING));
    const { report } = await reportOf(run);
    expect(told(report.changes)).toEqual([CHANGE]);
    expect(report.degraded.join(' ')).toContain('gone or altered for 1 change');
  });

  it('is not written where the changes were swapped after the approval', async () => {
    const run = await compared(SECOND, await baselineOf(FIRST));
    await run.approve();
    await run.giveInput('changes', `${await run.readOutput('changes.json')} `);
    await expect(run.run(anyStep(synthesisStep))).rejects.toThrow(
      'not what was approved',
    );
  });

  it('says nothing of a comparison under a template that passes none', async () => {
    const run = await compared(FIRST);
    await run.dropInput('changes');
    const { report, markdown, html } = await reportOf(run);
    expect(report).not.toHaveProperty('comparedWith');
    expect(report).not.toHaveProperty('notCompared');
    for (const text of [markdown, html])
      expect(text).not.toMatch(/First run|Nothing changed|Not compared/);
  });
});
