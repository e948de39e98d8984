import type { Box } from '@agentic/api';
import { findAmounts, type Amount } from './amounts';
import { withoutBills } from './bills';
import type { CurrencyReader } from './currency';
import { parseAmount } from './numbers';
import {
  closest,
  commonAncestor,
  horizontalOverlap,
  runAt,
  runsBetween,
  STOP,
  union,
  verticalOverlap,
  type Outline,
  type OutlineNode,
  type Run,
} from './outline';
import { judgeContext, magnitudeOf } from './price-context';
import type { Ledger, Refusal } from './refusals';
import { findTableAmounts } from './table-amounts';
import { mergeTerms, parseTerms, termsInLabel, type Terms } from './terms';

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
}

export interface MentionOptions {
  currency: CurrencyReader;
  commaDecimal: boolean;
  ledger: Ledger;
}

const MAX_MENTIONS = 600;
const PROSE_WORDS = 8;
const FOOTNOTE = /^\s{0,3}[*†‡¹²³§]/;
const CODE_AFTER =
  /^\s{0,2}(USD|EUR|GBP|CHF|AUD|CAD|NZD|SGD|HKD|MXN|SEK|NOK|DKK)\b/;
const OUTSIDE = new Set(['nav', 'select', 'option']);
const QUOTED = new Set(['blockquote', 'q', 'cite']);
const TITLES = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'dt',
  'th',
  'summary',
]);
const CHROME = new Set(['header', 'footer']);

interface Line {
  start: number;
  end: number;
}

function lineAround(flat: string, start: number, end: number): Line {
  const stopsAt = (index: number) =>
    flat[index] === '\n' || flat[index] === STOP;
  let from = start;
  while (from > 0 && start - from < 400 && !stopsAt(from - 1)) from -= 1;
  let to = end;
  while (to < flat.length && to - end < 400 && !stopsAt(to)) to += 1;
  return { start: from, end: to };
}

function labelAbove(outline: Outline, first: Run): string | undefined {
  const label = outline.runs[first.index - 1];
  if (!label || label.struck || label.text.length > 40) return undefined;
  if (/^h[1-6]$/.test(label.tag)) return undefined;
  const shared = commonAncestor(label.node, first.node);
  return first.node.depth - shared.depth <= 3 ? label.text : undefined;
}

function isPeriodWord(words: string): boolean {
  return /^(?:(?:billed|paid|pay) )?(?:monthly|annual(?:ly)?|yearly|weekly|month|year|monatlich|jährlich|mensuel|annuel|mensual|anual)(?: (?:plan|price|billing))?:?$/i.test(
    words.trim(),
  );
}

/** The period that a label of its own, on the line above the amount, says. */
function periodAbove(outline: Outline, amount: Amount): Terms['period'] {
  const run = runAt(outline, amount.start);
  const label = run && run.start === amount.start && labelAbove(outline, run);
  if (!label || !isPeriodWord(label) || /^(?:billed|paid|pay) /i.test(label))
    return undefined;
  return termsInLabel(label).period;
}

/** In the same column below, or in the same row to the right. */
function isBeside(run: Run, box: Box): boolean {
  const below = run.box.y - (box.y + box.height);
  if (below >= 60) return false;
  const gap = run.box.x - (box.x + box.width);
  if (verticalOverlap(run.box, box) > 0.3) return gap > -4 && gap < 240;
  const wide = { ...box, x: box.x - 24, width: box.width + 48 };
  return horizontalOverlap(run.box, wide) > 0;
}

/** Terms on the lines under the amount: "per seat", "billed annually". Stops at the first line that says something else. */
function termsBelow(
  outline: Outline,
  mention: Terms,
  end: number,
  box: Box,
  labelled: boolean,
) {
  let terms = mention;
  let reach = end;
  let run = runAt(outline, end);
  let misses = 0;
  for (let looked = 0; run && looked < 5 && misses < 2; looked += 1) {
    const from = Math.max(run.start, end);
    const stop = Math.max(run.end, lineAround(outline.flat, from, run.end).end);
    const words = outline.flat.slice(from, stop);
    if (!isBeside(run, box) || closest(run.node, TITLES)) break;
    if (run.struck) {
      run = outline.runs[run.index + 1];
      continue;
    }
    // "Monthly $12 Yearly $120": the label of the next amount, not the terms of this one.
    if (labelled && isPeriodWord(words)) break;
    const parsed = parseTerms(words);
    const understood =
      /^\s*(?:\/|(?:per|pro|par|por|al|ao|im|every|each|på)\b|all['’]|a (?:month|year|week|day)\b)/i.test(
        words,
      ) || parsed.used >= words.trim().length * 0.55;
    if (parsed.found && (understood || parsed.terms.billed)) {
      terms = mergeTerms(terms, parsed.terms);
      reach = from + parsed.used;
    } else if (/\d/.test(words) || words.length > 40) break;
    else if (words.trim() !== '') misses += 1;
    run = runAt(outline, stop + 1);
  }
  return { terms, reach };
}

function readTerms(
  outline: Outline,
  amount: Amount,
  line: Line,
  box: Box,
): { terms: Terms; end: number } {
  const resume = amount.resume ?? amount.end;
  const beside = parseTerms(outline.flat.slice(resume, line.end));
  const end = beside.found ? resume + beside.used : amount.end;
  const above = periodAbove(outline, amount);
  const below = termsBelow(
    outline,
    mergeTerms(beside.terms, { period: above }),
    Math.max(end, resume),
    box,
    above !== undefined,
  );
  const before = outline.flat.slice(
    Math.max(line.start, amount.start - 40),
    amount.start,
  );
  const own = before.split(/\d/).pop() ?? '';
  const known = below.terms.period ?? below.terms.billed;
  const terms = known
    ? { ...below.terms }
    : mergeTerms(below.terms, termsInLabel(own));
  const headed = /([月年])[額々]\s?$/.exec(before)?.[1];
  if (headed) terms.period ??= headed === '月' ? 'month' : 'year';
  // "$120 billed annually" buys a year; "$10 per month, billed annually" a month.
  if (!terms.period && terms.billed && !terms.per) {
    const billed = termsInLabel(terms.billed.replace(/^\w+ /, ''));
    terms.period = billed.period;
  }
  const learnt = below.reach > Math.max(end, resume);
  return {
    terms,
    end: learnt ? trimEnd(outline.flat, below.reach) : end,
  };
}

function trimEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /[\s,;:(]/.test(text[at - 1])) at -= 1;
  return at;
}

function isOutside(run: Run): boolean {
  if (closest(run.node, OUTSIDE) || closest(run.node, QUOTED)) return true;
  const chrome = closest(run.node, CHROME);
  return chrome !== undefined && chrome.depth <= 4;
}

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
  const sentences = /\p{L}{2}[.?!] +\p{L}/u.test(around);
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

function toMention(
  outline: Outline,
  amount: Amount,
  options: MentionOptions,
): PriceMention | Refusal {
  const { flat } = outline;
  let value = parseAmount(amount.digits, options.commaDecimal);
  const run = runAt(outline, amount.start);
  if (value === undefined || !run) return 'unreadableNumber';
  if (isOutside(run)) return 'outsideContent';
  const line = lineAround(flat, amount.start, amount.end);
  const before = flat.slice(
    Math.max(line.start, amount.start - 90),
    amount.start,
  );
  const resume = amount.resume ?? amount.end;
  let after = flat.slice(resume, Math.min(line.end, resume + 60));
  // "$43" in large type often has "million" on the line below.
  const next = flat.slice(resume, resume + 30).replace(/^\s*\n/, ' ');
  const magnitude = magnitudeOf(
    /^\s*\n/.test(flat.slice(resume, resume + 4)) ? next : after,
  );
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
  const verdict = judgeContext({
    before: sign && /\p{L}/u.test(own) === false ? '' : own,
    after,
    label,
    below,
  });
  if (verdict === 'no price') return 'notAPriceByWords';
  const runs = runsBetween(outline, grown.start, grown.end);
  const box = union(runs.map(each => each.box));
  const { terms, end } = readTerms(outline, grown, line, box);
  if (isYear(value, amount.digits, amount.mark) && !terms.period)
    return 'yearNumber';
  const bare = !terms.period && !terms.per && !terms.billed;
  if (sign && bare) return 'addedWithoutTerms';
  if (bare && isPassing(before, flat.slice(Math.max(end, resume), line.end)))
    return 'inPassing';
  const prose = isProse(outline, line, grown.start, end, box);
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
  };
}

/** "29" in large type with "/month" beside it, where the mark is drawn by a style sheet. */
function findBare(
  outline: Outline,
  taken: readonly PriceMention[],
  options: MentionOptions,
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
      mark: '',
    };
    const mention = toMention(outline, amount, options);
    if (typeof mention !== 'string' && mention.terms.period)
      found.push({ ...mention, currency: undefined });
  }
  return found;
}

const UP_TO = /^\s{0,2}(?:[-–—−]|to|bis|à)\s{0,2}$/;
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

/** Every visible amount that is offered as a price, in the order of the text. */
export function findPriceMentions(
  outline: Outline,
  options: MentionOptions,
): PriceMention[] {
  const found: PriceMention[] = [];
  let refused = -1;
  for (const amount of findAmounts(outline, options.currency.swiss)) {
    const mention = toMention(outline, amount, options);
    // What the first end of a range is no price of, the second is none of either.
    const goesOn =
      refused >= 0 &&
      amount.start - refused < 8 &&
      UP_TO.test(outline.flat.slice(refused, amount.start));
    const spot = {
      ...amount,
      value: parseAmount(amount.digits, options.commaDecimal),
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
  const marked = [...found, ...findBare(outline, found, options)];
  const taken = new Set(marked.map(mention => mention.run));
  const tabled = findTableAmounts(outline, options).filter(
    mention => !taken.has(mention.run),
  );
  const all = [...marked, ...tabled].sort((a, b) => a.start - b.start);
  return withoutBills(outline, withSharedTerms(outline, all), options.ledger);
}
