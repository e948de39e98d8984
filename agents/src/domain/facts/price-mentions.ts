import type { Box } from '@agentic/api';
import { findAmounts, type Amount } from './amounts';
import { withoutBills } from './bills';
import type { CurrencyReader } from './currency';
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
  type OutlineNode,
  type Run,
} from './outline';
import {
  isBilledTotal,
  isFrom,
  judgeContext,
  magnitudeOf,
} from './price-context';
import type { Ledger, Refusal } from './refusals';
import {
  isBeside,
  labelAbove,
  lineAround,
  readTerms,
  type Line,
} from './terms-beside';
import { endsInCostVerb } from './sentences-of-prices';
import { findTableAmounts } from './table-amounts';
import { mergeTerms, parseTerms, type Terms } from './terms';

/** An amount of money that is offered as a price, at [start, end) of the visible text; `end` includes the terms beside it. */
export interface PriceMention {
  start: number;
  amountEnd: number;
  end: number;
  value: number;
  /** Absent where the page shows no mark (drawn by a style sheet). */
  currency?: string;
  terms: Terms;
  run: Run;
  node: OutlineNode;
  box: Box;
  fontSize: number;
  /** Stands in a sentence rather than in a card or table. */
  prose: boolean;
  cued: boolean;
  /** "+ $15 per agent": comes on top of what the plan costs. */
  added?: boolean;
  /** "from $29". */
  from?: boolean;
  /** The other end of a range that begins here. */
  upTo?: number;
  /** "billed $348 a year": what is taken at once. */
  billedTotal?: boolean;
  /** Stands in the column of another company. */
  rival?: boolean;
}

export interface MentionOptions {
  currency: CurrencyReader;
  /** Whether the page's language writes a decimal comma; undefined where it is not known. */
  commaDecimal: boolean | undefined;
  /** Languages whose words are understood, English among them. */
  languages: readonly string[];
  ledger: Ledger;
}

const MAX_MENTIONS = 600;
const PROSE_WORDS = 8;
const FOOTNOTE = /^\s{0,3}[*†‡¹²³§]/;
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

/** Their full stop ends no sentence. */
const ABBREVIATED =
  /(?<!\p{L})(?:zzgl|inkl|incl|excl|exkl|exc|inc|ca|max|min|bzw|mind|ggf|tel|nr|no|st|approx|ekskl|vč|bez|śr|maks|od|per)\. /giu;

/** Many words around an amount that is not set apart from them by its size. */
function isProse(
  outline: Outline,
  line: Line,
  start: number,
  end: number,
  box: Box,
): boolean {
  const around = `${outline.flat.slice(line.start, start)} ${outline.flat.slice(
    Math.min(end, line.end),
    line.end,
  )}`;
  const words = around.split(/\s+/).filter(word => /\p{L}/u.test(word)).length;
  if (FOOTNOTE.test(outline.flat.slice(line.start, start))) return true;
  const sentences = /\p{L}{2}[.?!] +\p{L}/u.test(
    around.replace(ABBREVIATED, ''),
  );
  if (words <= PROSE_WORDS && !sentences) return false;
  const other = runsBetween(outline, line.start, line.end).find(
    run => run.end <= start || run.start >= end,
  );
  const own = runsBetween(outline, start, end)[0];
  return !(
    other &&
    own &&
    own.fontSize >= other.fontSize * 1.4 &&
    box.height > 0
  );
}

const LEADS_ON =
  /(?<!\b(?:as low|starting|billed|price) )\b(?:of|over|under|above|below|by|with|about|in|such as|like|around|than)\s{1,2}$/i;
const GOES_ON = /^\s{1,2}(?!or\b|and\b|to\b)\p{Ll}{2,}\s\p{Ll}+(?:\s\S+){2}/u;

/** "Invoices over $10,000 now need two approvals": an amount that is spoken of in passing. */
function isPassing(before: string, after: string): boolean {
  return (
    LEADS_ON.test(before) || (/\p{L}/u.test(before) && GOES_ON.test(after))
  );
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
  return Number((value * amount.factor + amount.rest).toFixed(8));
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
  const before = flat.slice(
    Math.max(line.start, amount.start - 90),
    amount.start,
  );
  const resume = amount.resume ?? amount.end;
  let after = flat.slice(resume, Math.min(line.end, resume + 60));
  const magnitude = magnitudeBehind(outline, run, resume, after);
  if (magnitude === 'large') return 'largeNumber';
  const grown = { ...amount };
  if (magnitude === 'thousand') {
    const k = /^\s?k/i.exec(after)?.[0].length ?? 0;
    if (!parseTerms(after.slice(k)).terms.period)
      return 'thousandsWithoutPeriod';
    value *= 1000;
    grown.end += k;
    after = after.slice(k);
  }
  const code = CODE_AFTER.exec(after);
  if (code) grown.end += code[0].length;
  const label = before.trim() === '' ? labelAbove(outline, run) : undefined;
  const below =
    after.trim() === '' && isBeside(runAt(outline, resume) ?? run, run.box)
      ? /^\s*\n([^\n]*)/.exec(flat.slice(resume, resume + 90))?.[1]
      : undefined;
  const sign = ADDED.exec(before);
  const own = sign ? before.slice(0, sign.index) : before;
  const around = {
    before: sign && /\p{L}/u.test(own) === false ? '' : own,
    after,
    label,
    below,
  };
  const verdict = judgeContext(around, languages);
  if (verdict !== 'price' && verdict !== 'cued') return verdict;
  const runs = runsBetween(outline, grown.start, grown.end);
  const box = union(runs.map(each => each.box));
  const { terms, end } = readTerms(outline, grown, line, box);
  if (amount.factor >= 1e7 && !terms.period) return 'largeNumber';
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
    currency: code?.[1] ?? options.currency.read(amount.mark),
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

const UP_TO =
  /^\s{0,2}(?:[-–—−~]|to|bis|à|a|do|até|til|tot|till|do|до|al|ile|から)\s{0,2}$/u;
const TOLD_AGAIN = /^\s{0,2}(?:[/|(·,–-]|or)?\s{0,2}$/;

/** "$19 / €17 per month": what follows the last currency is meant for all. */
function withSharedTerms(
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
function withRanges(
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

function readAmounts(outline: Outline, options: MentionOptions) {
  const amounts = [...findAmounts(outline, options.currency)];
  const habits = numberHabits(
    amounts.map(amount => amount.digits),
    options.commaDecimal,
  );
  return { amounts, habits };
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
      UP_TO.test(outline.flat.slice(refused, amount.start));
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
  const tabled = findTableAmounts(outline, options).filter(
    mention => !taken.has(mention.run),
  );
  const all = [...marked, ...tabled].sort((a, b) => a.start - b.start);
  return withoutBills(
    outline,
    withRanges(outline, withSharedTerms(outline, all), parts),
    options.ledger,
  );
}
