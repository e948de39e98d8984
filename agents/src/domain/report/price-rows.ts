import type { Fact } from '@agentic/api';
import { money } from './display';
import type { CompanyView, PlanView } from './views';

/** What one price would be for a month, for reading side by side; never a fact of its own. */
export interface Monthly {
  value: number;
  /** Upper end, where the price is a range. */
  upTo?: number;
  /** Worked out from another period: a year by twelve, a week by 52 / 12. */
  converted: boolean;
}

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

/** Hours and days are left out: nobody knows how many of them a customer buys. */
const MONTHS: Readonly<Record<string, number>> = {
  week: 12 / 52,
  month: 1,
  year: 12,
};

/** Undefined where the page names no period, or one that no month can be made of. */
export function monthlyOf(price: Fact): Monthly | undefined {
  const { period, upTo } = price.unit ?? {};
  const months = period ? MONTHS[period] : undefined;
  if (!months || typeof price.value !== 'number') return undefined;
  return {
    value: rounded(price.value / months),
    ...(upTo === undefined ? {} : { upTo: rounded(upTo / months) }),
    converted: months !== 1,
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2));
}

/** "$29", "≈ $24.17", "€10–€20"; empty where there is no month. */
export function monthText(
  monthly: Monthly | undefined,
  currency: string | undefined,
): string {
  if (!monthly) return '';
  const upTo =
    monthly.upTo === undefined ? '' : `–${money(monthly.upTo, currency)}`;
  return `${monthly.converted ? '≈ ' : ''}${money(
    monthly.value,
    currency,
  )}${upTo}`;
}

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

/** Cheapest a month first; then what has no month, as the page has it; then what shows no price. */
function inOrder(a: PriceRow, b: PriceRow): number {
  const rank = (row: PriceRow) => {
    if (row.monthly) return 0;
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
