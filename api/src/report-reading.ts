import type { Fact } from './fact';
import type { Report } from './report';

/** How a report is read, wherever it is shown: the report's own files and the portal say the same. */

/** What one price would be for a month, for reading side by side; never a fact of its own. */
export interface Monthly {
  value: number;
  /** Upper end, where the price is a range. */
  upTo?: number;
  /** The page gives the lowest price only. */
  from?: true;
  /** Worked out from another period: a year by twelve, a week by 52 / 12. */
  converted: boolean;
}

/** Hours and days are left out: nobody knows how many of them a customer buys. */
const MONTHS: Readonly<Record<string, number>> = {
  week: 12 / 52,
  month: 1,
  year: 12,
};

const rounded = (value: number) =>
  Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2));

/** Undefined where the page names no period, or one that no month can be made of: unknown is not a month. */
export function monthlyOf(
  price: Pick<Fact, 'value' | 'unit'>,
): Monthly | undefined {
  const { period, upTo, from } = price.unit ?? {};
  const months = period ? MONTHS[period] : undefined;
  if (!months || typeof price.value !== 'number') return undefined;
  const converted = months !== 1;
  // What the page itself gives for a month stays as it is.
  const a = (value: number) => (converted ? rounded(value / months) : value);
  return {
    value: a(price.value),
    ...(upTo === undefined ? {} : { upTo: a(upTo) }),
    ...(from ? { from: true } : {}),
    converted,
  };
}

/**
 * `$29`, `≈ $24.17` of a year, `from $8`, `€10–€20`; empty where no month can be made of the price.
 * @param money how an amount of the price's currency is written there
 */
export function monthText(
  monthly: Monthly | undefined,
  money: (value: number) => string,
): string {
  if (!monthly) return '';
  const { value, upTo, from, converted } = monthly;
  const about = `${converted ? '≈ ' : ''}${money(value)}`;
  if (upTo !== undefined) return `${about}–${money(upTo)}`;
  return from ? `from ${about}` : about;
}

/** Characters between the two ends of a range, its terms among them. */
const MAX_RANGE = 160;

/**
 * Prices without those that are only the upper end of another one's range: `$1,200–$2,400` is one price. Both ends stay facts, each with
 * its proof.
 */
export function withoutUpperEnds(prices: readonly Fact[]): Fact[] {
  const ranges = prices.filter(({ unit }) => unit?.upTo !== undefined);
  const isEnd = (high: Fact, low: Fact): boolean =>
    high !== low &&
    high.unit?.upTo === undefined &&
    high.value === low.unit?.upTo &&
    high.value !== low.value &&
    high.unit?.currency === low.unit?.currency &&
    high.subject === low.subject &&
    high.url === low.url &&
    high.view === low.view &&
    high.source === low.source &&
    Math.abs(high.start - low.start) <= MAX_RANGE;
  return ranges.length === 0
    ? [...prices]
    : prices.filter(high => !ranges.some(low => isEnd(high, low)));
}

/** Whether nothing is paid: not the lower end of a range. */
export const isFree = ({ value, unit }: Pick<Fact, 'value' | 'unit'>) =>
  value === 0 && unit?.upTo === undefined;

/** When and by which run the pages were seen, where that is not the run that wrote the report; empty elsewhere. */
export function reusedNote({ reused }: Pick<Report, 'reused'>): string {
  if (!reused) return '';
  const at = reused.seenAt.slice(0, 16).replace('T', ' ');
  return `The pages were seen on ${at} UTC, in run ${reused.run}; this run did not visit them again.`;
}

/** How the summary came to be, in words; plain text, to be escaped by who prints it. */
export function proseNote({ prose }: Pick<Report, 'prose'>): string {
  const model = prose.model ?? 'a model';
  const removed = prose.removedSentences;
  const were = removed === 1 ? 'was' : 'were';
  const refused = removed
    ? ` ${removed} of its choices ${were} not carried out, because the facts do not bear them.`
    : '';
  if (prose.source === 'chosen')
    return `Sentences marked “chosen” were picked by ${model}; every sentence is written from the facts.${refused}`;
  if (prose.source === 'llm')
    return `Worded by ${model}: its sentences have no proof of their own.`;
  return `Made from facts alone, without a model.${refused}`;
}
