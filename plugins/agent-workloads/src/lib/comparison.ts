import {
  companiesOf,
  isFree,
  monthlyOf,
  withoutUpperEnds,
  type CompanyOfRun,
  type Fact,
} from '@agentworkloads/api';

export interface PlanOffer {
  /** Name of the plan as the page has it. */
  name: string;
  /** Cheapest first. */
  prices: Fact[];
  features: Fact[];
  /** What is paid on top of its price, in the words of the page: `+ $15 per agent`. */
  charges: Fact[];
  /** Limits, trials and what else was said of the plan. */
  terms: Fact[];
}

export interface Company {
  host: string;
  /** As its pages say; its host where they do not. No two are called the same. */
  name: string;
  plans: PlanOffer[];
  headlines: Fact[];
  /** Prices that stand under no plan's name. */
  unnamed: Fact[];
  /** What is paid beyond the plans, in the words of the page: `£0.20 per 1,000 events`. */
  charges: Fact[];
  /** Facts that belong to no plan: contact, calls to action, features of all plans. */
  other: Fact[];
  /** On how many pages a fact stands that is shown once, by the id of the one that is shown; absent where it is one page. */
  pagesOf: ReadonlyMap<string, number>;
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** A limit that costs money: it holds a mark of a currency, or the code of one beside a number. */
function isCharge({ kind, value }: Fact): boolean {
  if (kind !== 'limit' || typeof value !== 'string') return false;
  const codes = value.matchAll(/\b([A-Z]{3})\s?\d|\d\s?([A-Z]{3})\b/g);
  return (
    /\p{Sc}/u.test(value) ||
    [...codes].some(([, before, behind]) => CURRENCIES.has(before ?? behind))
  );
}

/** Whether a table of prices has a row for it. */
export const hasPrices = ({ plans, unnamed, charges }: Company): boolean =>
  plans.length + unnamed.length + charges.length > 0;

/** For the order of prices: what is free in front, what no month can be made of behind. */
const amount = (price: Fact): number =>
  isFree(price) ? 0 : monthlyOf(price)?.value ?? Infinity;

/**
 * Facts arranged for reading: company by company in order of appearance, plans from cheap to dear, equal facts of several pages once.
 * @param pages addresses of all pages of the run, where they are known: a company is what the report says it is
 */
export function compare(
  facts: readonly Fact[],
  pages: readonly string[] = [],
): Company[] {
  const companyOf = companiesOf(
    [...pages, ...facts.map(({ url }) => url)],
    facts,
  );
  const byHost = new Map<string, { company: CompanyOfRun; own: Fact[] }>();
  for (const fact of facts) {
    const company = companyOf(fact.url);
    const known = byHost.get(company.host);
    if (known) known.own.push(fact);
    else byHost.set(company.host, { company, own: [fact] });
  }
  return [...byHost.values()].map(({ company, own }) => arranged(company, own));
}

const sameWords = ({ kind, subject, value, unit = {}, state }: Fact) =>
  JSON.stringify([
    kind,
    subject.trim().toLowerCase(),
    typeof value === 'string' ? value.trim().toLowerCase() : value,
    Object.entries(unit).sort(([a], [b]) => (a < b ? -1 : 1)),
    state,
  ]);

/** What a company says on many pages is said once: the first of equal facts, and on how many pages they stand. */
function merged(facts: readonly Fact[]) {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = sameWords(fact);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  const pagesOf = new Map<string, number>();
  for (const group of groups.values()) {
    const pages = new Set(group.map(({ url }) => url)).size;
    if (pages > 1) pagesOf.set(group[0].id, pages);
  }
  return { first: [...groups.values()].map(([first]) => first), pagesOf };
}

function arranged(
  { host, name: called }: CompanyOfRun,
  all: readonly Fact[],
): Company {
  const { first: facts, pagesOf } = merged(all);
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
      plans.set(key(name), {
        name,
        prices: [],
        features: [],
        charges: [],
        terms: [],
      });
    }
  }
  const company: Company = {
    host,
    name: called,
    plans: [],
    headlines: [],
    unnamed: [],
    charges: [],
    other: [],
    pagesOf,
  };
  for (const fact of facts)
    placeOf(fact, company, plans.get(key(fact.subject)))?.push(fact);
  company.plans = [...plans.values()].map(inPriceOrder).sort(byPrice);
  company.unnamed = withoutUpperEnds(company.unnamed);
  return company;
}

/** Where a fact is listed; a plan is listed by its name already. */
function placeOf(
  fact: Fact,
  company: Company,
  plan: PlanOffer | undefined,
): Fact[] | undefined {
  if (fact.kind === 'plan') return undefined;
  if (fact.kind === 'headline') return company.headlines;
  if (fact.kind === 'price') return plan?.prices ?? company.unnamed;
  if (fact.kind === 'feature' && plan) return plan.features;
  if (isCharge(fact)) return (plan ?? company).charges;
  return plan?.terms ?? company.other;
}

const numberOf = (price: Fact) =>
  typeof price.value === 'number' ? price.value : 0;
// Infinity less Infinity is no number.
const inOrder = (a: number, b: number) => (a === b ? 0 : a - b);

function inPriceOrder(plan: PlanOffer): PlanOffer {
  return {
    ...plan,
    prices: withoutUpperEnds(plan.prices).sort(
      (a, b) => inOrder(amount(a), amount(b)) || numberOf(a) - numberOf(b),
    ),
  };
}

/** Cheapest a month first, then prices without a month, then plans without a number ("contact us"), as on most price lists. */
function byPrice(a: PlanOffer, b: PlanOffer): number {
  const cheapest = (plan: PlanOffer) =>
    Math.min(...plan.prices.map(amount), Infinity);
  const priced = (plan: PlanOffer) =>
    plan.prices.some(price => typeof price.value === 'number') ? 0 : 1;
  return priced(a) - priced(b) || inOrder(cheapest(a), cheapest(b));
}
