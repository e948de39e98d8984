import { table } from '../table';
import {
  precisionOf,
  recallOf,
  type PairCounts,
  type PairSummary,
} from './summary';

const share = (value: number) => value.toFixed(3);

const cells = (counts: PairCounts) => [
  counts.pairs,
  counts.expected,
  counts.right,
  counts.wrong,
  counts.missed,
  share(precisionOf(counts)),
  share(recallOf(counts)),
];

export const PAIRS_HEADING = '## (e) Changes';

function confusionsIn({ confusions }: PairSummary): string {
  if (confusions.length === 0) return 'No record was taken for another.';
  const [first, second] = confusions.map(
    ([what, times]) => `${what} (${times})`,
  );
  return second
    ? `Most confused: ${first}; then ${second}.`
    : `The only confusion: ${first}.`;
}

/** The part of docs/quality.md about pairs. */
export function pairsPart(summary: PairSummary | string): string {
  const head = `${PAIRS_HEADING}

Pages that are changed in their HTML and seen before and after: by \`scrape\` in the browser, with a second look, and by \`dom\`, which says what
changed. Each mutation writes down what must be told of it, from the truth of the page and never from what is read; a record that is told
otherwise counts as wrong and as missed. Which labelled pages are taken was fixed before anything was measured (those with two plans or
more, in the order of a hash of their names): [agents/quality/pairs](https://github.com/agentworkloads/agent-workloads/blob/main/agents/quality/pairs/pages.ts). Where a record is only allowed (a date
that is noted), it counts for nothing.`;
  if (typeof summary === 'string') return `${head}\n\nNot measured: ${summary}`;
  const { all, unchanged } = summary;
  return `${head}

${summary.pages} pages (${summary.labelled} of the labelled set) of ${
    summary.layouts
  } layouts in ${summary.languages} languages. Said to be gone and was not: **${
    all.falselyRemoved
  }**. ${unchanged.pairs} pages visited twice without a change: **${
    unchanged.changes
  } records** told.

${table(
  ['mutation', 'pairs', 'records', 'right', 'wrong', 'missed', 'P', 'R'],
  [
    ['all', ...cells(all)],
    ...summary.mutations.map(each => [each.mutation, ...cells(each)]),
  ],
)}

${confusionsIn(summary)}`;
}
