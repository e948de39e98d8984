import { describe, expect, it } from '@jest/globals';
import { bundleOf } from '../testing/bundles';
import { createCurrencyReader, numberCurrency } from './currency';
import { readPriceHead } from './table-amounts';

const reader = createCurrencyReader(bundleOf([]));

describe('the head of a column', () => {
  it.each([
    ['Price (USD)', { currency: 'USD', terms: {} }],
    ['Price', { currency: undefined, terms: {} }],
    ['Preis in EUR', { currency: 'EUR', terms: {} }],
    ['Monatlich (EUR)', { currency: 'EUR', terms: { period: 'month' } }],
    ['USD / month', { currency: 'USD', terms: { period: 'month' } }],
    ['Price per year, €', { currency: 'EUR', terms: { period: 'year' } }],
    ['Prix HT', { currency: undefined, terms: {} }],
    ['Cost per seat (GBP)', { currency: 'GBP', terms: { per: 'seat' } }],
  ])('"%s" says that the numbers are prices', (text, head) => {
    expect(readPriceHead(text, reader)).toMatchObject(head);
  });

  it.each([
    'Income (EUR)',
    'Income (EUR per year)',
    'Share price (USD)',
    'Price per share (USD)',
    'Price (USD million)',
    'Cost (EUR)',
    'Operating cost (USD)',
    'Average price (EUR)',
    'Users',
    'Users per month',
    'Free',
    'EUR',
  ])('"%s" does not', text => {
    expect(readPriceHead(text, reader)).toBeUndefined();
  });
});

it('"Monthly" says for how long, and of what only a table of plans', () => {
  expect(readPriceHead('Monthly', reader)).toEqual({
    terms: { period: 'month' },
    timed: true,
  });
});

describe('the currency of a label', () => {
  it.each([
    ['All prices in US dollars', 'USD'],
    ['Alle Preise in EUR', 'EUR'],
    ['Tarifs en euros hors taxes', 'EUR'],
    ['in Schweizer Franken', 'CHF'],
    ['ceny w złotych', 'PLN'],
    ['価格（円）', 'JPY'],
  ])('"%s" is %s', (label, code) => {
    expect(numberCurrency(label, reader)?.code).toBe(code);
  });

  it('is none where two are named', () => {
    expect(numberCurrency('USD or EUR', reader)).toBeUndefined();
  });
});

it('money for each of something, in brackets, says that numbers are prices', () => {
  const read = (mark: string) => (mark === '元' ? 'CNY' : undefined);
  expect(readPriceHead('一对一(元/课时)', { ...reader, read })?.currency).toBe(
    'CNY',
  );
  expect(readPriceHead('收入(元)', { ...reader, read })).toBeUndefined();
});
