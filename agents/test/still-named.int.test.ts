import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PRICING, pricingHtml, STARTER, TEAM, told } from './observed-runs';
import { changesOf, createRuns, FIRST, SECOND } from './support/saved-run';

/** Plans whose price nobody can read any more. */

const runs = createRuns();
beforeAll(runs.open);
afterAll(runs.close);

const without = (below: string) => ({
  ...SECOND,
  [PRICING]: pricingHtml([STARTER, TEAM], { below }),
});

it('a plan whose name still stands on the page is not said to be gone', async () => {
  const run = await runs.compared(
    without('<div><h3>Enterprise</h3><p>Ask around</p></div>'),
    await runs.baselineOf(FIRST),
  );
  const { changes, notCompared } = await changesOf(run);
  expect(told(changes).filter(each => each.startsWith('removed plan'))).toEqual(
    [],
  );
  expect(notCompared).toEqual([
    expect.objectContaining({
      url: PRICING,
      reason: 'OTHER_LAYOUT',
      scope: 'part',
      detail: expect.stringContaining('Enterprise is still named'),
    }),
  ]);
});

it('a plan that is only spoken of is gone', async () => {
  const run = await runs.compared(
    without('<p>Enterprise customers are asked to call.</p>'),
    await runs.baselineOf(FIRST),
  );
  const { changes, notCompared } = await changesOf(run);
  expect(told(changes)).toContain('removed plan, Enterprise: Enterprise');
  expect(notCompared).toEqual([]);
});
