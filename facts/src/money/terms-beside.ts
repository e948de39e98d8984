import type { Box } from '@agentworkloads/api';
import {
  closest,
  commonAncestor,
  horizontalOverlap,
  runAt,
  STOP,
  verticalOverlap,
  type Outline,
  type Run,
} from '../page/outline';
import { mergeTerms, parseTerms, termsInLabel, type Terms } from './terms';
import type { Amount } from './amount';

/** Terms that stand beside an amount: on its line, on the lines under it, in a label right above. */

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

export interface Line {
  start: number;
  end: number;
}

export function lineAround(flat: string, start: number, end: number): Line {
  const stopsAt = (index: number) =>
    flat[index] === '\n' || flat[index] === STOP;
  let from = start;
  while (from > 0 && start - from < 400 && !stopsAt(from - 1)) from -= 1;
  let to = end;
  while (to < flat.length && to - end < 400 && !stopsAt(to)) to += 1;
  return { start: from, end: to };
}

export function labelAbove(outline: Outline, first: Run): string | undefined {
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
export function isBeside(run: Run, box: Box): boolean {
  const below = run.box.y - (box.y + box.height);
  if (below >= 60) return false;
  const gap = Math.max(
    run.box.x - (box.x + box.width),
    box.x - (run.box.x + run.box.width),
  );
  // Beside large type, small lines one below the other overlap with it and with each other's place.
  if (verticalOverlap(run.box, box) > 0.3 && gap > -4) return gap < 240;
  const wide = { ...box, x: box.x - 24, width: box.width + 48 };
  return horizontalOverlap(run.box, wide) > 0;
}

/** "12 months upfront: $860": for how long, and no period. */
const COUNTED = /\d\s?[\p{L}\p{M}]+/gu;

const LINKED =
  /^\s*(?:\/|(?:per|pro|par|por|al|ao|im|every|each|på)\b|all['’]|a (?:month|year|week|day)\b)/i;
const CODE_FIRST = /^\s*[A-Z]{3}\s(?=\S)/;
const BRACKETS_LAST = /\s?[(（][^()（）]{0,20}[)）]\s*$/;

/**
 * "Monthly $12 Yearly $120", "分割払い 月々4,150円": the label of the next amount, not the terms of this one. Behind a link they are terms:
 * "per user $5 set-up".
 */
const isOfNext = (words: string, used: number, labelled: boolean): boolean =>
  (labelled && isPeriodWord(words)) ||
  (used > 0 &&
    !LINKED.test(words) &&
    /^\s?(?:\p{Sc}\s?)?\d/u.test(words.slice(used)));

/** Terms on the lines under the amount: "per seat", "billed annually". Stops at the first line that says something else. */
function termsBelow(
  outline: Outline,
  mention: Terms,
  end: number,
  box: Box,
  label: { above: boolean; before: () => Terms },
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
    const parsed = parseTerms(words);
    if (isOfNext(words, parsed.used, label.above)) break;
    // "USD per month", "月額（税込）": neither the code before nor what stands in brackets behind says anything else.
    const bare = words.replace(CODE_FIRST, '').replace(BRACKETS_LAST, '');
    const understood =
      LINKED.test(bare) || parsed.used >= bare.trim().length * 0.55;
    // "Monthly €39", below it "Every week another": what says more than terms says nothing of a period that is known.
    const more = parsed.used < bare.trim().length;
    const other = more && parsed.terms.period && label.before().period;
    if (!other && parsed.found && (understood || parsed.terms.billed)) {
      terms = mergeTerms(terms, parsed.terms);
      reach = from + parsed.used;
    } else if (/\d/.test(words) || words.length > 40) break;
    else if (words.trim() !== '') misses += 1;
    run = runAt(outline, stop + 1);
  }
  return { terms, reach };
}

export function readTerms(
  outline: Outline,
  amount: Amount,
  line: Line,
  box: Box,
  languages: readonly string[],
): { terms: Terms; end: number } {
  const resume = amount.resume ?? amount.end;
  const beside = parseTerms(outline.flat.slice(resume, line.end), languages);
  const end = beside.found ? resume + beside.used : amount.end;
  const before = outline.flat.slice(
    Math.max(line.start, amount.start - 40),
    amount.start,
  );
  // Most amounts have their terms behind them, and a label takes long to read.
  let own: Terms | undefined;
  const labelBefore = () =>
    (own ??= termsInLabel(
      before.replace(COUNTED, ' ').split(/\d/).pop() ?? '',
    ));
  const above = periodAbove(outline, amount);
  const below = termsBelow(
    outline,
    mergeTerms(beside.terms, { period: above }),
    Math.max(end, resume),
    box,
    { above: above !== undefined, before: labelBefore },
  );
  const known = below.terms.period ?? below.terms.billed;
  const terms = known
    ? { ...below.terms }
    : mergeTerms(below.terms, labelBefore());
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
