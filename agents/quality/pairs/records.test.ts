import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import type { Change } from '@agentworkloads/api';
import { amountsOf, open, otherAmount, placeOf } from './document';
import { chosenPages, ownPages } from './pages';
import { MUTATIONS, pairsOf } from './pairs';
import { confusionsOf, scorePair, type Expected, type Told } from './records';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const pages = [...chosenPages(ROOT), ...ownPages(ROOT)];

const DEARER: Expected = {
  list: 'changes',
  kind: 'changed',
  factKind: 'price',
  aspect: 'amount',
  subjects: ['Team'],
  before: 29,
  after: 39,
};
const told = (other: Partial<Change> = {}): Told => ({
  list: 'changes',
  kind: 'changed',
  factKind: 'price',
  aspect: 'amount',
  subject: 'Team',
  url: 'https://acme.example/',
  before: 29,
  after: 39,
  ...other,
});

describe('a record', () => {
  it('is right where kind, aspect, plan and both amounts are', () => {
    expect(scorePair([DEARER], [told()])).toEqual({
      right: 1,
      wrong: [],
      missed: [],
      falselyRemoved: 0,
    });
  });

  it.each<Partial<Change>>([
    { before: 19 },
    { after: 49 },
    { subject: 'Starter' },
    { aspect: 'terms' },
    { kind: 'added' },
  ])('that says %j instead is wrong, and the right one is missed', other => {
    const score = scorePair([DEARER], [told(other)]);
    expect(score).toMatchObject({ right: 0, missed: [DEARER] });
    expect(score.wrong).toHaveLength(1);
  });

  it('that is told twice is wrong once', () => {
    expect(scorePair([DEARER], [told(), told()])).toMatchObject({
      right: 1,
      missed: [],
      wrong: [told()],
    });
  });

  it('that may be told counts for nothing', () => {
    const optional = { ...DEARER, optional: true as const };
    expect(scorePair([optional], [told()])).toMatchObject({
      right: 0,
      wrong: [],
    });
    expect(scorePair([optional], [])).toMatchObject({ missed: [] });
  });

  it('of something gone that is not gone is counted on its own', () => {
    const gone = told({ kind: 'removed', aspect: undefined });
    const score = scorePair([DEARER], [gone]);
    expect(score.falselyRemoved).toBe(1);
    expect(confusionsOf([score, score])).toEqual([
      ['amount price, told as removed price', 2],
    ]);
  });
});

describe('the pages', () => {
  it('are more than sixty of twelve layouts and eight languages, half of them labelled', () => {
    expect(pages.length).toBeGreaterThanOrEqual(60);
    expect(chosenPages(ROOT).length).toBeGreaterThanOrEqual(pages.length / 2);
    const distinct = (of: (page: (typeof pages)[number]) => string) =>
      new Set(pages.map(of)).size;
    expect(distinct(({ kind }) => kind)).toBeGreaterThanOrEqual(12);
    expect(
      distinct(({ language }) => language.split('-')[0]),
    ).toBeGreaterThanOrEqual(8);
  });

  it('are the same ones every time', () => {
    expect(ownPages(ROOT)).toEqual(ownPages(ROOT));
    expect(chosenPages(ROOT).map(({ name }) => name)).toEqual(
      chosenPages(ROOT).map(({ name }) => name),
    );
  });
});

describe('mutations', () => {
  const pairs = pairsOf(pages, 32);

  it('each have several pages, more than six hundred in all', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(600);
    for (const { name } of MUTATIONS)
      expect([
        name,
        pairs.filter(({ mutation }) => mutation === name).length,
      ]).toEqual([name, expect.any(Number)]);
    const least = MUTATIONS.map(
      ({ name }) => pairs.filter(({ mutation }) => mutation === name).length,
    );
    expect(Math.min(...least)).toBeGreaterThanOrEqual(8);
  });

  it('that change the page change what the site answers', () => {
    const same = pairs.filter(
      ({ after, before, expected }) =>
        after[0].body === before && expected.some(({ optional }) => !optional),
    );
    expect(new Set(same.map(({ mutation }) => mutation))).toEqual(
      new Set(['redirect']),
    );
  });

  it('write another digit in the numbers of the page', () => {
    const page = pages.find(({ name }) => name.includes('local-digits-hi'))!;
    const [price] = page.prices;
    const place = placeOf(open(page.html), page, price)!;
    const other = otherAmount(place, amountsOf(page))!;
    expect(other.token).toMatch(/^[\u0966-\u096f,]+$/);
    expect(other.token).toHaveLength(place.token.length);
    expect(other.amount).not.toBe(price.amount);
  });
});
