import type { Change, Fact } from '@agentworkloads/api';
import { priceChange } from './prices';
import {
  amountOf,
  DAYS_30,
  lastOf,
  percentFrom,
  sameAmount,
  sideOfValue,
  valueAt,
  type Series,
  type Value,
} from './price-series';

/**
 * What a price did beyond the last step. Small steps are each told, and together they may be more than anybody would let pass: held
 * against the value last shown and against the one of about 30 days ago. Pure.
 */

/** From so many percent on a step, or what steps add up to, is worth telling on its own. */
export const CREEP_PERCENT = 10;

/** The same price in the earlier run and in this one, on the same terms. */
export interface Step {
  was: Fact;
  is: Fact;
  now: Value;
}

export interface Judgement {
  /** What is told beside, or instead of, the last step: held against which value. */
  against?: Value;
  /** The earlier value was told by no completed run: it moved while the page could not be compared. */
  missed?: boolean;
  /** `shown` from now on, where it moves on. */
  shown?: Value;
}

const later = (a: Value, b: Value) => (a.since > b.since ? a : b);

/** The value that it is held against: the one further away. */
function further(a: Value, b: Value, now: Value): Value {
  return percentFrom(b, now) > percentFrom(a, now) ? b : a;
}

export function judgeStep(series: Series, { was, is, now }: Step): Judgement {
  const last = lastOf(series);
  const [before, after] = [amountOf(was), amountOf(is)];
  if (sameAmount(last, after)) return {};
  if (!sameAmount(last, before))
    return { against: last, missed: true, shown: now };
  if (sameAmount(before, after)) return {};
  const { shown } = series;
  const month = valueAt(series, Date.parse(now.reading.at) - DAYS_30);
  // What was told once is not told again: only what came after counts.
  const unshown = further(shown, later(month, shown), now);
  const step = percentFrom(before, after);
  const crept = percentFrom(unshown, now) >= CREEP_PERCENT;
  const against = further(shown, month, now);
  const tells =
    crept && !sameAmount(against, before) && percentFrom(against, now) > step;
  return {
    ...(tells && { against }),
    // From nothing to something is no percentage, and was told for what it is.
    ...((crept || step >= CREEP_PERCENT || step === 0) && { shown: now }),
  };
}

/** The change of the last step, with what it adds up to. */
export function withSince(
  change: Change,
  series: Series,
  against: Value,
  now: Value,
): Change {
  return {
    ...change,
    since: {
      was: sideOfValue(series, against),
      percent: percentFrom(against, now),
    },
  };
}

/** A change that no step of this run is: the earlier run saw the value already, and could not tell of it. */
export function missedChange(
  series: Series,
  against: Value,
  is: Fact,
  side: NonNullable<Change['is']>,
  url: string,
): Change | undefined {
  const was = sideOfValue(series, against);
  const change = priceChange(was, is);
  return (
    change && {
      kind: 'changed',
      factKind: 'price',
      subject: is.subject,
      url,
      before: was.value,
      after: is.value,
      factId: is.id,
      was,
      is: side,
      since: { was, percent: percentFrom(against, amountOf(is)) },
      ...change,
      confidence: is.confidence,
    }
  );
}

/** Another currency than the last one that was named, where the run before named none: no step of this run, and a change all the same. */
export function currencyChange(
  series: Series,
  { was, is }: Pick<Step, 'was' | 'is'>,
  side: NonNullable<Change['is']>,
  url: string,
): Change | undefined {
  if (was.unit?.currency || was.value === 0) return undefined;
  const change = missedChange(series, lastOf(series), is, side, url);
  if (change?.aspect !== 'currency') return undefined;
  const { since: _since, ...told } = change;
  return told;
}
