import {
  PAGE_VIEW,
  type ChangeAspect,
  type Fact,
  type PriceAttribute,
  type Suspicion,
} from '@agentworkloads/api';
import { assign, type Assignment } from './assign';
import { fold } from './wording';

/** More than this many times the amount, or less than one of so many, is seldom a price that was changed. */
const UNUSUAL_FACTOR = 3;

/** "annually" and "yearly" are one way of billing. */
function billing(billed: string | undefined): string {
  if (!billed) return '';
  if (/annual|year|jähr|annuel|anual|annu/i.test(billed)) return 'year';
  return /month|monat|mensu|mensil/i.test(billed) ? 'month' : fold(billed);
}

/** "users" and "user" are one. */
const counted = (per: string | undefined) => fold(per ?? '').replace(/s$/, '');

/** A price as far as it is compared. */
export type Priced = Pick<Fact, 'value' | 'unit'>;

/**
 * What differs beside the number. A currency that only one side names is unknown on the other, not another one. What costs nothing has
 * no terms that matter.
 */
export function differingAttributes(was: Priced, is: Priced): PriceAttribute[] {
  if (was.value === 0 || is.value === 0) return [];
  return differingUnits(was.unit, is.unit);
}

/** The same of the units alone, whatever the amounts. */
export function differingUnits(
  a: NonNullable<Priced['unit']> = {},
  b: NonNullable<Priced['unit']> = {},
): PriceAttribute[] {
  const differs: Record<PriceAttribute, boolean> = {
    currency: Boolean(a.currency && b.currency && a.currency !== b.currency),
    period: a.period !== b.period,
    per: counted(a.per) !== counted(b.per),
    billed: billing(a.billed) !== billing(b.billed),
    from: Boolean(a.from) !== Boolean(b.from),
    upTo: a.upTo !== b.upTo,
  };
  return (Object.keys(differs) as PriceAttribute[]).filter(
    attribute => differs[attribute],
  );
}

function equal(was: Priced, is: Priced): boolean {
  return was.value === is.value && differingAttributes(was, is).length === 0;
}

/** The upper end of a range is told as a price as well; the range says it. Nor is an amount that is written twice two prices. */
export function withoutRangeEnds(prices: readonly Fact[]): Fact[] {
  const isEnd = (price: Fact) =>
    price.unit?.upTo === undefined &&
    prices.some(
      ({ unit }) =>
        unit?.upTo === price.value && unit.currency === price.unit?.currency,
    );
  const kept: Fact[] = [];
  for (const price of prices)
    if (!isEnd(price) && !kept.some(other => equal(other, price)))
      kept.push(price);
  return kept;
}

/** The side of a switch that shows it; of the page as loaded none is named, for a run of before knows none. */
export function stateOf({ view, state }: Pick<Fact, 'view' | 'state'>): string {
  return view && view !== PAGE_VIEW && state ? fold(state) : '';
}

const sameState = (was: Fact, is: Fact) => stateOf(was) === stateOf(is);

/** Terms weigh more than numbers: "$29 a month, $290 a year" stay two prices when both are raised. */
function nearness(was: Fact, is: Fact): number {
  const differing = differingAttributes(was, is);
  const same = (attribute: PriceAttribute) => !differing.includes(attribute);
  return (
    1 +
    (same('currency') ? 4 : 0) +
    (same('period') ? 4 : 0) +
    (same('per') ? 2 : 0) +
    (same('billed') ? 2 : 0) +
    (sameState(was, is) ? 3 : 0) +
    (was.value === is.value ? 3 : 0) +
    (was.selector === is.selector ? 1 : 0)
  );
}

/**
 * The prices of a plan held against those that it had: equal ones first, then what is nearest by its terms. A switch that is loaded on
 * its other side shows the same amounts, and is no change.
 */
export function assignPrices(
  before: readonly Fact[],
  after: readonly Fact[],
): Assignment<Fact> {
  const kept = assign(before, after, (was, is) =>
    equal(was, is) && sameState(was, is) ? 1 : 0,
  );
  const turned = assign(kept.gone, kept.came, (was, is) =>
    equal(was, is) ? 1 : 0,
  );
  const whole = turned.gone.length === 0 || turned.came.length === 0;
  const known = whole ? turned : { ...kept, pairs: [] };
  const rest = assign(known.gone, known.came, nearness);
  return { ...rest, pairs: [...kept.pairs, ...known.pairs, ...rest.pairs] };
}

/** Whether two lists ask the same, in whatever order. */
export function samePrices(a: readonly Fact[], b: readonly Fact[]): boolean {
  const { pairs, gone, came } = assign(a, b, (was, is) =>
    equal(was, is) ? 1 : 0,
  );
  return pairs.length > 0 && gone.length === 0 && came.length === 0;
}

export interface PriceChange {
  aspect: ChangeAspect;
  attributes?: PriceAttribute[];
  suspect?: [Suspicion, ...Suspicion[]];
}

function suspicionsOf(
  was: Priced,
  is: Priced,
  attributes: readonly PriceAttribute[],
): Suspicion[] {
  const [a, b] = [Number(was.value), Number(is.value)];
  const found: Suspicion[] = [];
  if (attributes.includes('currency')) found.push('currency');
  if (attributes.includes('period') || attributes.includes('per'))
    found.push('unit');
  if (a > 0 && b > 0 && Math.max(a / b, b / a) > UNUSUAL_FACTOR)
    found.push('factor');
  if ((a === 0) !== (b === 0)) found.push('zero');
  return found;
}

function aspectOf(
  was: Priced,
  is: Priced,
  attributes: readonly PriceAttribute[],
): ChangeAspect {
  if (attributes.includes('currency')) return 'currency';
  const terms: readonly PriceAttribute[] = ['period', 'per', 'billed'];
  if (attributes.some(each => terms.includes(each))) return 'terms';
  const amountStays = was.value === is.value && !attributes.includes('upTo');
  return amountStays ? 'terms' : 'amount';
}

/** @returns what of a price changed; undefined where it is the same */
export function priceChange(was: Priced, is: Priced): PriceChange | undefined {
  if (equal(was, is)) return undefined;
  const attributes = differingAttributes(was, is);
  const [first, ...more] = suspicionsOf(was, is, attributes);
  return {
    aspect: aspectOf(was, is, attributes),
    ...(attributes.length > 0 && { attributes }),
    ...(first && { suspect: [first, ...more] }),
  };
}
