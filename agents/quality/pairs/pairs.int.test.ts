import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { startPairGround, type PairGround } from './ground';
import { measurePairs, type PairResult } from './measure-pairs';
import { ownPages } from './pages';
import { pairsOf, unchangedPairs } from './pairs';
import { inWords } from './records';
import { summarize } from './summary';

/** A slice of what `npm run quality` measures: two pages, each mutation of prices and whole pages once. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAMES = ['own-lists-in-cards-en-us', 'own-services-in-ranges-de-de'];
/** What has a way of its own through scrape and dom. */
const MUTATIONS = [
  'digits',
  'price hidden',
  "range's upper end",
  'A/B variant',
  "an old collector's bundle, digits",
  'reorder',
  '404',
  'soft 404',
  'redirect',
  "redirect to a language's page",
  'plan removed',
];

let ground: PairGround;
let results: PairResult[];
beforeAll(async () => {
  ground = await startPairGround();
  const pages = ownPages(ROOT).filter(({ name }) => NAMES.includes(name));
  const mutated = pairsOf(pages, 1).filter(({ mutation }) =>
    MUTATIONS.includes(mutation),
  );
  results = await measurePairs(
    [...mutated, ...unchangedPairs(pages.slice(0, 1))],
    ground,
  );
});
afterAll(() => ground?.close());

describe('a page before and after a mutation', () => {
  it('is told as the mutation says, and not otherwise', () => {
    const faults = results.map(({ pair, missed, wrong }) => ({
      mutation: pair.mutation,
      missed: missed.map(inWords),
      wrong: wrong.map(inWords),
    }));
    expect(faults).toEqual(
      [...MUTATIONS, 'unchanged'].map(() =>
        expect.objectContaining({ missed: [], wrong: [] }),
      ),
    );
    expect(new Set(faults.map(({ mutation }) => mutation))).toEqual(
      new Set([...MUTATIONS, 'unchanged']),
    );
  });

  it('is counted with its mutation, and what stayed the same apart', () => {
    const summary = summarize(results);
    expect(summary).toMatchObject({
      pages: 2,
      labelled: 0,
      languages: 2,
      all: { pairs: MUTATIONS.length, wrong: 0, missed: 0, falselyRemoved: 0 },
      unchanged: { pairs: 1, changes: 0 },
      confusions: [],
    });
  });
});
