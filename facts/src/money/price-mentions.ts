import { UNSURE_MAGNITUDE } from '../vocabulary/magnitudes';
import { findAmounts } from './amounts';
import { withoutBills } from './bills';
import type { CurrencyReader } from './currency';
import { isEquated, isPassing, isProse } from './in-sentences';
import { RANGE_LINK, withRanges, withSharedTerms } from './mention-ranges';
import { numberHabits, parseAmount, type NumberHabits } from './numbers';
import {
  closest,
  commonAncestor,
  runAt,
  runsBetween,
  touches,
  union,
  verticalOverlap,
  type Outline,
  type Run,
} from '../page/outline';
import {
  isBilledTotal,
  isFrom,
  judgeContext,
  magnitudeOf,
} from './price-context';
import type { Surroundings } from './price-concepts';
import type { Ledger, Refusal } from './refusals';
import { isBeside, labelAbove, lineAround, readTerms } from './terms-beside';
import { parseTerms } from './terms';
import { endsInCostVerb } from './sentences-of-prices';
import { findTableAmounts } from './table-amounts';
import { columnHead } from '../page/table-columns';
import type { Amount } from './amount';
import type { PriceMention } from './mention';

export interface MentionOptions {
  currency: CurrencyReader;
  /** Whether the page's language writes a decimal comma; undefined where it is not known. */
  commaDecimal: boolean | undefined;
  /** Languages whose words are understood, English among them. */
  languages: readonly string[];
  ledger: Ledger;
}

const MAX_MENTIONS = 600;
/** Of bare numbers in tables. */
const MAX_CELLS = 400;
const CODE_AFTER =
  /^ {0,2}\(?(USD|EUR|GBP|CHF|AUD|CAD|NZD|SGD|HKD|MXN|SEK|NOK|DKK|COP|CLP|ARS|TWD|JPY|CNY)\b/;
const OUTSIDE = new Set(['nav', 'select', 'option']);
const QUOTED = new Set(['blockquote', 'q', 'cite']);
const CHROME = new Set(['header', 'footer']);

function isOutside(run: Run): boolean {
  if (closest(run.node, OUTSIDE) || closest(run.node, QUOTED)) return true;
  const chrome = closest(run.node, CHROME);
  return chrome !== undefined && chrome.depth <= 4;
}

function isYear(value: number, written: string, marked: string): boolean {
  return (
    /^(?:[A-Z]{3}|dollars|[Ee]uros?)$/.test(marked) &&
    /^\d{4}$/.test(written) &&
    value >= 1990 &&
    value <= 2040
  );
}

/** Before an amount that is added to another. "Plus $29" with a capital may be a plan called Plus. */
const ADDED =
  /(?:^|[\s(])(?:\+|plus|zzgl\.|zuzüglich|más|mais|oltre a|oraz|プラス)\s{0,2}$/u;

/** What an amount is worth: its digits by the habits of the page and its currency. */
function valueOf(
  amount: Amount,
  habits: NumberHabits,
  reader: CurrencyReader,
): number | undefined {
  const currency = reader.read(amount.mark);
  const value = parseAmount(amount.digits, habits, reader.habits(currency));
  if (value === undefined) return undefined;
  return Number((value * amount.factor + amount.rest).toPrecision(15));
}

const UPPER_END =
  /^\s?(?:[-–—−~～〜]|to|bis|à|a|do|al|tot|до)\s?(?:\p{Sc}\s?)?\d[\d.,]{0,12}\s?k(?![\p{L}\d])/iu;

/** "$2k–$5k per month": what stands behind the upper end is meant for both. */
function endsWithPeriod(after: string): boolean {
  const upper = UPPER_END.exec(after)?.[0];
  return (
    upper !== undefined &&
    parseTerms(after.slice(upper.length)).terms.period !== undefined
  );
}

/** "$43" in large type often has "million" on the line below, or a small "M" beside it. */
function magnitudeBehind(
  outline: Outline,
  run: Run,
  resume: number,
  after: string,
) {
  const { flat } = outline;
  if (!/^\s*\n/.test(flat.slice(resume, resume + 4))) return magnitudeOf(after);
  const next = outline.runs[(runAt(outline, resume - 1) ?? run).index + 1];
  return magnitudeOf(
    flat.slice(resume, resume + 30).replace(/^\s*\n/, ' '),
    !next || !touches(run, next),
  );
}

/** "+ $15" with no word before it is judged as if the sign were not there. */
function withoutSign(before: string, sign: RegExpExecArray | null): string {
  const own = sign ? before.slice(0, sign.index) : before;
  return sign && !/\p{L}/u.test(own) ? '' : own;
}

/** What an amount is judged by. @param said of its line; `alone` where nothing stands before it */
function surroundings(
  outline: Outline,
  run: Run,
  resume: number,
  said: { before: string; after: string; alone: boolean },
): Surroundings {
  const { before, after, alone } = said;
  const fillsLine =
    after.trim() === '' && isBeside(runAt(outline, resume) ?? run, run.box);
  return {
    before,
    after,
    label: alone ? labelAbove(outline, run) : undefined,
    below: fillsLine
      ? /^\s*\n([^\n]*)/.exec(outline.flat.slice(resume, resume + 90))?.[1]
      : undefined,
    head: columnHead(outline, run.node),
  };
}

function toMention(
  outline: Outline,
  amount: Amount,
  options: MentionOptions & { habits: NumberHabits },
): PriceMention | Refusal {
  const { flat } = outline;
  const { languages } = options;
  let value = valueOf(amount, options.habits, options.currency);
  const run = runAt(outline, amount.start);
  if (value === undefined)
    return /^\d{1,3}[.,]\d{3}$/.test(amount.digits)
      ? 'ambiguousSeparator'
      : 'unreadableNumber';
  if (!run) return 'unreadableNumber';
  if (isOutside(run)) return 'outsideContent';
  const line = lineAround(flat, amount.start, amount.end);
  if (isEquated(flat, line, amount)) return 'equation';
  const before = flat.slice(
    Math.max(line.start, amount.start - 90),
    amount.start,
  );
  const resume = amount.resume ?? amount.end;
  let after = flat.slice(resume, Math.min(line.end, resume + 60));
  if (amount.factor === 1 && UNSURE_MAGNITUDE.test(after))
    return 'unreadableNumber';
  const magnitude = magnitudeBehind(outline, run, resume, after);
  if (magnitude === 'large') return 'largeNumber';
  const grown = { ...amount };
  if (magnitude === 'thousand') {
    const k = /^\s?k/i.exec(after)?.[0].length ?? 0;
    value *= 1000;
    grown.end += k;
    if (grown.resume !== undefined) grown.resume += k;
    after = after.slice(k);
  }
  const code = CODE_AFTER.exec(after);
  if (code) grown.end += code[0].length;
  const sign = ADDED.exec(before);
  const around = surroundings(outline, run, resume, {
    before: withoutSign(before, sign),
    after,
    alone: before.trim() === '',
  });
  const verdict = judgeContext(around, languages);
  if (verdict !== 'price' && verdict !== 'cued') return verdict;
  const currency = code?.[1] ?? options.currency.read(amount.mark);
  const runs = runsBetween(outline, grown.start, grown.end);
  const box = union(runs.map(each => each.box));
  const { terms, end } = readTerms(outline, grown, line, box, languages);
  if (amount.factor >= 1e7 && !terms.period) return 'largeNumber';
  if (magnitude === 'thousand' && !terms.period && !endsWithPeriod(after))
    return 'thousandsWithoutPeriod';
  if (isYear(value, amount.digits, amount.mark) && !terms.period)
    return 'yearNumber';
  const bare = !terms.period && !terms.per && !terms.billed;
  if (sign && bare) return 'addedWithoutTerms';
  if (bare && isPassing(before, flat.slice(Math.max(end, resume), line.end)))
    return 'inPassing';
  const prose =
    endsInCostVerb(before.trim()) ||
    isProse(outline, line, grown.start, end, box);
  const cued = verdict === 'cued' || terms.period !== undefined;
  if (prose && !cued) return 'inProse';
  return {
    start: grown.start,
    amountEnd: grown.end,
    end,
    value,
    currency,
    ...(!currency && amount.mark !== '' ? { unknownMark: true } : {}),
    terms,
    run: runs.find(each => /\d/.test(each.text)) ?? run,
    node: runs.reduce(
      (node, each) => commonAncestor(node, each.node),
      run.node,
    ),
    box,
    fontSize: Math.max(...runs.map(each => each.fontSize)),
    prose,
    cued,
    ...(sign ? { added: true } : {}),
    ...(isFrom(around, languages) ? { from: true } : {}),
    ...(isBilledTotal(before, languages) ? { billedTotal: true } : {}),
  };
}

/** "29" in large type with "/month" beside it, where the mark is drawn by a style sheet. */
function findBare(
  outline: Outline,
  taken: readonly PriceMention[],
  options: MentionOptions & { habits: NumberHabits },
): PriceMention[] {
  const found: PriceMention[] = [];
  let index = 0;
  for (const run of outline.runs) {
    if (run.struck || !/^\d{1,6}(?:[.,]\d{1,2})?$/.test(run.text)) continue;
    while (index < taken.length && taken[index].end <= run.start) index += 1;
    if (index < taken.length && taken[index].start < run.end) continue;
    const next = outline.runs[run.index + 1];
    const linked =
      next &&
      /^(?:\/|per\b)/i.test(next.text) &&
      verticalOverlap(run.box, next.box) > 0.2;
    if (!linked || run.fontSize < next.fontSize * 1.2 || run.fontSize < 18)
      continue;
    const amount = {
      start: run.start,
      end: run.end,
      digits: run.text,
      factor: 1,
      rest: 0,
      mark: '',
    };
    const mention = toMention(outline, amount, options);
    if (typeof mention !== 'string' && mention.terms.period)
      found.push({ ...mention, currency: undefined });
  }
  return found;
}

function readAmounts(outline: Outline, options: MentionOptions) {
  const amounts = [...findAmounts(outline, options.currency)];
  const habits = numberHabits(
    amounts.map(amount => amount.digits),
    options.commaDecimal,
  );
  return { amounts, habits };
}

/** "400K" beside prices in dollars: a mark that several currencies share is not that of the page's own. */
function withoutUnknownMarks(
  mentions: readonly PriceMention[],
  ledger: Ledger,
): PriceMention[] {
  const known = mentions.some(({ currency }) => currency);
  return mentions.filter(mention => {
    if (known && mention.unknownMark) ledger.refuse(mention, 'unknownCurrency');
    return !known || !mention.unknownMark;
  });
}

/** Every visible amount that is offered as a price, in the order of the text. */
export function findPriceMentions(
  outline: Outline,
  asked: MentionOptions,
): PriceMention[] {
  const found: PriceMention[] = [];
  const { amounts, habits } = readAmounts(outline, asked);
  const options = { ...asked, habits };
  let refused = -1;
  for (const amount of amounts) {
    const mention = toMention(outline, amount, options);
    // What the first end of a range is no price of, the second is none of either.
    const goesOn =
      refused >= 0 &&
      amount.start - refused < 8 &&
      RANGE_LINK.test(outline.flat.slice(refused, amount.start));
    const spot = {
      ...amount,
      value: valueOf(amount, habits, options.currency),
      currency: options.currency.read(amount.mark),
    };
    refused = amount.end;
    if (found.length >= MAX_MENTIONS) options.ledger.refuse(spot, 'tooMany');
    else if (goesOn) options.ledger.refuse(spot, 'secondEndOfNoPrice');
    else if (typeof mention === 'string') options.ledger.refuse(spot, mention);
    else {
      found.push(mention);
      refused = -1;
    }
  }
  const parts = new Map(amounts.map(({ start, part }) => [start, part]));
  const marked = [...found, ...findBare(outline, found, options)];
  const taken = new Set(marked.map(mention => mention.run));
  const cells = findTableAmounts(outline, options).filter(
    mention => !taken.has(mention.run),
  );
  const tabled = cells.slice(0, MAX_CELLS);
  for (const mention of cells.slice(MAX_CELLS))
    options.ledger.refuse(mention, 'tooMany');
  const all = withoutUnknownMarks([...marked, ...tabled], options.ledger).sort(
    (a, b) => a.start - b.start,
  );
  return withoutBills(
    outline,
    withRanges(outline, withSharedTerms(outline, all), parts),
    options.ledger,
  );
}
