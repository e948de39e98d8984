import type { Outline } from '../page/outline';
import { numberAhead } from './scaled-number';
import { parseTerms } from './terms';
import type { Amount } from './amount';

/** Ranges that say their mark once: "3.500 – 7.500 €", "$300 – 600". */

/** Behind a number with which its line, or its terms, go on. */
export const LINE_GOES_ON = /^\s*(?:$|[\n/,.;:()*+-])/;

const BETWEEN =
  '[-–—−~～〜]|bis|à|to|do|až|až do|až po|até|and|und|et|y|e|i|a|en|og|och|ja|și|ile|ve|til|tot|till|kuni|līdz|un|iki|ir|és|έως|ως|μέχρι|και|до|по|и|і|та|إلى|الى|و|से|至|到|から|부터';
const RANGE_FROM = new RegExp(
  `(^\\s*|(?<![\\p{L}])(?:ab|von|zwischen|from|between|de|entre|da|tra|fra|od|van|tussen|fra|mellem|mellom|från|mellan|między|mezi|medzi|između|među|nuo|no|starp|alates|între|dintre|от|від|из|между|між|από|μεταξύ|من|بين)\\s)(\\d{1,3}(?:[.,'’ ]\\d{3})+(?:[.,]\\d{1,2})?|\\d{1,7}(?:[.,]\\d{1,2})?)\\s?(?:${BETWEEN})\\s?$`,
  'iu',
);
/** Whole units: cents tell no order of magnitude. */
const digitsOf = (text: string) =>
  Number(text.replace(/[.,]\d{1,2}$/, '').replace(/\D/g, ''));
const isRange = (low: number, high: number) =>
  low >= 2 && low < high && high <= low * 50;

/** "3.500 – 7.500 €": the mark behind the second end is meant for both. Only at the start of a line, or after "from". */
export function lowerEnd(
  { flat }: Outline,
  amount: Amount,
  consumed: number,
): Amount | undefined {
  if (!/\d/.test(flat[amount.start])) return undefined;
  const line = flat.lastIndexOf('\n', amount.start - 1) + 1;
  const from = Math.max(consumed, line, amount.start - 40);
  const match = RANGE_FROM.exec(flat.slice(from, amount.start));
  if (!match || (match[1].trim() === '' && from !== line)) return undefined;
  const start = from + match.index + match[1].length;
  if (!isRange(digitsOf(match[2]), digitsOf(amount.digits))) return undefined;
  return {
    ...amount,
    start,
    end: start + match[2].length,
    digits: match[2],
    rest: 0,
    part: 'lower',
  };
}

const RANGE_TO =
  /^(?<k>k)? ?(?:[-–—−~～〜]|(?:to|bis|à|a|al|do|až|até|til|tot|till|kuni|līdz|iki|ile|έως|до|إلى)(?![\p{L}\p{M}])|至|到|から) ?/iu;

/** "$300 – 600": the mark before the first end is meant for both. What follows must not make the second a number of its own. */
export function upperEnd(
  { flat }: Outline,
  amount: Amount,
): Amount | undefined {
  if (/\d/.test(flat[amount.start])) return undefined;
  const link = RANGE_TO.exec(flat.slice(amount.end, amount.end + 8));
  const at = amount.end + (link?.[0].length ?? 0);
  const number = link && numberAhead(flat, at, false);
  if (!number || number.start !== at) return undefined;
  // "$2.5k - 5k": a letter behind both, or behind none.
  const k = /^k(?![\p{L}\d])/iu.test(flat.slice(number.end, number.end + 2));
  if (k !== (link.groups?.k !== undefined)) return undefined;
  if (!isRange(digitsOf(amount.digits), digitsOf(number.digits)))
    return undefined;
  const behind = number.end + (k ? 1 : 0);
  const after = flat.slice(behind, behind + 40);
  const terms = parseTerms(after);
  const open =
    LINE_GOES_ON.test(after) ||
    terms.terms.period !== undefined ||
    terms.terms.per !== undefined ||
    /^ ?[A-Z]{3}\b/.test(after);
  if (!open) return undefined;
  return {
    start: number.start,
    end: number.end,
    digits: number.digits,
    factor: number.factor,
    rest: number.rest,
    mark: amount.mark,
    part: 'upper',
  };
}
