import { columnHead } from '../page/table-columns';
import type { Outline, Run } from '../page/outline';
import { closest } from '../page/outline';
import { PRICE } from '../vocabulary/lexicons';
import { OTHER_SECTIONS } from '../vocabulary/other-sections';
import { lexiconOf, lowerCase } from '../vocabulary/words';
import type { Refusal } from '../money/refusals';
import type { Priced } from './line-of';

/** What the words over a block of amounts say that they are. */

const OTHERS = lexiconOf(OTHER_SECTIONS);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** "Prizes", "What a courier earns": no price. "Refund of fees: our prices" speaks of both. */
const isOther = (words: string): boolean => {
  const lower = lowerCase(words);
  return OTHERS.spansIn(lower).length > 0 && PRICE.spansIn(lower).length === 0;
};

/** The last of `headings` that begins before `start`. */
export function nearestBefore(
  headings: readonly Run[],
  start: number,
): Run | undefined {
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (headings[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return headings[low - 1];
}

/** All of a page, in their order. */
export const headingsOf = ({ runs }: Outline): Run[] =>
  runs.filter(({ node }) => closest(node, HEADINGS));

/** Amounts under a heading or a head of a column that speaks of wages, prizes, refunds, budgets, examples. */
export function otherSections(
  outline: Outline,
  headings: readonly Run[],
): (named: Priced) => Refusal | undefined {
  const known = new Map<string, boolean>();
  const says = (words: string): boolean => {
    const again = known.get(words) ?? isOther(words);
    known.set(words, again);
    return again;
  };
  return ({ anchor, name }) => {
    const over = nearestBefore(headings, anchor.start);
    const head = columnHead(outline, anchor.node);
    // A plan may be called by any word.
    const named = over && name.start >= over.start && name.start < over.end;
    return (over && !named && says(over.text)) || (head && says(head))
      ? 'otherSection'
      : undefined;
  };
}
