import { describe, expect, it } from '@jest/globals';
import { monthlyOf, type Fact } from '@agentworkloads/api';
import { bundleOf } from '@agentworkloads/facts/testing';
import { amount, money } from './display';
import { monthText, priceRows } from './price-rows';
import { toCompanies } from './views';

const URL = 'https://acme.example/pricing';
let next = 0;
function price(subject: string, value: number, unit: Fact['unit']): Fact {
  next += 1;
  return {
    id: String(next).padStart(24, '0'),
    kind: 'price',
    subject,
    value,
    unit,
    url: URL,
    source: 'text',
    sourceSha256: '0'.repeat(64),
    start: 0,
    end: 1,
    quote: 'x',
    selector: 'p',
    confidence: 0.95,
  };
}

describe('amounts', () => {
  it.each([
    [29, 'USD', '$29'],
    [29.5, 'USD', '$29.50'],
    [1.125, 'GBP', '£1.125'],
    [0.0004, 'USD', '$0.0004'],
    [0.00001234, 'USD', '$0.00001234'],
    [1290, 'EUR', '€1,290'],
    [12, undefined, '12'],
  ])('are never rounded: %d %s', (value, currency, text) => {
    expect(money(value, currency)).toBe(text);
  });

  it.each([
    ['a lowest amount', 29, { from: true }, 'from $29'],
    ['a range', 300, { upTo: 600 }, '$300–$600'],
    ['a range from nothing', 0, { upTo: 5 }, '$0–$5'],
    ['nothing to pay', 0, {}, 'Free'],
  ])('say what they are: %s', (_case, value, unit, text) => {
    expect(amount(price('Pro', value, { currency: 'USD', ...unit }))).toBe(
      text,
    );
  });
});

describe('an amount a month', () => {
  it.each([
    ['a month', { period: 'month' as const }, '$120'],
    ['a year', { period: 'year' as const }, '≈ $10'],
    ['a week', { period: 'week' as const }, '≈ $520'],
    ['a range of a year', { period: 'year' as const, upTo: 240 }, '≈ $10–$20'],
    ['an hour: nobody knows how many', { period: 'hour' as const }, ''],
    ['a day', { period: 'day' as const }, ''],
    ['once', { period: 'once' as const }, ''],
    ['no period: unknown is no month', {}, ''],
  ])('of %s', (_case, unit, text) => {
    const fact = price('Pro', 120, { currency: 'USD', ...unit });
    expect(monthText(monthlyOf(fact), 'USD')).toBe(text);
  });
});

describe('the lines of the comparison', () => {
  it('go from the cheapest month to what has none, and name no neighbour', () => {
    const facts = [
      price('Hourly', 90, { currency: 'USD', period: 'hour' }),
      price('Team', 240, { currency: 'USD', period: 'year' }),
      price('Solo', 9, { currency: 'USD', period: 'month' }),
      price('', 5, { currency: 'USD', period: 'month' }),
      { ...price('Enterprise', 0, undefined), kind: 'plan' as const },
      {
        ...price('Enterprise', 0, undefined),
        kind: 'contact' as const,
        value: 'Talk to us',
      },
    ];
    const [company] = toCompanies({
      pages: [bundleOf([], { url: URL }).page],
      facts,
      changes: [],
    });
    expect(
      priceRows(company).map(row => [
        row.plan,
        row.price?.value ?? row.onRequest?.value,
      ]),
    ).toEqual([
      ['Solo', 9],
      ['Team', 240],
      ['Hourly', 90],
      ['Enterprise', 'Talk to us'],
      ['', 5],
    ]);
  });
});

describe('the rows of a company', () => {
  const rows = (facts: readonly Fact[]) => {
    const [company] = toCompanies({
      pages: [bundleOf([], { url: URL }).page],
      facts: [...facts],
      changes: [],
    });
    return priceRows(company).map(
      row => `${row.plan} ${row.price && amount(row.price)}`,
    );
  };

  it('begin with what is free, though it has no month', () => {
    expect(
      rows([
        price('Pro', 9, { currency: 'USD', period: 'month' }),
        price('Hobby', 0, { currency: 'USD' }),
      ]),
    ).toEqual(['Hobby Free', 'Pro $9']);
  });

  it('have one for a range, not a second for its upper end', () => {
    const unit = { currency: 'USD', period: 'month' } as const;
    expect(
      rows([
        price('Pro', 1200, { ...unit, upTo: 2400 }),
        price('Pro', 2400, unit),
      ]),
    ).toEqual(['Pro $1,200–$2,400']);
  });
});
