import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { prices, series, shop, teamOf } from '../../test/runs-over-weeks';

describe('a change that both looks agree on, on a page whose looks disagree on something else', () => {
  it('is told once', () => {
    const runs = series([20, 22, 22, 22].map(shop), { partly: [1, 2] });
    expect(runs.map(run => prices(run).length)).toEqual([0, 1, 0, 0]);
    expect(teamOf(runs[3])?.values.map(({ value }) => value)).toEqual([20, 22]);
  });

  it('is no part of what a later step adds up to twice', () => {
    const runs = series([20, 22, 22, 23].map(shop), { partly: [1, 2] });
    expect(prices(runs[3])[0]).toMatchObject({ before: 22, after: 23 });
    expect(prices(runs[3])[0].since).toBeUndefined();
  });

  it('is told with what small steps add up to', () => {
    const runs = series([20, 21, 22.5].map(shop), { partly: [2] });
    expect(prices(runs[2])[0]).toMatchObject({ since: { percent: 12.5 } });
  });
});

describe('a price that an older extractor read wrong', () => {
  const misread = (facts: readonly Fact[]) =>
    facts.map(fact =>
      fact.subject === 'Team' && fact.kind === 'price'
        ? { ...fact, value: 24 }
        : fact,
    );
  const reread = (week: number, facts: readonly Fact[]) =>
    week === 0 ? misread(facts) : facts;

  it('is no change once it is read right', () => {
    const runs = series([29, 24, 24].map(shop), { reread });
    expect(runs.flatMap(prices)).toEqual([]);
    expect(teamOf(runs[2])?.values.map(({ value }) => value)).toEqual([24]);
  });

  it('is told from what it was when it changes in the same week', () => {
    const runs = series([29, 30, 30].map(shop), { reread });
    expect(runs.map(run => prices(run).length)).toEqual([0, 1, 0]);
    expect(prices(runs[1])[0]).toMatchObject({ before: 24, after: 30 });
    expect(prices(runs[1])[0].since).toBeUndefined();
  });
});

describe('a price that was free', () => {
  it('is told as what its steps add up to from its first amount on', () => {
    const runs = series([0, 20, 21, 22.1].map(shop));
    expect(prices(runs[3])[0]).toMatchObject({
      since: { percent: 10.5, was: { value: 20 } },
    });
  });
});
