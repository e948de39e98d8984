import {
  isFree,
  monthlyOf,
  monthText as monthIn,
  type Fact,
  type Monthly,
} from '@agentworkloads/api';
import { money } from './display';
import type { CompanyView, PlanView } from './views';

/** One line of the comparison: a price, or a plan that shows none. */
export interface PriceRow {
  company: CompanyView;
  /** Empty for a price that stands under no name. */
  plan: string;
  planFact?: Fact;
  price?: Fact;
  onRequest?: Fact;
  monthly?: Monthly;
}

export const monthText = (
  monthly: Monthly | undefined,
  currency: string | undefined,
): string => monthIn(monthly, value => money(value, currency));

function rowsOfPlan(company: CompanyView, plan: PlanView): PriceRow[] {
  const shared = { company, plan: plan.name, planFact: plan.plan };
  if (plan.prices.length === 0)
    return [{ ...shared, onRequest: plan.onRequest }];
  return plan.prices.map(price => ({
    ...shared,
    price,
    monthly: monthlyOf(price),
  }));
}

/** What is free first, then cheapest a month; then what has no month, as the page has it; then what shows no price. */
function inOrder(a: PriceRow, b: PriceRow): number {
  const rank = (row: PriceRow) => {
    if (row.monthly || (row.price && isFree(row.price))) return 0;
    return row.price ? 1 : 2;
  };
  return rank(a) - rank(b) || (a.monthly?.value ?? 0) - (b.monthly?.value ?? 0);
}

/** The plans of one company as lines of a table; prices without a plan's name stand last. */
export function priceRows(company: CompanyView): PriceRow[] {
  const named = company.plans.flatMap(plan => rowsOfPlan(company, plan));
  const unnamed = company.unnamed.map(
    (price): PriceRow => ({
      company,
      plan: '',
      price,
      monthly: monthlyOf(price),
    }),
  );
  return [...named.sort(inOrder), ...unnamed.sort(inOrder)];
}
