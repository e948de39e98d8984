import type { Outline } from '../page/outline';
import { mergeTerms } from './terms';
import type { Amount } from './amount';
import type { PriceMention } from './mention';

/** Amounts that stand together: both ends of a range, and one price in several currencies. */

export const UP_TO =
  /^\s{0,2}(?:[-–—−~]|to|bis|à|a|do|até|til|tot|till|do|до|al|ile|から)\s{0,2}$/u;
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
    const range = UP_TO.test(outline.flat.slice(own.end, next.start));
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
      (UP_TO.test(between) && low.currency === high.currency) ||
      (parts.get(low.start) === 'lower' && parts.get(high.start) === 'upper');
    if (!linked || high.start < low.amountEnd || low.value >= high.value)
      continue;
    const terms = mergeTerms(low.terms, high.terms);
    ranged[i] = { ...low, terms, upTo: high.value };
    ranged[i + 1] = { ...high, terms: mergeTerms(high.terms, terms) };
  }
  return ranged;
}
