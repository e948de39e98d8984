import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { wordScore } from './content-score';
import { readMoneyStrings } from './money-strings';
import { precision, recall, scorePage, wrongRate } from './score';
import { truthSchema } from './truth';

const truth = (prices: object[], more: object = {}) =>
  truthSchema.parse({ kind: 'hand', language: 'en-US', prices, ...more });

const price = (
  subject: string,
  value: number,
  unit: Fact['unit'] = { currency: 'USD', period: 'month' },
) => ({ kind: 'price', subject, value, unit } as Fact);

const pro = { plan: 'Pro', amount: 29, currency: 'USD', period: 'month' };
const team = { plan: 'Team', amount: 129, currency: 'USD', period: 'month' };

function scored(prices: object[], facts: Fact[], more: object = {}) {
  const { missed, ...score } = scorePage('page', truth(prices, more), facts);
  return {
    p: precision(score),
    r: recall(score),
    wrong: wrongRate(score),
    missed,
  };
}

describe('the score of a page', () => {
  it('is whole where amount, currency, period and plan are right', () => {
    expect(
      scored([pro, team], [price('pro ', 29), price('Team', 129)]),
    ).toEqual({ p: 1, r: 1, wrong: 0, missed: [] });
  });

  it('counts what is missing against recall alone', () => {
    expect(scored([pro, team], [price('Pro', 29)])).toEqual({
      p: 1,
      r: 0.5,
      wrong: 0,
      missed: ['Team 129 USD month'],
    });
  });

  it.each([
    ['another amount', price('Pro', 2900)],
    [
      'another currency',
      price('Pro', 29, { currency: 'CAD', period: 'month' }),
    ],
    ["a neighbour's amount", price('Pro', 129)],
    ['a name that is no plan of the page', price('Most popular', 29)],
  ])('is a wrong price for %s', (_what, fact) => {
    expect(scored([pro, team], [fact])).toMatchObject({ p: 0, r: 0, wrong: 1 });
  });

  it.each([
    ['another period', price('Pro', 29, { currency: 'USD', period: 'year' })],
    ['no name', price('', 29)],
  ])('is not right, and no wrong price, for %s', (_what, fact) => {
    expect(scored([pro], [fact])).toMatchObject({ p: 0, r: 0, wrong: 0 });
  });

  it('takes the name of the site for no name', () => {
    const site = { kind: 'headline', subject: 'Acme', value: 'x' } as Fact;
    expect(scored([pro], [site, price('Acme', 29)])).toMatchObject({
      r: 0,
      wrong: 0,
    });
  });

  it('wants both ends of a range, as one fact or as two', () => {
    const range = { plan: 'Pro', amount: 3, upTo: 5, currency: 'USD' };
    const unit = { currency: 'USD' };
    expect(scored([range], [price('Pro', 3, { ...unit, upTo: 5 })]).r).toBe(1);
    expect(
      scored([range], [price('Pro', 3, unit), price('Pro', 5, unit)]).r,
    ).toBe(1);
    expect(scored([range], [price('Pro', 3, unit)]).r).toBe(0.5);
  });

  it('takes the other state of a switch for right, and does not ask for it', () => {
    const also = [{ ...pro, amount: 290, period: 'year' }];
    const yearly = price('Pro', 290, { currency: 'USD', period: 'year' });
    expect(scored([pro], [price('Pro', 29), yearly], { also })).toMatchObject({
      p: 1,
      r: 1,
    });
    expect(scored([pro], [price('Pro', 29)], { also }).r).toBe(1);
  });

  it('has no share of nothing', () => {
    expect(scored([pro], [])).toMatchObject({ p: undefined, r: 0 });
  });
});

describe('strings with money', () => {
  const outcome = (text: string, currency: string, amount: number) =>
    readMoneyStrings({
      marks: { AUD: ['A$'] },
      examples: [{ list: 'x', text, currency, amount }],
    })[0].outcome;

  it('are right in amount and in a currency that has this mark somewhere', () => {
    expect(outcome('34,50 € *', '€', 34.5)).toBe('right');
    expect(outcome('A$190.00', 'A$', 190)).toBe('right');
  });

  it('are told apart by what is not right', () => {
    expect(outcome('€ 12', '€', 13)).toBe('wrong amount');
    expect(outcome('€ 12', '$', 12)).toBe('wrong currency');
    expect(outcome('1 Br', 'Br', 1)).toBe('no currency');
    expect(outcome('twelve', '€', 12)).toBe('not read');
  });
});

describe('the score of a text', () => {
  it('is of words, whatever their order and case', () => {
    expect(wordScore('b A c', 'a b c').f1).toBe(1);
    expect(wordScore('a b c d', 'a b')).toEqual({
      precision: 0.5,
      recall: 1,
      f1: 2 / 3,
    });
    expect(wordScore('', 'a').f1).toBe(0);
    expect(wordScore('', '').f1).toBe(1);
  });
});
