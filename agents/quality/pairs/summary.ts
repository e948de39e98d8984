import type { PairResult } from './measure-pairs';
import { UNCHANGED } from './pairs';
import { confusionsOf } from './records';

/** What docs/quality.md says of the pairs. */

export interface PairCounts {
  pairs: number;
  /** Records that had to be told. */
  expected: number;
  right: number;
  wrong: number;
  missed: number;
  falselyRemoved: number;
}

export interface PairSummary {
  pages: number;
  /** Of `pages`, those of the labelled set. */
  labelled: number;
  layouts: number;
  languages: number;
  mutations: (PairCounts & { mutation: string })[];
  all: PairCounts;
  unchanged: { pairs: number; changes: number };
  /** The most frequent ones, with how often. */
  confusions: [string, number][];
}

function countsOf(results: readonly PairResult[]): PairCounts {
  const sum = (of: (result: PairResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  return {
    pairs: results.length,
    expected: sum(({ right, missed }) => right + missed.length),
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong.length),
    missed: sum(({ missed }) => missed.length),
    falselyRemoved: sum(({ falselyRemoved }) => falselyRemoved),
  };
}

export const precisionOf = ({ right, wrong }: PairCounts): number =>
  right + wrong === 0 ? 1 : right / (right + wrong);
export const recallOf = ({ right, expected }: PairCounts): number =>
  expected === 0 ? 1 : right / expected;

const CONFUSIONS = 2;
const isOwn = (page: string) => page.startsWith('own-');

/** @throws where a page of a first version was not seen: that would be a pair that says nothing */
export function summarize(results: readonly PairResult[]): PairSummary {
  const unseen = results.filter(({ seen }) => !seen);
  if (unseen.length > 0)
    throw new Error(
      `The first version of ${unseen.length} pages was not seen or not compared, ${unseen[0].pair.page} for one: free some memory and measure again.`,
    );
  const unchanged = results.filter(({ pair }) => pair.mutation === UNCHANGED);
  const mutated = results.filter(({ pair }) => pair.mutation !== UNCHANGED);
  const distinct = (of: (result: PairResult) => string) => [
    ...new Set(mutated.map(of)),
  ];
  const pages = distinct(({ pair }) => pair.page);
  return {
    pages: pages.length,
    labelled: pages.filter(page => !isOwn(page)).length,
    layouts: distinct(({ pair }) => pair.kind).length,
    languages: distinct(({ pair }) => pair.language).length,
    mutations: distinct(({ pair }) => pair.mutation).map(mutation => ({
      mutation,
      ...countsOf(mutated.filter(({ pair }) => pair.mutation === mutation)),
    })),
    all: countsOf(mutated),
    unchanged: {
      pairs: unchanged.length,
      changes: unchanged.reduce((sum, { told }) => sum + told.length, 0),
    },
    confusions: confusionsOf(mutated).slice(0, CONFUSIONS),
  };
}
