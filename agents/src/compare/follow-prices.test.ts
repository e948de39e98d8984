import { describe, expect, it } from '@jest/globals';
import { HISTORY_LIMITS } from '@agentworkloads/api';
import fc from 'fast-check';
import { STARTER } from '../../test/observed-runs';
import {
  plan,
  prices,
  seenAt,
  series,
  shop,
  START,
  teamOf,
  timeOf,
  type Seen,
} from '../../test/runs-over-weeks';
import { CREEP_PERCENT } from './creep';
import { followPrices } from './follow-prices';

describe('small steps', () => {
  const climb = Array.from({ length: 7 }, (_, week) => 20 * 1.02 ** week);

  it('of two percent a week are told in the sixth as what they add up to, and never again', () => {
    const runs = series(climb.map(shop));
    expect(runs.map(run => prices(run).length)).toEqual([0, 1, 1, 1, 1, 1, 1]);
    const since = runs.map(run => prices(run)[0]?.since);
    expect(since.map(Boolean)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(since[5]).toMatchObject({
      percent: 10.4,
      was: { value: 20, workflowUid: 'run-0', at: timeOf(0) },
    });
  });

  it('are held against the value of 30 days ago as well, which a jump before does not hide', () => {
    // Ten percent told each other week, and more than twenty in a month.
    const runs = series([20, 21, 22.05, 23.15, 24.31].map(shop));
    expect(runs.map(run => prices(run)[0]?.since?.percent)).toEqual([
      undefined,
      undefined,
      10.25,
      undefined,
      21.55,
    ]);
  });

  it('add up to nothing where they come back', () => {
    const runs = series([20, 20.5, 21, 20.5, 20].map(shop));
    for (const run of runs) expect(prices(run)[0]?.since).toBeUndefined();
  });

  it('begin anew with a step that is worth telling by itself', () => {
    const runs = series([20, 21, 30, 31].map(shop));
    expect(prices(runs[2])[0]).toMatchObject({
      since: { percent: 50, was: { value: 20 } },
    });
    expect(prices(runs[3])[0].since).toBeUndefined();
  });

  it('too small for two decimals are steps, and hide no creep', () => {
    const runs = series([250, 270, 270.01, 290].map(shop));
    expect(runs.map(run => prices(run)[0]?.since?.was.value)).toEqual([
      undefined,
      undefined,
      undefined,
      250,
    ]);
    expect(prices(runs[3])[0].since?.percent).toBe(16);
  });

  it('are followed through a new name of the plan', () => {
    const runs = series(
      climb.map((price, week) => [
        STARTER,
        plan(price, week < 3 ? 'Team' : 'Business'),
      ]),
    );
    expect(prices(runs[5])[0]).toMatchObject({
      subject: 'Business',
      since: { was: { value: 20 } },
    });
  });

  it('on other terms are another price', () => {
    const yearly = (price: number): Seen => [
      STARTER,
      { ...plan(price), price: `$${price} per year` },
    ];
    const runs = series([shop(20), shop(21), yearly(250), yearly(250)]);
    expect(prices(runs[2])[0].since).toBeUndefined();
    expect(teamOf(runs[3])?.values.map(({ value }) => value)).toEqual([250]);
  });
});

describe('a value that moved while nothing could be told', () => {
  it('is told once, as soon as it can be, with the day of the value before', () => {
    const runs = series([20, 20, 23, 23, 23].map(shop), { silent: [2] });
    expect(runs.map(run => prices(run).length)).toEqual([0, 0, 0, 1, 0]);
    expect(prices(runs[3])[0]).toMatchObject({
      kind: 'changed',
      aspect: 'amount',
      before: 20,
      after: 23,
      was: { workflowUid: 'run-1', at: timeOf(1) },
      is: { workflowUid: 'run-3', at: timeOf(3) },
      since: { percent: 15 },
    });
  });

  it('is told with the next step where there is one: one change', () => {
    const runs = series([20, 23, 24].map(shop), { silent: [1] });
    expect(prices(runs[2])).toHaveLength(1);
    expect(prices(runs[2])[0]).toMatchObject({
      before: 23,
      after: 24,
      since: { percent: 20, was: { value: 20, workflowUid: 'run-0' } },
    });
  });

  it('and came back is no change', () => {
    const runs = series([20, 23, 20, 20].map(shop), { silent: [1, 2] });
    expect(runs.flatMap(prices)).toEqual([]);
  });
});

describe('what is kept', () => {
  it('is one value a week of the last 90 days, the last one, and the one last shown', () => {
    const runs = series(
      Array.from({ length: 30 }, (_, week) => shop(20 + (week % 2) / 10)),
    );
    const known = teamOf(runs[29]);
    expect(known?.values.length).toBeLessThanOrEqual(16);
    expect(known?.values[known.shown].value).toBe(20);
    const days =
      (Date.parse(timeOf(29)) - Date.parse(known?.values[1].since ?? '')) /
      (24 * 3600 * 1000);
    expect(days).toBeLessThanOrEqual(HISTORY_LIMITS.days + 7);
  });

  it('is one value where nothing moves, proven by the last reading', () => {
    const runs = series(Array.from({ length: 20 }, () => shop(20)));
    expect(teamOf(runs[19])).toMatchObject({
      shown: 0,
      values: [{ value: 20, since: timeOf(0) }],
    });
    expect(runs[19].history[0].readings.map(({ at }) => at)).toEqual([
      timeOf(19),
    ]);
  });

  it('of a plan that is away for a week goes on', () => {
    const runs = series([shop(20), [STARTER], shop(20)]);
    expect(teamOf(runs[2])?.values).toMatchObject([{ value: 20 }]);
  });

  it('is nothing where two prices stand on the same terms under one name', () => {
    const both: Seen = [STARTER, plan(20), plan(30)];
    const runs = series([both, both]);
    expect(teamOf(runs[1])).toBeUndefined();
  });

  it('is bounded, whatever the pages hold', () => {
    const page = seenAt(
      0,
      Array.from({ length: 60 }, (_, plans) =>
        plan(plans + 1, `Plan ${plans}`),
      ),
    );
    const reading = {
      workflowUid: 'r',
      key: 'k',
      sha256: 'a'.repeat(64),
      at: timeOf(0),
    };
    const many = Array.from({ length: 400 }, () => ({ page, reading }));
    const { history } = followPrices(many, undefined, START);
    expect(history[0].prices).toHaveLength(HISTORY_LIMITS.pricesOfPage);
    const values = history.flatMap(each => each.prices).length;
    expect(values).toBe(HISTORY_LIMITS.values);
    expect(history).toHaveLength(400);
    expect(history[399].lastObserved).toEqual(reading);
    expect(JSON.stringify(history).length).toBeLessThan(8 * 1024 * 1024);
  });
});

describe('whatever prices do', () => {
  const step = fc.constantFrom(
    -0.12,
    -0.04,
    -0.01,
    0,
    0,
    0,
    0.01,
    0.02,
    0.05,
    0.15,
  );
  const week = fc.record({
    step,
    missing: fc.nat(9).map(one => one < 2),
    silent: fc.nat(9).map(one => one < 2),
  });
  const past = fc.array(week, { minLength: 3, maxLength: 14 });
  const pricesIn = (weeks: readonly { step: number }[]) => {
    let price = 50;
    return weeks.map(each => {
      price = Math.round(price * (1 + each.step) * 100) / 100;
      return price;
    });
  };

  it('each value that is followed is told once, and equal ones never', () => {
    fc.assert(
      fc.property(past, weeks => {
        const amounts = pricesIn(weeks);
        const runs = series(
          weeks.map(({ missing }, index) =>
            missing ? undefined : shop(amounts[index]),
          ),
          {
            silent: weeks.flatMap(({ silent }, index) =>
              silent ? [index] : [],
            ),
          },
        );
        let known: number | undefined;
        for (const [index, run] of runs.entries()) {
          const told = prices(run);
          expect(told.length).toBeLessThanOrEqual(1);
          for (const { before, after, since } of told) {
            expect(before).not.toBe(after);
            expect(since?.was.value).not.toBe(after);
            expect(since?.percent ?? 1).toBeGreaterThan(0);
          }
          const { missing, silent } = weeks[index];
          if (missing || (silent && known !== undefined)) {
            expect(told).toEqual([]);
            continue;
          }
          if (known !== undefined && known !== amounts[index]) {
            // Against what was told last, in one way or the other.
            const [{ before, since }] = told;
            const against = [before, since?.was.value];
            if (since && before !== known) expect(against).toContain(known);
          }
          if (told.length > 0 || known === undefined) known = amounts[index];
          expect(known).toBe(amounts[index]);
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  }, 60_000);

  it('no creep is told twice: after one it takes as much again', () => {
    fc.assert(
      fc.property(past, weeks => {
        const amounts = pricesIn(weeks);
        const runs = series(amounts.map(shop));
        let shown = amounts[0];
        const after: number[] = [];
        for (const [index, run] of runs.entries()) {
          after.push(amounts[index]);
          const percent = (was: number) =>
            (Math.abs(amounts[index] - was) / was) * 100;
          const stepped =
            index > 0 && percent(amounts[index - 1]) >= CREEP_PERCENT - 0.01;
          const [change] = prices(run);
          if (change?.since && !stepped)
            expect(
              Math.max(...[shown, ...after].map(percent)),
            ).toBeGreaterThanOrEqual(CREEP_PERCENT - 0.01);
          if (change?.since || stepped) {
            shown = amounts[index];
            after.length = 0;
          }
        }
      }),
      { numRuns: 60, seed: 12 },
    );
  }, 60_000);
});
