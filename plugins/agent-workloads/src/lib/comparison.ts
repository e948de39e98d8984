import type { Fact } from '@agentic/api';
import { hostOf } from './safeUrl';

export interface PlanOffer {
  /** Name of the plan as the page has it. */
  name: string;
  /** Cheapest first. */
  prices: Fact[];
  features: Fact[];
  /** Limits, trials and what else was said of the plan. */
  terms: Fact[];
}

export interface Company {
  host: string;
  plans: PlanOffer[];
  headlines: Fact[];
  /** Facts that belong to no plan: contact, calls to action, features of all plans. */
  other: Fact[];
}

const PER_MONTH: Record<string, number> = {
  hour: 730,
  day: 365 / 12,
  week: 52 / 12,
  month: 1,
  year: 1 / 12,
  once: 1,
};

/** @returns the amount a month, to put plans in order; undefined when the value is no number */
export function monthlyAmount(price: Fact): number | undefined {
  return typeof price.value === 'number'
    ? price.value * (PER_MONTH[price.unit?.period ?? 'month'] ?? 1)
    : undefined;
}

/** Facts arranged for reading: company by company in order of appearance, plans from cheap to dear. */
export function compare(facts: readonly Fact[]): Company[] {
  const byHost = new Map<string, Fact[]>();
  for (const fact of facts) {
    const host = hostOf(fact.url);
    byHost.set(host, [...(byHost.get(host) ?? []), fact]);
  }
  return [...byHost].map(([host, own]) => companyOf(host, own));
}

function companyOf(host: string, facts: readonly Fact[]): Company {
  const plans = new Map<string, PlanOffer>();
  const key = (name: string) => name.trim().toLowerCase();
  for (const fact of facts) {
    const name =
      fact.kind === 'plan' ? String(fact.subject || fact.value) : fact.subject;
    if (
      (fact.kind === 'plan' || fact.kind === 'price') &&
      key(name) !== '' &&
      !plans.has(key(name))
    ) {
      plans.set(key(name), { name, prices: [], features: [], terms: [] });
    }
  }
  const company: Company = { host, plans: [], headlines: [], other: [] };
  for (const fact of facts) {
    const plan = plans.get(key(fact.subject));
    if (fact.kind === 'headline') {
      company.headlines.push(fact);
    } else if (fact.kind === 'price' && plan) {
      plan.prices.push(fact);
    } else if (fact.kind === 'feature' && plan) {
      plan.features.push(fact);
    } else if (fact.kind !== 'plan') {
      (plan?.terms ?? company.other).push(fact);
    }
  }
  company.plans = [...plans.values()].map(inPriceOrder).sort(byPrice);
  return company;
}

function inPriceOrder(plan: PlanOffer): PlanOffer {
  const amount = (price: Fact) => monthlyAmount(price) ?? Infinity;
  return {
    ...plan,
    prices: [...plan.prices].sort((a, b) => amount(a) - amount(b)),
  };
}

/** Plans without a number ("contact us") come last, as on most price lists. */
function byPrice(a: PlanOffer, b: PlanOffer): number {
  const amount = (plan: PlanOffer) =>
    Math.min(
      ...plan.prices.map(price => monthlyAmount(price) ?? Infinity),
      Infinity,
    );
  const left = amount(a);
  const right = amount(b);
  return left === right ? 0 : left - right;
}
