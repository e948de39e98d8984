import { monthlyOf } from '@agentworkloads/api';
import type { Company, PlanOffer } from './comparison';

/**
 * One row of companies side by side. `paid` has a rank: the plan at that place of each company's own list, from cheap to dear. It says
 * nothing of what is in the plans.
 */
export type TierKind = 'free' | 'paid' | 'noMonth' | 'noPrice';

export interface Tier {
  kind: TierKind;
  /** Of `paid`, from 1. */
  rank?: number;
  /** The plans of each company, in the order in which the companies were given; empty where it has none here. */
  cells: PlanOffer[][];
}

function kindOf(plan: PlanOffer): TierKind {
  const numbers = plan.prices.filter(({ value }) => typeof value === 'number');
  if (numbers.length === 0) return 'noPrice';
  if (numbers.every(({ value }) => value === 0)) return 'free';
  return numbers.some(price => monthlyOf(price)) ? 'paid' : 'noMonth';
}

/**
 * Companies side by side: what is free, then by place the plans that have a price for a month, then the other prices, then what shows none.
 * @param companies their plans from cheap to dear
 */
export function tiersOf(companies: readonly Company[]): Tier[] {
  const of = (kind: TierKind) =>
    companies.map(({ plans }) => plans.filter(plan => kindOf(plan) === kind));
  const paid = of('paid');
  const ranks = Math.max(0, ...paid.map(plans => plans.length));
  const tiers: Tier[] = [
    { kind: 'free', cells: of('free') },
    ...Array.from(
      { length: ranks },
      (_, place): Tier => ({
        kind: 'paid',
        rank: place + 1,
        cells: paid.map(plans => plans.slice(place, place + 1)),
      }),
    ),
    { kind: 'noMonth', cells: of('noMonth') },
    { kind: 'noPrice', cells: of('noPrice') },
  ];
  return tiers.filter(({ cells }) => cells.some(plans => plans.length > 0));
}
