import { HOME_MAGNITUDES, MAGNITUDES } from '../vocabulary/magnitudes';
import { lowerCase, UNPARTED } from '../vocabulary/words';

/** A number as it stands in the text, with the words that multiply it: "1,290.00", "1.5 lakh", "3万5000". */
export interface ScaledNumber {
  /** Place in the text that was given. */
  start: number;
  end: number;
  /** As written: of the first part where there are several. */
  digits: string;
  /** What the first part is multiplied with. */
  factor: number;
  /** What comes on top: 5000 of "3万5000" and of "3万5,000", 20,000,000 of "1억 2천만". */
  rest: number;
  /** Where the digits end, without the word that multiplies them. */
  digitsEnd: number;
  /** The marks beside which the word means that; absent where it means nothing else. */
  marks?: RegExp;
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const UNITS = new Map<string, { factor: number; marks?: RegExp }>();
for (const [word, factor] of MAGNITUDES) UNITS.set(lowerCase(word), { factor });
for (const [word, factor, marks] of HOME_MAGNITUDES)
  UNITS.set(lowerCase(word), { factor, marks });
const UNIT = [...UNITS.keys()]
  .sort((one, other) => other.length - one.length)
  .map(word =>
    UNPARTED.test(word) ? escape(word) : `${escape(word)}(?![\\p{L}\\p{M}])`,
  )
  .join('|');
/** What stands behind such a word and comes on top: "5000", "5,000", "2천", "2천만". */
const REST = (end: string) =>
  `(?: ?(\\d,\\d{3}${end}|\\d{1,4}${end}) ?(千|천)?(만|万|萬)?)?`;
const NUMBER =
  "(?:\\d{1,2}(?:,\\d{2})+,\\d{3}(?!\\d)(?:\\.\\d{1,2}(?!\\d))?|\\d{1,3}(?:[.,]\\d{3})+(?!\\d)(?:[.,]\\d{1,3}(?!\\d))?|\\d{1,3}(?:[ '’]\\d{3})+(?!\\d)(?:[.,]\\d{1,3}(?!\\d))?|\\d{1,9}(?:[.,]\\d{1,8})?)";
const PLAIN = '\\d{1,9}(?:[.,]\\d{1,8})?';
const CENTS = '[.,]\\d{1,2}(?!\\d)';
const TAIL = '(?!\\d|[.,]\\d)';

const AHEAD = new RegExp(
  `[ :]{0,2}((${NUMBER}|${CENTS})${TAIL}(?: ?(${UNIT})${REST(
    '(?![\\d.,]\\d?)',
  )})?)`,
  'iuy',
);
const AHEAD_PLAIN = new RegExp(`[ :]{0,2}((${PLAIN})${TAIL})`, 'uy');
const BEFORE = new RegExp(
  `(?:^|[^\\d.,'’])((${NUMBER}|${CENTS})(?: ?(${UNIT})${REST(
    '',
  )})?)(?:[.,][-–—]{1,2}|\\.(?= ?$))? {0,2}$`,
  'iu',
);

function toScaled(match: RegExpExecArray, from: number): ScaledNumber {
  const [whole, written, digits, unit, more, thousands, myriads] = match;
  const start = from + match.index + whole.indexOf(written);
  const known = UNITS.get(lowerCase(unit ?? ''));
  const times = (thousands ? 1e3 : 1) * (myriads ? 1e4 : 1);
  return {
    start,
    end: start + written.length,
    digits,
    digitsEnd: start + digits.length,
    factor: known?.factor ?? 1,
    rest: more ? Number(more.replace(',', '')) * times : 0,
    ...(known?.marks ? { marks: known.marks } : {}),
  };
}

/** The number as it is meant beside a mark: "15 bin" is 15,000 liras, and 15 dollars for a bin. */
export function besideMark(number: ScaledNumber, mark: string): ScaledNumber {
  if (!number.marks || number.marks.test(mark)) return number;
  return { ...number, end: number.digitsEnd, factor: 1, rest: 0 };
}

/** The number that begins at `at`, past a space or a colon. @param plain "10" of "10 200" */
export function numberAhead(
  text: string,
  at: number,
  plain = false,
): ScaledNumber | undefined {
  APART_AHEAD.lastIndex = at;
  const apart = plain ? null : APART_AHEAD.exec(text);
  if (apart) return toScaled(apart, 0);
  const pattern = plain ? AHEAD_PLAIN : AHEAD;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? toScaled(match, 0) : undefined;
}

/** "$119. 95" and "1.837, 32 €": cents apart from their sign, where nothing else stands before or behind them on the line. */
const APART_AHEAD =
  /[ :]{0,2}((\d{1,3}(?:[.,]\d{3})*[.,] \d{2})(?= *(?:\n|$)))/y;
const APART_BEFORE = /^ *((\d{1,3}(?:[.,]\d{3})*[.,] \d{2})) {0,2}$/;

const REACH = 32;

/** The number that ends at `at`, before a space. Looks no further back than `from`. */
export function numberBefore(
  text: string,
  at: number,
  from: number,
): ScaledNumber | undefined {
  const near = text.slice(Math.max(from, at - REACH), at);
  const line = near.slice(near.lastIndexOf('\n') + 1);
  const whole = at - line.length === 0 || text[at - line.length - 1] === '\n';
  const match = (whole ? APART_BEFORE.exec(line) : null) ?? BEFORE.exec(line);
  const start = at - line.length;
  return match ? toScaled(match, start) : undefined;
}
