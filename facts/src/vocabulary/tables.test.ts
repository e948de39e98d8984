import { describe, expect, it } from '@jest/globals';
import * as asides from './aside-words';
import * as innocent from './innocent-words';
import * as prices from './price-words';
import { wordsOf, type Words } from './words';

const TABLES: readonly Words[] = [
  asides.GIFT_WORDS,
  asides.LEVY_WORDS,
  asides.SECURITY_WORDS,
  prices.ALL_PLANS_WORDS,
  prices.CART_WORDS,
  prices.ESTIMATE_WORDS,
  prices.FORMER_WORDS,
  prices.INSTALMENT_WORDS,
  prices.SAVING_WORDS,
  prices.THRESHOLD_WORDS,
];

describe('a list that says where words are believed', () => {
  it.each([
    ['right before an amount', innocent.TIGHT, TABLES],
    ['behind an amount', innocent.BEHIND_ONLY, TABLES],
    ['as a whole label', innocent.WHOLE_LABEL, TABLES],
    [
      'in a label, of a former price',
      prices.FORMER_LABEL_ONLY,
      [prices.FORMER_WORDS],
    ],
    [
      'in a label, of an estimate',
      prices.ESTIMATE_LABEL_ONLY,
      [prices.ESTIMATE_WORDS],
    ],
  ] as const)(
    '%s names words of the tables, as they stand there',
    (_, list, tables) => {
      const known = new Set(tables.flatMap(table => wordsOf(table)));
      expect([...list].filter(word => !known.has(word))).toEqual([]);
    },
  );

  it('does not say of one word that it is believed behind an amount only, and elsewhere only', () => {
    const elsewhere = [...innocent.TIGHT, ...innocent.WHOLE_LABEL];
    expect(elsewhere.filter(word => innocent.BEHIND_ONLY.has(word))).toEqual(
      [],
    );
  });
});

describe('a table of words by language', () => {
  const named = Object.entries({ ...asides, ...innocent, ...prices }).filter(
    (entry): entry is [string, Words] => !(entry[1] instanceof Set),
  );

  it.each(named)('%s has no word of a language twice', (_, table) => {
    for (const [language, words] of Object.entries(table)) {
      const seen = words.map(word => word.toLowerCase());
      expect([language, seen]).toEqual([language, [...new Set(seen)]]);
    }
  });

  it.each(named)('%s calls Norwegian by the name that is asked', (_, table) => {
    expect(Object.keys(table)).not.toContain('nb');
    expect(Object.keys(table)).not.toContain('nn');
  });
});
