import { describe, expect, it } from '@jest/globals';
import { HISTORY_LIMITS, type Fact } from '@agentworkloads/api';
import fc from 'fast-check';
import { STARTER } from '../../test/observed-runs';
import {
  plan,
  prices,
  series,
  shop,
  teamOf,
  type Run,
} from '../../test/runs-over-weeks';

const heldAgainst = ({ history }: Run) => history[0].lastObserved?.workflowUid;
const told = ({ changes }: Run) =>
  changes.map(
    ({ kind, factKind, subject }) => `${kind} ${factKind} ${subject}`,
  );

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

describe('a run whose looks at a page disagree', () => {
  const business = (price: number) => [STARTER, plan(price, 'Business')];

  it('is not what the next one is held against, so what it could not tell is told then', () => {
    const runs = series([shop(20), business(20), business(20), business(20)], {
      unsettled: [1],
      disputed: () => true,
    });
    expect(runs.map(heldAgainst)).toEqual(['run-0', 'run-0', 'run-2', 'run-3']);
    expect(runs.map(run => told(run).length)).toEqual([0, 0, 1, 0]);
    expect(runs[2].changes[0]).toMatchObject({
      kind: 'changed',
      aspect: 'name',
      was: { workflowUid: 'run-0' },
    });
  });

  it('tells that a plan is gone as soon as that is sure', () => {
    const without = [STARTER, plan(29, 'Pro')];
    const runs = series(
      [[...without, plan(20)], [...without, plan(20)], without, without],
      { unsettled: [1] },
    );
    expect(runs.map(told)).toEqual([[], [], ['removed plan Team'], []]);
  });

  it('tells what both looks agree on, and the next ones not again', () => {
    const more = [STARTER, plan(22), plan(29, 'Pro')];
    const runs = series([shop(20), more, more, more, more], {
      unsettled: [1, 2],
    });
    expect(runs.map(run => told(run).sort())).toEqual([
      [],
      ['added plan Pro', 'changed price Team'],
      [],
      [],
      [],
    ]);
    expect(runs.map(heldAgainst)).toEqual([
      'run-0',
      'run-0',
      'run-0',
      'run-3',
      'run-4',
    ]);
    expect(runs[3].history[0].told).toBeUndefined();
  });

  it('tells a price that goes back to what it was', () => {
    const runs = series([20, 22, 20, 20].map(shop), { unsettled: [1] });
    expect(runs.map(run => prices(run).map(({ after }) => after))).toEqual([
      [],
      [22],
      [20],
      [],
    ]);
  });

  it('is passed over three times in a row, and is the page then', () => {
    const weeks = Array.from({ length: 7 }, (_, week) => week);
    const runs = series(
      weeks.map(() => shop(20)),
      { unsettled: weeks.slice(1) },
    );
    expect(HISTORY_LIMITS.passedOver).toBe(3);
    expect(runs.map(heldAgainst)).toEqual([
      'run-0',
      'run-0',
      'run-0',
      'run-0',
      'run-4',
      'run-4',
      'run-4',
    ]);
  });
});

describe('a page that another one stands in for', () => {
  const wall = `<main><h1>We will be back soon</h1><p>${'Our engineers are working on it. '.repeat(
    4,
  )}</p></main>`;

  it('is held against what it was before, when it is back', () => {
    const runs = series([shop(20), wall, wall, shop(22), shop(22)]);
    expect(runs[1].notCompared).toMatchObject([{ reason: 'DOUBTFUL_NOW' }]);
    expect(runs.map(told)).toEqual([[], [], [], ['changed price Team'], []]);
    expect(heldAgainst(runs[2])).toBe('run-0');
    expect(runs[3].history[0].passedOver).toBeUndefined();
  });

  it('is that one after three times in a row', () => {
    const runs = series([shop(20), wall, wall, wall, wall, wall]);
    expect(runs.slice(3).map(heldAgainst)).toEqual(['run-0', 'run-4', 'run-5']);
  });
});

describe('whatever prices do while looks agree and disagree', () => {
  const week = fc.record({
    amount: fc.constantFrom(20, 21, 22, 24, 30),
    looks: fc.constantFrom('one', 'one', 'agree', 'disagree'),
    missing: fc.nat(9).map(one => one < 1),
  });
  const past = fc.array(week, { minLength: 3, maxLength: 10 });

  it('a value is told once, at the latest in the next run that is sure', () => {
    fc.assert(
      fc.property(past, weeks => {
        const all = weeks.map((_, index) => index);
        const runs = series(
          weeks.map(({ amount, missing }) =>
            missing ? undefined : shop(amount),
          ),
          {
            unsettled: all.filter(index => weeks[index].looks !== 'one'),
            disputed: ({ is }) =>
              all.some(
                index =>
                  weeks[index].looks === 'disagree' &&
                  is?.workflowUid === `run-${index}`,
              ),
          },
        );
        let known: number | undefined;
        for (const [index, run] of runs.entries()) {
          const { amount, looks, missing } = weeks[index];
          const afters = prices(run).map(({ after }) => after);
          if (missing) expect(afters).toEqual([]);
          else if (known === undefined) known = amount;
          else if (looks === 'one')
            expect(afters).toEqual(known === amount ? [] : [amount]);
          else if (looks === 'disagree' || known === amount)
            expect(afters).toEqual([]);
          else expect([[], [amount]]).toContainEqual(afters);
          if (afters.length > 0 || (!missing && looks === 'one'))
            known = amount;
        }
      }),
      { numRuns: 80, seed: 13 },
    );
  }, 60_000);
});
