import { AND, BETWEEN, UP_TO } from '../vocabulary/range-words';
import type { Outline } from '../page/outline';
import { mergeTerms } from './terms';
import type { Amount } from './amount';
import type { PriceMention } from './mention';

/** Amounts that stand together: both ends of a range, and one price in several currencies. */

export const RANGE_LINK = new RegExp(`^\\s{0,2}(?:${UP_TO})\\s{0,2}$`, 'u');
/** "between $300 and $500": the word between the two says it only after the word before them. */
const AND_LINK = new RegExp(`^\\s{0,2}(?:${AND})\\s{0,2}$`, 'u');
const BETWEEN_BEFORE = new RegExp(`(?<![\\p{L}])(?:${BETWEEN})\\s{1,2}$`, 'iu');

/** Whether two amounts beside each other are the ends of one range, by the words around the first. */
const isLinked = (before: string, between: string): boolean =>
  RANGE_LINK.test(between) ||
  (AND_LINK.test(between) && BETWEEN_BEFORE.test(before));
const TOLD_AGAIN = /^\s{0,2}(?:[/|(·,–-]|or)?\s{0,2}$/;

/** "$19 / €17 per month": what follows the last currency is meant for all. */
export function withSharedTerms(
  outline: Outline,
  mentions: readonly PriceMention[],
): PriceMention[] {
  const shared = [...mentions];
  for (let i = shared.length - 2; i >= 0; i -= 1) {
    const [own, next] = [shared[i], shared[i + 1]];
    const apart = next.start - own.end;
    if (own.terms.period || apart > 6) continue;
    const range = isLinked(
      outline.flat.slice(Math.max(0, own.start - 14), own.start),
      outline.flat.slice(own.end, next.start),
    );
    if (own.currency === next.currency && !range) continue;
    if (
      apart >= 0 &&
      (range || TOLD_AGAIN.test(outline.flat.slice(own.end, next.start)))
    )
      shared[i] = { ...own, terms: mergeTerms(own.terms, next.terms) };
  }
  return shared;
}

/** A range is told once: its lower end says how far it goes, and both have the terms that stand behind it. */
export function withRanges(
  outline: Outline,
  mentions: readonly PriceMention[],
  parts: ReadonlyMap<number, Amount['part']>,
): PriceMention[] {
  const ranged = [...mentions];
  for (let i = 0; i + 1 < ranged.length; i += 1) {
    const [low, high] = [ranged[i], ranged[i + 1]];
    const between = outline.flat.slice(low.amountEnd, high.start);
    const linked =
      (isLinked(
        outline.flat.slice(Math.max(0, low.start - 14), low.start),
        between,
      ) &&
        low.currency === high.currency) ||
      (parts.get(low.start) === 'lower' && parts.get(high.start) === 'upper');
    if (!linked || high.start < low.amountEnd || low.value >= high.value)
      continue;
    const terms = mergeTerms(low.terms, high.terms);
    ranged[i] = { ...low, terms, upTo: high.value };
    ranged[i + 1] = { ...high, terms: mergeTerms(high.terms, terms) };
  }
  return ranged;
}
