import { describe, expect, it } from '@jest/globals';
import {
  prices,
  series,
  shopAt,
  teamOf,
  type Run,
} from '../../test/runs-over-weeks';

const valuesOf = (run: Run) => teamOf(run)?.values.map(({ value }) => value);

describe('a price that is asked on other terms after it was free', () => {
  it.each(['$0 per month', 'Free'])(
    'adds up to nothing with what it was before it was %s',
    free => {
      const weeks = ['$10 per month', free, '€30 per year', '€33.90 per year'];
      const runs = series([...weeks, '€38 per year'].map(shopAt));
      expect(valuesOf(runs[4])).toEqual([30, 33.9, 38]);
      expect(prices(runs[4])[0]).toMatchObject({
        before: 33.9,
        after: 38,
        since: {
          percent: 26.67,
          was: { value: 30, unit: { currency: 'EUR', period: 'year' } },
        },
      });
    },
  );

  it('goes on where the terms are those of before', () => {
    const weeks = ['$10 per month', 'Free', 'Free', '$12 per month'];
    const runs = series(weeks.map(shopAt));
    expect(valuesOf(runs[2])).toEqual([10, 0]);
    expect(teamOf(runs[2])?.unit).toEqual({ currency: 'USD', period: 'month' });
    expect(valuesOf(runs[3])).toEqual([10, 0, 12]);
  });
});

describe('a price without its currency for a week', () => {
  const monthly = (...amounts: string[]) =>
    series(
      amounts.map(amount => shopAt(`${amount} per month`)),
      { bare: [1] },
    );

  it('keeps the one that was known', () => {
    const runs = monthly('$20', '$20', '$20');
    expect(teamOf(runs[1])).toMatchObject({ unit: { currency: 'USD' } });
    expect(valuesOf(runs[2])).toEqual([20]);
    expect(runs.flatMap(prices)).toEqual([]);
  });

  it('adds up with what it was before', () => {
    const runs = monthly('$20', '$21', '$22.10');
    expect(prices(runs[2])[0]).toMatchObject({ since: { percent: 10.5 } });
  });

  it('is told in another one, with the day when that was known', () => {
    const runs = monthly('$20', '$20', '€20', '€20');
    const ofTeam = runs.map(run =>
      prices(run).filter(({ subject }) => subject === 'Team'),
    );
    expect(ofTeam.map(({ length }) => length)).toEqual([0, 0, 1, 0]);
    expect(ofTeam[2][0]).toMatchObject({
      aspect: 'currency',
      suspect: ['currency'],
      was: { value: 20, unit: { currency: 'USD' }, workflowUid: 'run-1' },
      is: { value: 20, unit: { currency: 'EUR' }, workflowUid: 'run-2' },
    });
    expect(teamOf(runs[3])).toMatchObject({ unit: { currency: 'EUR' } });
  });

  it('is told once where the amount differs as well', () => {
    const runs = monthly('$20', '$20', '€25');
    expect(prices(runs[2])).toHaveLength(1);
    expect(prices(runs[2])[0]).toMatchObject({
      aspect: 'currency',
      before: 20,
      after: 25,
    });
    expect(prices(runs[2])[0].since).toBeUndefined();
  });
});
