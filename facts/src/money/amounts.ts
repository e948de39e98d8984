import { LINE_GOES_ON, lowerEnd, upperEnd } from './amount-ranges';
import {
  CURRENCY_MARK,
  DASHED,
  FRANCS,
  LEADS,
  type CurrencyReader,
} from './currency';
import {
  closest,
  runAt,
  runsBetween,
  touches,
  type Outline,
  type Run,
} from '../page/outline';
import { isNoteNumber } from './footnotes';
import { plainText } from '../page/plain-text';
import {
  besideMark,
  numberAhead,
  numberBefore,
  type ScaledNumber,
} from './scaled-number';
import { parseTerms, periodOf } from './terms';
import { WORD_CODES } from '../vocabulary/written-marks';
import type { Amount } from './amount';
import { ROWS } from '../page/table-columns';

const DASHED_CENTS = /^[.,][-–—]{1,2}/;
const MAX_MARKS = 20_000;

const CODE = /^[A-Z]{3}$/;

/** "EUR" at the start of a row is what the row is about, and no mark of the number in the next cell. */
function isRowName(outline: Outline, mark: RegExpExecArray): boolean {
  if (!CODE.test(mark[0])) return false;
  const run = runAt(outline, mark.index);
  const row = run && run.text === mark[0] && closest(run.node, ROWS);
  return row !== undefined && row !== false && row.first === run?.index;
}

const JOINER = /[\u00a0\u202f\u2009\u2007]/;

/** "1 290" is one number; "$10" beside "200 credits" is not. */
function isOneNumber(
  outline: Outline,
  number: ScaledNumber,
  leads: boolean,
): boolean {
  if (!number.digits.includes(' ')) return true;
  if (runsBetween(outline, number.start, number.end).length > 1) return false;
  const written = outline.text.slice(number.start, number.end);
  if (!leads || JOINER.test(written) || !/ /.test(written)) return true;
  const after = outline.flat.slice(number.end, number.end + 60);
  return (
    /[.,]\d/.test(number.digits) ||
    LINE_GOES_ON.test(after) ||
    parseTerms(after).terms.period !== undefined
  );
}

/** "$.750.30": a full stop that belongs to the mark, for the number has a sign of its own. "$.75" has none. */
const DOTTED_MARK = /^\.(?:\.\d\d|\d{1,3}(?:[.,]\d{2,3})+)(?![\d.,])/;

/** A sign that is the last one of a word: "추가 인원 15,000원" has one mark, and it stands behind. */
const WORD_SIGN = /^[円圓元块원]$/;

function rightOf(outline: Outline, mark: RegExpExecArray): Amount | undefined {
  const { flat } = outline;
  if (WORD_SIGN.test(mark[0]) && /\p{L}/u.test(flat[mark.index - 1] ?? ''))
    return undefined;
  const behind = mark.index + mark[0].length;
  const dotted =
    mark[0].endsWith('$') && DOTTED_MARK.test(flat.slice(behind, behind + 16));
  const at = behind + (dotted ? 1 : 0);
  let number = numberAhead(flat, at);
  if (number && !isOneNumber(outline, number, mark[0].endsWith('$')))
    number = numberAhead(flat, at, true);
  if (!number) return undefined;
  number = besideMark(number, mark[0]);
  // A code with a colon is a label: "SKU: 12".
  if (flat.slice(at, number.start).includes(':') && !/[$€£]/.test(mark[0]))
    return undefined;
  const { digits, factor, rest } = number;
  // "新台幣 3 萬元" says its currency on both sides.
  const again = /^ ?[元圓円원]/.exec(flat.slice(number.end, number.end + 2));
  const end = number.end + (again?.[0].length ?? 0);
  return { start: mark.index, end, digits, factor, rest, mark: mark[0] };
}

function leftOf(
  outline: Outline,
  mark: RegExpExecArray,
  consumed: number,
): Amount | undefined {
  const { flat } = outline;
  let number = numberBefore(flat, mark.index, consumed);
  // "1,5 L €": what stands between number and mark is no part of either.
  if (!number || besideMark(number, mark[0]) !== number) return undefined;
  // Parts in several elements are one number where nothing parts them: "12" ".50".
  if (!isOneNumber(outline, number, false)) {
    const last = number.digits.lastIndexOf(' ') + 1;
    number = {
      ...number,
      start: number.start + last,
      digits: number.digits.slice(last),
    };
  }
  const { start, digits, factor, rest } = number;
  const end = mark.index + mark[0].length;
  const amount = { start, end, digits, factor, rest, mark: mark[0] };
  if (!/^\d{1,5}$/.test(digits) || /[\p{L}]/u.test(mark[0])) return amount;
  // "29€99" is how the French write it; "29€ 99" where nothing else stands on the line.
  const cents =
    /^(\d{2})(?![\d.,])/.exec(flat.slice(end, end + 3)) ??
    (onlyOfItsLine(outline, start, end) &&
      /^ (\d{2}) *(?:\n|$)/.exec(flat.slice(end, end + 6)));
  return cents
    ? {
        ...amount,
        digits: `${digits}.${cents[1]}`,
        end: end + cents[0].trimEnd().length,
      }
    : amount;
}

/** Begins its line, and ends in the run in which it begins. */
function onlyOfItsLine(outline: Outline, start: number, end: number): boolean {
  const { flat } = outline;
  const begins = flat.slice(flat.lastIndexOf('\n', start - 1) + 1, start);
  const run = runAt(outline, start);
  return begins.trim() === '' && run !== undefined && run.end > end + 2;
}

/** "1250€600" is no amount that can be told. */
function isTorn({ flat }: Outline, mark: RegExpExecArray): boolean {
  const end = mark.index + mark[0].length;
  return (
    /\p{Sc}/u.test(mark[0]) &&
    /\d/.test(flat[mark.index - 1] ?? '') &&
    /^\d{3}/.test(flat.slice(end, end + 3))
  );
}

/** Which side the page writes a mark on, where only one side holds a number. */
type Habits = ReadonlyMap<string, number>;

/** Found once for all that asks for them: the pattern is the longest of all. */
function marksOf(outline: Outline): RegExpExecArray[] {
  const marks: RegExpExecArray[] = [];
  for (const mark of outline.flat.matchAll(CURRENCY_MARK)) {
    if (marks.length >= MAX_MARKS) break;
    marks.push(mark);
  }
  return marks;
}

function readHabits(
  outline: Outline,
  marks: readonly RegExpExecArray[],
): Habits {
  const habits = new Map<string, number>();
  for (const mark of marks) {
    const right = rightOf(outline, mark) !== undefined;
    const left = leftOf(outline, mark, 0) !== undefined;
    if (left !== right)
      habits.set(mark[0], (habits.get(mark[0]) ?? 0) + (right ? 1 : -1));
  }
  return habits;
}

function amountAt(
  outline: Outline,
  mark: RegExpExecArray,
  consumed: number,
  habits: Habits,
): Amount | undefined {
  if (isTorn(outline, mark)) return undefined;
  const left = leftOf(outline, mark, consumed);
  const right = rightOf(outline, mark);
  if (!left || !right) return left ?? right;
  const habit = habits.get(mark[0]) ?? 0;
  const leads = habit === 0 ? LEADS.test(mark[0]) : habit > 0;
  return leads ? right : left;
}

const isRaised = (tail: Run, main: Run): boolean =>
  tail.tag === 'sup' ||
  /(?:^|> )sup(?![\w-])[^>]*$/.test(tail.selector) ||
  tail.fontSize < main.fontSize * 0.95 ||
  tail.box.y + tail.box.height <
    main.box.y + main.box.height - main.box.height * 0.15;

const plainWhole = (text: string): string | undefined => {
  const digits = plainText(text)
    .replace(/^[^\d]+/, '')
    .trim();
  const whole = /^\d{1,3}(?:[.,'’ ]\d{3})*$|^\d{1,9}$/.test(digits);
  return whole ? digits.replace(/\D/g, '') : undefined;
};

/** What stands before the number of a note. A mark may follow it: "49¹³ €". */
function withoutNote(
  outline: Outline,
  amount: Amount,
  written: string,
  tail: Run,
): Amount {
  const digits = plainText(written)
    .replace(/[^\d.,'’ ]/g, '')
    .trim();
  if (amount.end > tail.end) return { ...amount, digits };
  const { end } = outline.runs[tail.index - 1];
  return { ...amount, digits, end, resume: tail.end };
}

/** "$29" with a raised "99" is 29.99; "$29" with a raised "1" is 29 and a footnote. */
function withCents(outline: Outline, amount: Amount): Amount {
  if (amount.factor !== 1) return amount;
  const within = (run: Run) =>
    outline.flat.slice(
      Math.max(run.start, amount.start),
      Math.min(run.end, amount.end),
    );
  const runs = runsBetween(outline, amount.start, amount.end).filter(run =>
    /\d/.test(within(run)),
  );
  const main = [...runs].sort((a, b) => b.fontSize - a.fontSize)[0];
  if (!main) return amount;
  const tail = runs[runs.length - 1];
  if (tail !== main && tail.index > main.index && isRaised(tail, main)) {
    const whole = plainWhole(
      outline.text.slice(amount.start, outline.runs[tail.index - 1].end),
    );
    const text = within(tail).replace(/[^\d.,]/g, '');
    const written = outline.text.slice(
      amount.start,
      outline.runs[tail.index - 1].end,
    );
    if (isNoteNumber(outline, written, { text, tag: tail.tag }))
      return withoutNote(outline, amount, written, tail);
    if (whole && /^[.,]?\d{2}$/.test(text))
      return { ...amount, digits: `${whole}.${text.replace(/\D/g, '')}` };
  }
  const last = runAt(outline, amount.end - 1) ?? tail;
  const next = outline.runs[last.index + 1];
  const whole = plainWhole(amount.digits);
  if (!next || !whole || last.end !== amount.end || next.struck) return amount;
  const text = plainText(next.text.slice(0, 8));
  const cents = /^([.,])?(\d{2})(?![\d.,]?\d)/.exec(text);
  const fits =
    cents &&
    touches(last, next) &&
    (cents[1] !== undefined
      ? next.start === last.end || isRaised(next, main)
      : isRaised(next, main));
  if (!fits) return amount;
  return {
    ...amount,
    digits: `${whole}.${cents[2]}`,
    end: next.start + cents[0].length,
  };
}

function withDashes(flat: string, amount: Amount): Amount {
  const dashes = DASHED_CENTS.exec(flat.slice(amount.end, amount.end + 3));
  return dashes ? { ...amount, end: amount.end + dashes[0].length } : amount;
}

const WEEKDAYS =
  /\b(?:mo|di|mi|do|sa|so|lu|ma|me|je|ve|mon|tue|wed|thu)\.?,?\s?(?:[-–—/+&,]|und|bis|et)\s?$/i;
const CLOCK = /^\s?(?:uhr\b|h\b|[-–—]\s?\d|\.\s?\p{L})/iu;

/** "Fr. 14.30 Uhr" is a Friday. */
function isFriday(outline: Outline, { start, end, mark }: Amount): boolean {
  if (!FRANCS.test(mark)) return false;
  const before = outline.flat.slice(Math.max(0, start - 12), start);
  return WEEKDAYS.test(before) || CLOCK.test(outline.flat.slice(end, end + 8));
}

const NOT_BESIDE = /[^\s\d.,:;()/*+|~<>≈%'’"–—-]/u;

/** A letter or a word as a mark counts where nothing but terms stands beside the amount. */
function fillsLine({ flat }: Outline, { start, end }: Amount): boolean {
  const before = flat
    .slice(Math.max(0, start - 60), start)
    .split('\n')
    .pop()!;
  const [after] = flat.slice(end, end + 100).split('\n');
  const { used } = parseTerms(after);
  return !NOT_BESIDE.test(before) && !NOT_BESIDE.test(after.slice(used));
}

function isDoubtful(
  outline: Outline,
  amount: Amount,
  reader: CurrencyReader,
): boolean {
  if (!reader.isRisky(amount.mark)) return false;
  // "1 den" is a day in Prague; in Skopje the mark is no risk. "336 р." are roubles, though a year is written so in Kyiv.
  if (amount.mark.length > 2 && periodOf(amount.mark)) return true;
  const trails = /\d/.test(outline.flat[amount.start]);
  if (WORD_CODES.has(amount.mark))
    return !trails && !/[.,]\d\d$/.test(amount.digits);
  const short = amount.mark.length === 1 && amount.digits.length < 2;
  return short || !fillsLine(outline, amount);
}

const MARK_NEXT = new RegExp(`^\\s?(?:${CURRENCY_MARK.source})`, 'u');

/** "249,–" in a country that writes so; not "29,- €", which has a mark, nor "3,-5". */
function isDashed(
  { flat }: Outline,
  mark: RegExpExecArray,
  reader: CurrencyReader,
): boolean {
  const behind = flat.slice(
    mark.index + mark[0].length,
    mark.index + mark[0].length + 12,
  );
  return (
    /\d/.test(flat[mark.index - 1] ?? '') &&
    !/^\s?\d/.test(behind) &&
    !MARK_NEXT.test(behind) &&
    reader.read(mark[0]) !== undefined
  );
}

/** "89.–" is how francs are written, and "199.90 Fr." alone on its line is nothing else. */
function isFrancs(outline: Outline, amount: Amount, written: string): boolean {
  return (
    /\d[.,][-–—]/.test(written) ||
    (/\d\.\d\d\s?S?Fr\.?$/i.test(written) && fillsLine(outline, amount))
  );
}

/** Every amount with a mark, in the order of the text; none shares its number with another. */
export function* findAmounts(
  outline: Outline,
  reader: CurrencyReader,
): Iterable<Amount> {
  const marks = marksOf(outline);
  const habits = readHabits(outline, marks);
  let consumed = 0;
  for (const mark of marks) {
    if (mark.index < consumed || isRowName(outline, mark)) continue;
    if (DASHED.test(mark[0]) && !isDashed(outline, mark, reader)) continue;
    const plain = amountAt(outline, mark, consumed, habits);
    if (!plain || isDoubtful(outline, plain, reader)) continue;
    const amount = withDashes(outline.flat, withCents(outline, plain));
    const written = outline.flat.slice(amount.start, amount.end);
    if (
      FRANCS.test(mark[0]) &&
      !reader.swiss &&
      !isFrancs(outline, amount, written)
    )
      continue;
    if (isFriday(outline, amount)) continue;
    const lower = lowerEnd(outline, amount, consumed);
    if (lower) yield lower;
    yield lower ? { ...amount, part: 'upper' } : amount;
    consumed = amount.resume ?? amount.end;
    const upper = upperEnd(outline, amount);
    if (!upper) continue;
    yield upper;
    consumed = upper.end;
  }
}
