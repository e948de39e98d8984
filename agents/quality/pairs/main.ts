import path from 'node:path';
import { startPairGround } from './ground';
import { measurePairs, type PairResult } from './measure-pairs';
import { chosenPages, ownPages, unchangedPages } from './pages';
import { pairsOf, unchangedPairs } from './pairs';
import { PAIRS_HEADING, pairsPart } from './report';
import { inWords } from './records';
import { summarize, type PairSummary } from './summary';

/** Of each mutation, where so many pages can be mutated so. */
const OF_A_MUTATION = 28;
const UNCHANGED_PAGES = 200;

/** What was not told as it had to be: the pair, what was missed and what was told instead. */
const faultsOf = ({ pair, missed, wrong }: PairResult): string[] =>
  missed.length + wrong.length === 0
    ? []
    : [
        [
          `${pair.mutation}: ${pair.page}`,
          ...missed.map(each => `  missed ${inWords(each)}`),
          ...wrong.map(each => `  told ${inWords(each)}`),
        ].join('\n'),
      ];

export interface PairsOutcome {
  summary: PairSummary;
  /** One entry a pair that was not told right. */
  faults: string[];
  /** A docs/quality.md of before with this part in the place of the old one. */
  replaceIn(markdown: string): string;
}

/**
 * @param root of the repository
 * @param say called with how many pairs are done, and of how many
 */
export async function measureAllPairs(
  root: string,
  say: (done: number, all: number) => void,
): Promise<PairsOutcome> {
  const folder = path.join(root, 'agents/quality');
  const pairs = [
    ...pairsOf([...chosenPages(folder), ...ownPages(folder)], OF_A_MUTATION),
    ...unchangedPairs(unchangedPages(folder, UNCHANGED_PAGES)),
  ];
  const ground = await startPairGround();
  try {
    const results = await measurePairs(pairs, ground, done =>
      say(done, pairs.length),
    );
    const summary = summarize(results);
    return {
      summary,
      faults: results.flatMap(faultsOf),
      replaceIn: markdown => {
        const start = markdown.indexOf(PAIRS_HEADING);
        const end = markdown.indexOf('## History');
        if (start < 0 || end < start)
          throw new Error(
            'docs/quality.md has no part about changes; run npm run quality without --pairs once.',
          );
        return `${markdown.slice(0, start)}${pairsPart(
          summary,
        )}\n\n${markdown.slice(end)}`;
      },
    };
  } finally {
    await ground.close();
  }
}
