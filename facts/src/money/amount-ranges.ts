import type { Outline } from '../page/outline';
import { numberAhead } from './scaled-number';
import { parseTerms } from './terms';
import type { Amount } from './amount';

/** Ranges that say their mark once: "3.500 – 7.500 €", "$300 – 600". */

/** Behind a number with which its line, or its terms, go on. */
export const LINE_GOES_ON = /^\s*(?:$|[\n/,.;:()*+-])/;

const BETWEEN =
  '[-–—−~]|bis|à|to|do|até|and|und|et|y|e|a|ile|til|tot|till|–|до|से|至|から|부터';
const RANGE_FROM = new RegExp(
  `(^\\s*|(?<![\\p{L}])(?:ab|von|zwischen|from|between|de|entre|da|od|van|fra|från|от|від|из)\\s)(\\d{1,3}(?:[.,'’ ]\\d{3})+(?:[.,]\\d{1,2})?|\\d{1,7}(?:[.,]\\d{1,2})?)\\s?(?:${BETWEEN})\\s?$`,
  'iu',
);
const digitsOf = (text: string) => Number(text.replace(/\D/g, ''));
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

const RANGE_TO = /^ ?(?:[-–—−~]|to|bis|à|a|do|até|til|tot|till|до) ?/u;

/** "$300 – 600": the mark before the first end is meant for both. What follows must not make the second a number of its own. */
export function upperEnd(
  { flat }: Outline,
  amount: Amount,
): Amount | undefined {
  if (/\d/.test(flat[amount.start])) return undefined;
  const link = RANGE_TO.exec(flat.slice(amount.end, amount.end + 6));
  const at = amount.end + (link?.[0].length ?? 0);
  const number = link && numberAhead(flat, at, false);
  if (!number || number.start !== at) return undefined;
  if (!isRange(digitsOf(amount.digits), digitsOf(number.digits)))
    return undefined;
  const after = flat.slice(number.end, number.end + 40);
  const terms = parseTerms(after);
  const open =
    LINE_GOES_ON.test(after) ||
    terms.terms.period !== undefined ||
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
