import {
  monthlyOf,
  nameOfHost,
  namesCompany,
  type Fact,
  type FactKind,
} from '@agentworkloads/api';
import { clean, quoted } from './display';
import { priced } from './change-words';
import { list } from './sentences';
import type { CompanyView } from './views';

/**
 * The sentences that a model may ask for. It names a template and facts; every number, currency, period, plan and company is
 * written from the facts by the code here. What a template claims beyond its facts (a lowest price, no price) is looked up, and refused
 * by name where it is not so.
 */

export const TEMPLATE_NAMES = [
  'prices',
  'lowest',
  'on-request',
  'trial',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** Why a choice of the model is not carried out. */
export type Objection =
  | 'not-a-choice'
  | 'unknown-fact'
  | 'said-already'
  | 'named-twice'
  | 'two-companies'
  | 'wrong-kind'
  | 'too-many-facts'
  | 'no-plan-named'
  | 'not-comparable'
  | 'not-the-lowest'
  | 'shows-a-price'
  | 'names-another-company'
  | 'too-long';

export type Rendered = { text: string } | { objection: Objection };

export interface Template {
  /** What the model is told of it. */
  use: string;
  kind: FactKind;
  max: number;
  render(facts: readonly Fact[], company: CompanyView): Rendered;
}

const isUnnamed = (fact: Fact) => fact.subject.trim() === '';

/** Whether words of a company's pages name another company of the run, by its own name or by its host's. */
function namesOther(
  facts: readonly Fact[],
  others: readonly CompanyView[],
): boolean {
  const words = facts
    .flatMap(({ subject, value, unit, state }) => [
      subject,
      typeof value === 'string' ? value : '',
      unit?.per ?? '',
      unit?.billed ?? '',
      state ?? '',
    ])
    .join(' | ');
  return others.some(({ name, host }) =>
    [name, nameOfHost(host)].some(each => namesCompany(words, each)),
  );
}

function prices(facts: readonly Fact[], company: CompanyView): Rendered {
  if (facts.some(isUnnamed)) return { objection: 'no-plan-named' };
  const parts = facts.map(
    fact => `${quoted(fact.subject, 80)}, ${priced(fact)}`,
  );
  if (new Set(parts).size < parts.length) return { objection: 'named-twice' };
  return { text: `${company.name}: ${list(parts)}.` };
}

/** Prices that can be put in an order: one currency, one thing that is paid for, each with a month. */
function comparable(prices: readonly Fact[]): boolean {
  const kinds = new Set(
    prices.map(fact => `${fact.unit?.currency}|${fact.unit?.per ?? ''}`),
  );
  return (
    kinds.size === 1 &&
    prices.every(
      fact =>
        fact.unit?.currency !== undefined && monthlyOf(fact) !== undefined,
    )
  );
}

function lowest([fact]: readonly Fact[], company: CompanyView): Rendered {
  if (isUnnamed(fact)) return { objection: 'no-plan-named' };
  const paid = [
    ...company.plans.flatMap(plan => plan.prices),
    ...company.unnamed,
    ...company.mentions,
  ].filter(price => price.value !== 0);
  if (!paid.some(price => price.id === fact.id) || !comparable(paid))
    return { objection: 'not-comparable' };
  const month = (price: Fact) => monthlyOf(price)?.value ?? Infinity;
  if (paid.some(price => month(price) < month(fact)))
    return { objection: 'not-the-lowest' };
  return {
    // A page may show more than could be read: nothing is said of what it does not show.
    text: `${company.name}: of the ${paid.length} paid ${
      paid.length === 1 ? 'price' : 'prices'
    } that could be read on its pages, the lowest a month is ${quoted(
      fact.subject,
      80,
    )}, ${priced(fact)}.`,
  };
}

function onRequest(facts: readonly Fact[], company: CompanyView): Rendered {
  const names: string[] = [];
  const same = (a: string, b: string) =>
    a.trim().toLowerCase() === b.trim().toLowerCase();
  for (const fact of facts) {
    const plan = company.plans.find(each => same(each.name, fact.subject));
    if (!plan) return { objection: 'no-plan-named' };
    const isPriced =
      plan.prices.length > 0 ||
      company.mentions.some(({ subject }) => same(subject, plan.name));
    if (isPriced) return { objection: 'shows-a-price' };
    names.push(quoted(plan.name, 80));
  }
  if (new Set(names).size < names.length) return { objection: 'named-twice' };
  return {
    text: `${company.name}: ${list(
      names,
    )}, on request; no price could be read for ${
      names.length === 1 ? 'it' : 'them'
    } on the pages that were observed.`,
  };
}

const MAX_QUOTE = 60;

/** The page's own words stand between quotation marks; they may be anything, so they are short. */
function trial([fact]: readonly Fact[], company: CompanyView): Rendered {
  if (clean(String(fact.value), MAX_QUOTE + 1).length > MAX_QUOTE)
    return { objection: 'too-long' };
  return { text: `${company.name} says of a trial: ${quoted(fact.value)}.` };
}

/** Carries out one template. No words of a page that name another company are printed, whatever the template. */
export function render(
  template: Template,
  facts: readonly Fact[],
  company: CompanyView,
  others: readonly CompanyView[],
): Rendered {
  if (namesOther(facts, others)) return { objection: 'names-another-company' };
  return template.render(facts, company);
}

export const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  prices: {
    use: 'prices of one company, 1 to 6 facts of kind price',
    kind: 'price',
    max: 6,
    render: prices,
  },
  lowest: {
    use: 'the lowest paid price of one company, 1 fact of kind price',
    kind: 'price',
    max: 1,
    render: lowest,
  },
  'on-request': {
    use: 'plans of one company without a price, 1 to 4 facts of kind contact',
    kind: 'contact',
    max: 4,
    render: onRequest,
  },
  trial: {
    use: 'what one company offers to try, 1 fact of kind trial',
    kind: 'trial',
    max: 1,
    render: trial,
  },
};
