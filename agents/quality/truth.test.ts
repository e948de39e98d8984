import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { labelledPages } from './truth';

const pages = labelledPages();
const distinct = (values: readonly (string | undefined)[]) =>
  new Set(values).size;

/** Digits of any script as ASCII, marks of grouping and fractions gone: enough to see that an amount is written at all. */
function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\p{Nd}/gu, digit => {
    let zero = digit.codePointAt(0) as number;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && zero % 16 !== 0)
      zero -= 1;
    const value = (digit.codePointAt(0) as number) - zero;
    return String(value % 10);
  });
}

describe('the labelled pages', () => {
  it('are at least 150, and 40 of them made by hand', () => {
    expect(pages.length).toBeGreaterThanOrEqual(150);
    expect(
      pages.filter(page => page.truth.kind === 'hand').length,
    ).toBeGreaterThanOrEqual(40);
  });

  it('are in at least 20 languages and 20 currencies', () => {
    const languages = pages.map(page => page.truth.language.split('-')[0]);
    const currencies = pages.flatMap(page =>
      page.truth.prices.map(price => price.currency),
    );
    expect(distinct(languages)).toBeGreaterThanOrEqual(20);
    expect(distinct(currencies)).toBeGreaterThanOrEqual(20);
  });

  it('have a price in every truth, or amounts that are none', () => {
    const empty = pages.filter(
      ({ truth }) => !truth.prices.length && !truth.forbid.length,
    );
    expect(empty.map(page => page.name)).toEqual([]);
  });

  it('name a currency for every price that must be read', () => {
    const without = pages.filter(page =>
      page.truth.prices.some(price => !price.currency),
    );
    expect(without.map(page => page.name)).toEqual([]);
  });

  it('never forbid what they ask for', () => {
    const torn = pages.filter(({ truth }) =>
      [...truth.prices, ...truth.also].some(
        price =>
          truth.forbid.includes(price.amount) ||
          truth.forbid.includes(price.upTo ?? NaN),
      ),
    );
    expect(torn.map(page => page.name)).toEqual([]);
  });

  it.each(pages.map(page => [page.name, page] as const))(
    '%s shows the digits and the names of its truth',
    (_name, { file, truth }) => {
      const source = readFileSync(file, 'utf8').replace(/&amp;/g, '&');
      // With its tags too: some pages draw what stands in attributes.
      const text = digitsOf(source.replace(/<[^>]*>/g, '') + source);
      const bare = text.replace(/(?<=\d)[.,'’٬٫€\s\u200f]+(?=\d)/g, '');
      for (const price of truth.prices) {
        // Of lakh and 万 only the first digits are written.
        const digits = String(price.amount).replace('.', '').replace(/^0+/, '');
        expect(bare).toContain(digits.replace(/0+$/, '') || '0');
        expect(source).toContain(price.plan);
      }
    },
  );
});
