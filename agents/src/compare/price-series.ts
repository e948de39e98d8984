import {
  HISTORY_LIMITS,
  percentMoved,
  type ChangeSide,
  type Fact,
  type PageHistory,
  type PriceHistory,
  type PriceValue,
  type Reading,
} from '@agentworkloads/api';
import { nameKey } from './plans';
import {
  differingAttributes,
  differingUnits,
  stateOf,
  type Priced,
} from './prices';
import { fold } from './wording';

/** What one price was over time, and how that is kept small. Pure. */

const DAY_MS = 24 * 3600 * 1000;
const WEEK_MS = 7 * DAY_MS;

/** A value with the reading that proves it. */
export type Value = Omit<PriceValue, 'reading'> & { reading: Reading };

/** One price of a plan on its terms, oldest value first; `shown` is one of `values`. */
export interface Series {
  subject: string;
  unit?: PriceHistory['unit'];
  state?: string;
  values: readonly Value[];
  shown: Value;
}

/** What was seen last. */
export const lastOf = ({ values }: Series): Value => values[values.length - 1];

/** What is priced on which terms: one price of a page has it, or nobody knows which of several it is. */
export function seriesKey({
  subject,
  unit = {},
  state,
  view,
}: Pick<Fact, 'subject' | 'unit' | 'state' | 'view'>): string {
  const { currency = '', period = '', per = '', billed = '' } = unit;
  return JSON.stringify([
    nameKey(subject),
    currency,
    period,
    fold(per),
    fold(billed),
    stateOf({ view, state }),
  ]);
}

/** As the run that saw it last has it. */
export function keyOfSeries(series: Series): string {
  const { subject, unit, state } = series;
  return seriesKey({ subject, unit, state, view: lastOf(series).view });
}

/** @returns undefined for what is no amount, which no price is */
export function valueOf(fact: Fact, reading: Reading): Value | undefined {
  if (typeof fact.value !== 'number') return undefined;
  const { id, view, source, sourceSha256, start, end, quote, url } = fact;
  return {
    value: fact.value,
    ...(fact.unit?.upTo !== undefined && { upTo: fact.unit.upTo }),
    since: reading.at,
    reading,
    factId: id,
    ...(view !== undefined && { view }),
    source,
    sourceSha256,
    start,
    end,
    quote,
    url,
  };
}

function namesOf(fact: Fact): Pick<Series, 'subject' | 'unit' | 'state'> {
  const { upTo: _end, ...unit } = fact.unit ?? {};
  return {
    subject: fact.subject,
    ...(fact.unit && { unit }),
    ...(fact.state !== undefined && { state: fact.state }),
  };
}

/** What is known of a price from its first value on. */
export function seriesOf(fact: Fact, reading: Reading): Series | undefined {
  const value = valueOf(fact, reading);
  return value && { ...namesOf(fact), values: [value], shown: value };
}

/** The same price as it is called now. What it does not name any more, a currency or the terms of what is free, stays known. */
export function calledAs({ unit, values, shown }: Series, fact: Fact): Series {
  const named = namesOf(fact);
  const { currency } = unit ?? {};
  const kept =
    fact.value === 0
      ? { ...unit, ...named.unit }
      : { ...(currency && { currency }), ...named.unit };
  const { unit: _named, ...names } = named;
  const isNamed = Object.keys(kept).length > 0;
  return { ...names, ...(isNamed && { unit: kept }), values, shown };
}

const TERMS = ['currency', 'period', 'per', 'billed'] as const;

/** Whether it may be a price on the terms of the series: a currency that it does not name may be any, and what is free needs no terms. */
export function fits({ unit = {} }: Series, fact: Fact): boolean {
  const named = fact.unit ?? {};
  const differing: readonly string[] = differingUnits(unit, named);
  return !TERMS.some(
    term =>
      differing.includes(term) &&
      !(fact.value === 0 && named[term] === undefined),
  );
}

/**
 * The series of a price among those known: the one with its key, or the only one of its plan and side of a switch whose terms it may
 * have, where it names less of them.
 *
 * @param claimed keys of the prices that stand beside it
 * @returns the key of the series
 */
export function keyKnownOf(
  was: Fact,
  known: ReadonlyMap<string, Series>,
  claimed: ReadonlySet<string>,
): string | undefined {
  const key = seriesKey(was);
  if (known.has(key)) return key;
  const sideOf = ({ subject, state }: Series | Fact, view?: string) =>
    JSON.stringify([nameKey(subject), stateOf({ view, state })]);
  const found = [...known].filter(
    ([other, series]) =>
      !claimed.has(other) &&
      sideOf(series, lastOf(series).view) === sideOf(was, was.view) &&
      fits(series, was),
  );
  return found.length === 1 ? found[0][0] : undefined;
}

type Amount = Pick<Value, 'value' | 'upTo'>;
export const sameAmount = (a: Amount, b: Amount): boolean =>
  a.value === b.value && a.upTo === b.upTo;

export const amountOf = ({ value, unit }: Priced): Amount => ({
  value: Number(value),
  ...(unit?.upTo !== undefined && { upTo: unit.upTo }),
});

/** How far the end that moved most did, in percent of what it was, at least 0.01; 0 where it did not move, or that can't be told. */
export function percentFrom(was: Amount, is: Amount): number {
  const most = Math.max(
    Math.abs(percentMoved(was.value, is.value)),
    Math.abs(percentMoved(was.upTo, is.upTo)),
  );
  return most > 0 ? Math.max(0.01, Math.round(most * 100) / 100) : 0;
}

/** The value that held at that time, or the first one known. @param at milliseconds since 1970 */
export function valueAt({ values }: Series, at: number): Value {
  return (
    [...values].reverse().find(({ since }) => Date.parse(since) <= at) ??
    values[0]
  );
}

/** The series with what is seen now; a value that stays is proven by its last reading. */
export function withValue(series: Series, now: Value, shown?: Value): Series {
  const last = lastOf(series);
  const stays = sameAmount(last, now);
  const kept = stays ? { ...now, since: last.since } : now;
  const anchor = shown ?? series.shown;
  return {
    ...series,
    values: [...(stays ? series.values.slice(0, -1) : series.values), kept],
    shown: anchor === now || (stays && anchor === last) ? kept : anchor,
  };
}

/** What ended, or was seen last, before it is of no use any more. @param at milliseconds since 1970, as what it returns */
export const oldestKept = (at: number): number =>
  at - HISTORY_LIMITS.days * DAY_MS;

/** How many values are kept of a page: of all pages together, there is room for `HISTORY_LIMITS.values`. */
export const valuesIn = ({ prices }: Pick<PageHistory, 'prices'>): number =>
  prices.reduce((sum, { values }) => sum + values.length, 0);

/** What is still of use: one value a week, those that held in the last 90 days, the last one, and the one last shown. */
export function pruned(series: Series, at: number): Series {
  const { values, shown } = series;
  const week = ({ since }: Value) => Math.floor(Date.parse(since) / WEEK_MS);
  const oldest = oldestKept(at);
  const kept = values.filter((value, index) => {
    const next = values[index + 1];
    if (!next || value === shown) return true;
    return Date.parse(next.since) > oldest && week(next) !== week(value);
  });
  return { ...series, values: kept };
}

export const DAYS_30 = 30 * DAY_MS;

/** Whether it was seen so lately that it may come back. */
export const isRecent = (series: Series, at: number): boolean =>
  Date.parse(lastOf(series).reading.at) >= oldestKept(at);

/** One side of a change, as that reading said it. */
export function sideOfValue(series: Series, value: Value): ChangeSide {
  const { reading, upTo, since: _since, value: amount, ...proof } = value;
  const unit = { ...series.unit, ...(upTo !== undefined && { upTo }) };
  return {
    subject: series.subject,
    value: amount,
    ...(Object.keys(unit).length > 0 && { unit }),
    ...(series.state !== undefined && { state: series.state }),
    ...proof,
    workflowUid: reading.workflowUid,
    at: reading.at,
  };
}

/** Whether two prices are asked on the same terms, whatever the amounts. */
export function sameTerms(was: Fact, is: Fact): boolean {
  const terms = new Set(['currency', 'period', 'per', 'billed']);
  return !differingAttributes(was, is).some(each => terms.has(each));
}

export function seriesFrom({ readings, prices }: PageHistory): Series[] {
  return prices.flatMap(({ values, shown, ...rest }) => {
    const read = values.flatMap(value => {
      const reading = readings[value.reading];
      return reading ? [{ ...value, reading }] : [];
    });
    const told = read[shown];
    return told && read.length === values.length
      ? [{ ...rest, values: read, shown: told }]
      : [];
  });
}

/**
 * As it is kept in the artifact.
 *
 * @param room values that there is room for
 */
export function keptSeries(
  all: readonly Series[],
  room: number,
): Pick<PageHistory, 'readings' | 'prices'> {
  const readings = new Map<string, { index: number; reading: Reading }>();
  const indexOf = (reading: Reading) => {
    const key = JSON.stringify([reading.workflowUid, reading.key]);
    const known = readings.get(key) ?? { index: readings.size, reading };
    readings.set(key, known);
    return known.index;
  };
  const prices: PriceHistory[] = [];
  let left = room;
  for (const { values, shown, ...rest } of all.slice(
    0,
    HISTORY_LIMITS.pricesOfPage,
  )) {
    left -= values.length;
    if (left < 0) break;
    prices.push({
      ...rest,
      values: values.map(value => ({
        ...value,
        reading: indexOf(value.reading),
      })),
      shown: values.indexOf(shown),
    });
  }
  return { readings: [...readings.values()].map(each => each.reading), prices };
}
