import { CURRENCY_MARK, FRANCS, LEADS } from './currency';
import { closest, runAt, runsBetween, touches, type Outline } from './outline';

const NUMBER =
  /\s{0,2}(\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d{1,2}(?!\d))?|\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,9}(?:[.,]\d{1,6})?)(?!\d|[.,]\d)/y;
const PLAIN_NUMBER = /\s{0,2}(\d{1,9}(?:[.,]\d{1,6})?)(?!\d|[.,]\d)/y;
const NUMBER_BEFORE =
  /(?:^|[^\d.,'’])(\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,6})?)(?:[.,][-–—]{1,2})?\s{0,2}$/;
const DASHED_CENTS = /^[.,][-–—]{1,2}/;

const MAX_MARKS = 20_000;

/** A number with its currency mark, at [start, end) of the visible text. */
export interface Amount {
  start: number;
  end: number;
  digits: string;
  mark: string;
  /** Where the terms start, where that is not the end: a footnote's sign lies between. */
  resume?: number;
}

const CODE = /^[A-Z]{3}$/;
const ROWS = new Set(['tr']);

/** "EUR" at the start of a row is what the row is about, and no mark of the number in the next cell. */
function isRowName(outline: Outline, mark: RegExpExecArray): boolean {
  if (!CODE.test(mark[0])) return false;
  const run = runAt(outline, mark.index);
  const row = run && run.text === mark[0] && closest(run.node, ROWS);
  return row !== undefined && row !== false && row.first === run?.index;
}

function rightOf(outline: Outline, mark: RegExpExecArray): Amount | undefined {
  const { flat } = outline;
  const at = mark.index + mark[0].length;
  NUMBER.lastIndex = at;
  let match = NUMBER.exec(flat);
  // "1 290" is one number; "$10" beside "200 credits" is not.
  if (match?.[1].includes(' ')) {
    const runs = runsBetween(outline, at, at + match[0].length);
    if (runs.length > 1 || LEADS.test(mark[0])) {
      PLAIN_NUMBER.lastIndex = at;
      match = PLAIN_NUMBER.exec(flat);
    }
  }
  if (!match) return undefined;
  return {
    start: mark.index,
    end: at + match[0].length,
    digits: match[1],
    mark: mark[0],
  };
}

function leftOf(
  outline: Outline,
  mark: RegExpExecArray,
  consumed: number,
): Amount | undefined {
  const from = Math.max(consumed, mark.index - 24);
  const match = NUMBER_BEFORE.exec(outline.flat.slice(from, mark.index));
  if (!match) return undefined;
  const start = from + match.index + match[0].indexOf(match[1]);
  return {
    start,
    end: mark.index + mark[0].length,
    digits: match[1],
    mark: mark[0],
  };
}

function amountAt(
  outline: Outline,
  mark: RegExpExecArray,
  consumed: number,
): Amount | undefined {
  const left = LEADS.test(mark[0])
    ? undefined
    : leftOf(outline, mark, consumed);
  return left ?? rightOf(outline, mark);
}

/** "$29" with a raised "99" is 29.99; "$29" with a raised "1" is 29 and a footnote. */
function withCents(outline: Outline, amount: Amount): Amount {
  if (
    LEADS.test(amount.mark) === false &&
    outline.flat[amount.end - 1] === amount.mark.slice(-1)
  )
    return amount;
  const runs = runsBetween(outline, amount.start, amount.end);
  const main = [...runs].sort((a, b) => b.fontSize - a.fontSize)[0];
  if (!main || !/\d/.test(main.text)) return amount;
  const tail = runs[runs.length - 1];
  if (tail !== main && tail.fontSize < main.fontSize * 0.8) {
    const whole = outline.text
      .slice(amount.start, main.end)
      .replace(/^\D+/, '');
    if (/^[.,]?\d{2}$/.test(tail.text) && /^\d+$/.test(whole))
      return { ...amount, digits: `${whole}.${tail.text.replace(/\D/g, '')}` };
    if (/^\d$/.test(tail.text))
      return { ...amount, digits: whole, end: main.end, resume: tail.end };
  }
  const next = outline.runs[tail.index + 1];
  const cents =
    next &&
    tail.end === amount.end &&
    next.fontSize < main.fontSize * 0.8 &&
    touches(tail, next) &&
    /^[.,]?(\d{2})(?!\d)/.exec(next.text);
  if (!cents || !/^\d+$/.test(amount.digits)) return amount;
  return {
    ...amount,
    digits: `${amount.digits}.${cents[1]}`,
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

const RANGE_FROM =
  /(^\s*|(?<![\p{L}])(?:ab|von|zwischen|from|between|de|entre|da|od)\s)(\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?)\s?(?:[-–—]|bis|à|to|do|até|and|und|et|y|e)\s?$/iu;

/** "3.500 – 7.500 €": the mark behind the second end is meant for both. Only at the start of a line, or after "from". */
function lowerEnd(
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
  const digits = (text: string) => Number(text.replace(/\D/g, ''));
  const [low, high] = [digits(match[2]), digits(amount.digits)];
  if (low < 2 || low >= high || high > low * 50) return undefined;
  return {
    start,
    end: start + match[2].length,
    digits: match[2],
    mark: amount.mark,
  };
}

/** Every amount with a mark, in the order of the text; none shares its number with another. */
export function* findAmounts(
  outline: Outline,
  swiss = false,
): Iterable<Amount> {
  let consumed = 0;
  let marks = 0;
  for (const mark of outline.flat.matchAll(CURRENCY_MARK)) {
    marks += 1;
    if (marks > MAX_MARKS) return;
    if (mark.index < consumed || isRowName(outline, mark)) continue;
    const plain = amountAt(outline, mark, consumed);
    if (!plain) continue;
    const amount = withDashes(outline.flat, withCents(outline, plain));
    const written = outline.flat.slice(amount.start, amount.end);
    if (FRANCS.test(mark[0]) && !swiss && !/\d[.,][-–—]/.test(written))
      continue;
    if (isFriday(outline, amount)) continue;
    const lower = lowerEnd(outline, amount, consumed);
    if (lower) yield lower;
    consumed = amount.resume ?? amount.end;
    yield amount;
  }
}
