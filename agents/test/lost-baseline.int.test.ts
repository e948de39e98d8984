import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Baseline } from '@agentworkloads/api';
import { sha256Hex } from '../src/artifacts/minio-store';
import { told } from './observed-runs';
import {
  changesOf,
  CHANGE,
  completed,
  createRuns,
  FIRST,
  OTHER,
  readFacts,
  reportOf,
  SECOND,
  summaryOf,
  textKeyOf,
} from './support/saved-run';

const runs = createRuns();
const { baselineOf, compared, put, remove, started } = runs;
beforeAll(runs.open);
afterAll(runs.close);

describe('a baseline that is no longer as it was', () => {
  const manifestOf = (baseline: Baseline) => baseline.artifacts.manifest;
  const elsewhere =
    (change: Partial<Baseline['artifacts']['manifest']>) =>
    (baseline: Baseline): Baseline => ({
      ...baseline,
      artifacts: {
        ...baseline.artifacts,
        manifest: { ...baseline.artifacts.manifest, ...change },
      },
    });

  it.each<[string, string, (of: Baseline) => Promise<Baseline> | Baseline]>([
    [
      'is gone',
      'BASELINE_GONE',
      async baseline => {
        await remove(manifestOf(baseline).key);
        return baseline;
      },
    ],
    [
      'was altered',
      'BASELINE_CHANGED',
      async baseline => {
        const { key } = manifestOf(baseline);
        await put(key, `${await runs.ground().s3.text(key)} `);
        return baseline;
      },
    ],
    [
      'is no list of pages',
      'BASELINE_CHANGED',
      async baseline => {
        await put(manifestOf(baseline).key, '{}');
        return elsewhere({ sha256: sha256Hex('{}') })(baseline);
      },
    ],
    [
      'is in another bucket',
      'BASELINE_GONE',
      elsewhere({ bucket: 'another-bucket' }),
    ],
    [
      'is not among the objects of runs',
      'BASELINE_GONE',
      async baseline => {
        const { key } = manifestOf(baseline);
        await put('elsewhere/manifest.json', await runs.ground().s3.text(key));
        return elsewhere({ key: 'elsewhere/manifest.json' })(baseline);
      },
    ],
  ])('and %s is not compared with: %s', async (_what, reason, change) => {
    const baseline = await change(await baselineOf(FIRST));
    const run = await compared(SECOND, baseline);
    const { comparedWith, changes } = await changesOf(run);
    expect(comparedWith).toMatchObject({ baseline, reason });
    expect(comparedWith.detail).toMatch(/weekly-1/);
    expect(changes).toEqual([]);
    const summary = await summaryOf(run);
    expect(summary.notComparedReason).toBe(reason);
    expect(summary).not.toHaveProperty('changes');
    const { markdown, html } = await reportOf(run);
    for (const text of [markdown, html]) {
      expect(text).toContain('Not compared: ');
      expect(text).not.toContain('Nothing changed');
    }
  });

  it.each<[string, (key: string) => Promise<unknown>]>([
    ['gone', remove],
    ['altered', key => put(key, 'Team\n$1 per user per month')],
  ])('in one page, whose text is %s, compares the others', async (_w, harm) => {
    const baseline = await baselineOf(FIRST);
    await harm(textKeyOf(baseline, OTHER));
    const run = await compared(SECOND, baseline);
    const file = await changesOf(run);
    expect(told(file.changes)).toEqual([CHANGE]);
    expect(file.notCompared).toMatchObject([
      { url: OTHER, reason: 'NO_LONGER_SAVED', scope: 'page' },
    ]);
    expect((await summaryOf(run)).compared).toMatchObject({
      price: 1,
      notCompared: 1,
    });
  });

  it('in a list that names a file of no run is not followed there', async () => {
    const first = await compared(FIRST);
    const named = JSON.parse(await first.readInput('manifest')) as {
      pages: { textKey: string }[];
    };
    await put(
      'secrets/page.txt',
      await runs.ground().s3.text(named.pages[1].textKey),
    );
    named.pages[1].textKey = 'secrets/page.txt';
    await first.giveInput('manifest', JSON.stringify(named));
    const run = await compared(SECOND, await completed(runs.ground(), first));
    expect((await changesOf(run)).notCompared).toMatchObject([
      { url: OTHER, reason: 'NO_LONGER_SAVED' },
    ]);
  });

  it('is tried again where object storage is away', async () => {
    const run = await started(SECOND, await baselineOf(FIRST));
    await runs.ground().s3.stop();
    try {
      await expect(readFacts(run)).rejects.toMatchObject({
        name: 'RetryableError',
      });
    } finally {
      await runs.ground().s3.start();
    }
    await readFacts(run);
    expect(told((await changesOf(run)).changes)).toEqual([CHANGE]);
  });
});

describe('a run that was named and can not be compared with', () => {
  it('ends, says why, and compares nothing', async () => {
    const unfit =
      'spec.baselineRef names march, and there is no such run here.';
    const run = await runs.started(FIRST, { name: 'march', unfit });
    await readFacts(run);
    const { comparedWith, changes } = await changesOf(run);
    expect(comparedWith).toEqual({ reason: 'BASELINE_UNFIT', detail: unfit });
    expect(changes).toEqual([]);
    const summary = await summaryOf(run);
    expect(summary.notComparedReason).toBe('BASELINE_UNFIT');
    expect(summary.compared).toBeUndefined();
    const { markdown, html } = await reportOf(run);
    for (const text of [markdown, html]) expect(text).toContain(unfit);
  });
});
