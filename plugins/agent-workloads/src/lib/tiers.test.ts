import type { Fact, FactKind, PriceUnit } from '@agentworkloads/api';
import { FACTS } from '../__testUtils__/evidence';
import { compare } from './comparison';
import { tiersOf } from './tiers';

const bright = 'https://bright.example/pricing';
const north = 'https://north.example/pricing';
const month: PriceUnit = { currency: 'USD', period: 'month' };

const fact = (
  url: string,
  kind: FactKind,
  subject: string,
  value: string | number,
  unit?: PriceUnit,
): Fact => ({
  ...FACTS[0],
  id: `${url} ${kind} ${subject} ${value}`.slice(-60),
  url,
  kind,
  subject,
  value,
  unit,
});
const price = (url: string, plan: string, value: number, unit = month) =>
  fact(url, 'price', plan, value, unit);

const rows = (facts: readonly Fact[]) =>
  tiersOf(compare(facts)).map(({ kind, rank, cells }) => [
    kind,
    rank,
    cells.map(plans => plans.map(({ name }) => name).join(' + ')),
  ]);

describe('tiersOf', () => {
  it('puts the plans of a month side by side by their place, from cheap to dear', () => {
    expect(
      rows([
        price(bright, 'Team', 49),
        price(bright, 'Starter', 19),
        price(north, 'Pro', 39),
      ]),
    ).toEqual([
      ['paid', 1, ['Starter', 'Pro']],
      ['paid', 2, ['Team', '']],
    ]);
  });

  it('keeps what is free, what has no month and what shows no price in rows of their own', () => {
    expect(
      rows([
        price(bright, 'Hobby', 0),
        price(bright, 'Solo', 0),
        price(bright, 'Lifetime', 300, { currency: 'USD' }),
        fact(north, 'plan', 'Enterprise', 'Enterprise'),
        price(north, 'Pro', 39),
      ]),
    ).toEqual([
      ['free', undefined, ['Hobby + Solo', '']],
      ['paid', 1, ['', 'Pro']],
      ['noMonth', undefined, ['Lifetime', '']],
      ['noPrice', undefined, ['', 'Enterprise']],
    ]);
  });

  it('places a plan by what its year comes to a month', () => {
    const year: PriceUnit = { currency: 'USD', period: 'year' };
    expect(
      rows([price(bright, 'Team', 120, year), price(bright, 'Starter', 19)]),
    ).toEqual([
      ['paid', 1, ['Team']],
      ['paid', 2, ['Starter']],
    ]);
  });

  it('has no row where no plan is named', () => {
    expect(rows([fact(bright, 'headline', '', 'Data')])).toEqual([]);
  });
});
