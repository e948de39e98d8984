import {
  PERIOD_WORDS,
  type PeriodName,
  createLexicon,
  lowerCase,
} from '@agentworkloads/facts';
import type { FindOptions } from '../../page-script/controls';

/** Labels of controls that name a period: "Monthly", "Pay yearly (save $48)". */

const PERIODS: readonly PeriodName[] = ['month', 'year', 'week', 'day'];
/** Nouns of one or two letters say a period after a stroke only: "/ m". */
const SHORTEST = 3;
const MAX_LABEL = 60;

const entries = PERIODS.flatMap(period =>
  Object.values(PERIOD_WORDS[period].adverbs)
    .concat(Object.values(PERIOD_WORDS[period].nouns))
    .flatMap(words => words)
    .filter(word => word.length >= SHORTEST || /[^\u0000-\u02ff]/.test(word))
    .map(word => [word, period] as const),
);
const MORE_WORDS = [
  ['annual', 'year'],
  ['annually', 'year'],
  ['quarterly', 'quarter'],
  ['quarter', 'quarter'],
  ['vierteljährlich', 'quarter'],
  ['trimestriel', 'quarter'],
  ['trimestral', 'quarter'],
  ['yr', 'year'],
  ['monatsabo', 'month'],
  ['jahresabo', 'year'],
  ['kuukausilaskutus', 'month'],
  ['vuosilaskutus', 'year'],
  ['mēneša', 'month'],
  ['gada', 'year'],
] as const;
const lexicon = createLexicon<PeriodName | 'quarter'>([
  ...MORE_WORDS,
  ...entries,
]);

const UNPARTED_SCRIPT =
  /[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;
const all = [
  ...new Set([...MORE_WORDS, ...entries].map(([word]) => lowerCase(word))),
];

/** Words of labels that may name a period, for the page's script; {@link periodOf} has the last word. */
export const PERIOD_LABELS: FindOptions = {
  words: [...all.filter(word => !UNPARTED_SCRIPT.test(word)), 'mo'],
  parts: all.filter(word => UNPARTED_SCRIPT.test(word)),
};

const isAlphabetic = (char: string): boolean => !UNPARTED_SCRIPT.test(char);

export type Period = PeriodName | 'quarter';

interface NamedPeriod {
  period: Period;
  start: number;
  end: number;
}

/** All periods of a text in small letters, in their order. */
function periodsIn(text: string): NamedPeriod[] {
  const found: NamedPeriod[] = [];
  for (let at = 0; at < text.length; at++) {
    if (at > 0 && /[\p{L}\p{M}]/u.test(text[at - 1]) && isAlphabetic(text[at]))
      continue;
    const longest = lexicon.longestAt(text, at);
    if (!longest) continue;
    const end = at + longest.length;
    found.push({ period: longest.value, start: at, end });
    at = end - 1;
  }
  return found;
}

const AMOUNT = /\p{Sc}\s?\p{Nd}[\p{Nd}.,\s]*|\p{Nd}[\p{Nd}.,\s]*\p{Sc}/u;

/** Whether an amount behind the period is what choosing it saves, "(save $48)", "· €20 off", "−$5", and not what something costs. */
function tellsSaving(rest: string): boolean {
  const amount = AMOUNT.exec(rest);
  if (!amount) return false;
  const between = rest.slice(0, amount.index);
  const behind = rest.slice(amount.index + amount[0].length);
  if (/[\p{L}([]/u.test(between) || /[-−–+]$/.test(between)) return true;
  return /^\s*\p{L}/u.test(behind) && periodsIn(behind).length === 0;
}

/** The first period that a label names; undefined for a label that names none, or what something costs. */
export function periodOf(label: string): Period | undefined {
  if (label.length > MAX_LABEL) return undefined;
  const text = lowerCase(label);
  const [first] = periodsIn(text);
  if (!first || !/\p{Sc}/u.test(text)) return first?.period;
  const costs = /\p{Sc}/u.test(text.slice(0, first.end));
  return !costs && tellsSaving(text.slice(first.end))
    ? first.period
    : undefined;
}

/** Of one of several that are chosen from: there "Mo" beside "Yr" is no Monday. */
export const periodOfChoice = (label: string): Period | undefined =>
  periodOf(label) ?? (lowerCase(label).trim() === 'mo' ? 'month' : undefined);

/**
 * Whether a label names several periods, as "Switch between monthly and yearly" does: it is the name of neither side. "2 months free" is
 * a length of time.
 */
export function namesSeveral(label: string): boolean {
  const text = lowerCase(label);
  const names = periodsIn(text).filter(
    ({ start }) => !/\p{Nd}[\s-]*$/u.test(text.slice(0, start)),
  );
  return new Set(names.map(({ period }) => period)).size > 1;
}
