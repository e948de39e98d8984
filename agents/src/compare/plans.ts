import type { Fact } from '@agentworkloads/api';
import { assign, assignInTurns, type Assignment } from './assign';
import { samePrices, withoutRangeEnds } from './prices';
import { fold, likeness, shared } from './wording';

/** What a page says of one plan, or of one thing that is sold without a plan. */
export interface Plan {
  /** Empty for prices that stand under no name. */
  name: string;
  key: string;
  /** The name as a fact; absent where only a price names it. */
  fact?: Fact;
  prices: Fact[];
  /** "Contact us" in the place of a price. */
  onRequest?: Fact;
  /** Features and limits. */
  details: Fact[];
  ctas: Fact[];
  /** 0 for the first plan of the page. */
  place: number;
}

export interface PlansOfPage {
  plans: Plan[];
  /** What is said of no plan. */
  copy: Fact[];
}

const BADGE =
  /\s*[·•|(–—-]\s*(?:most popular|popular|recommended|best (?:value|seller)|new|beliebt(?:este)?|empfohlen|populaire|recommandé)\)?\s*$/iu;

/** One for names that are one plan's. */
export const nameKey = (name: string) => fold(name.replace(BADGE, ''));

const isOfPlans = ({ kind }: Fact) => kind === 'plan' || kind === 'price';

/** By key, in the order in which they are told; what is said of them is not there yet. */
function plansByKey(facts: readonly Fact[]): Map<string, Plan> {
  const plans = new Map<string, Plan>();
  for (const fact of facts.filter(isOfPlans)) {
    const key = nameKey(fact.subject);
    const plan = plans.get(key) ?? {
      name: fact.subject,
      key,
      prices: [],
      details: [],
      ctas: [],
      place: plans.size,
    };
    plans.set(key, plan);
    if (fact.kind === 'price') plan.prices.push(fact);
    else plan.fact ??= fact;
  }
  return plans;
}

/** @returns false where the fact is no part of a plan */
function addTo(plan: Plan, fact: Fact): boolean {
  switch (fact.kind) {
    case 'contact':
      plan.onRequest ??= fact;
      return true;
    case 'cta':
      plan.ctas.push(fact);
      return true;
    case 'feature':
    case 'limit':
      plan.details.push(fact);
      return true;
    default:
      return false;
  }
}

/** Sorts the facts of a page under its plans, in the order in which they are told. */
export function plansOf(facts: readonly Fact[]): PlansOfPage {
  const plans = plansByKey(facts);
  const copy = facts.filter(fact => {
    if (isOfPlans(fact)) return false;
    const plan = plans.get(nameKey(fact.subject));
    return !(plan?.fact && addTo(plan, fact));
  });
  for (const plan of plans.values())
    plan.prices = withoutRangeEnds(plan.prices);
  return { plans: [...plans.values()], copy };
}

/** All facts that a plan is made of. */
export function factsOf(plan: Plan): Fact[] {
  return [
    ...(plan.fact ? [plan.fact] : []),
    ...plan.prices,
    ...(plan.onRequest ? [plan.onRequest] : []),
    ...plan.details,
    ...plan.ctas,
  ];
}

/** How sure it is that a plan is one: its name's confidence, else that of its prices. */
export function confidenceOf({ fact, prices }: Plan): number {
  return fact?.confidence ?? prices[0]?.confidence ?? 0;
}

function sharedDetails(a: Plan, b: Plan): number {
  const texts = ({ details }: Plan) => details.map(({ value }) => fold(value));
  const most = Math.max(a.details.length, b.details.length);
  return most === 0 ? 0 : shared(texts(a), texts(b)) / most;
}

function samePlace(a: Plan, b: Plan): boolean {
  return a.fact && b.fact
    ? a.fact.selector === b.fact.selector
    : a.place === b.place;
}

/** 0 where two plans of different names are two plans; else how much speaks for one that got a new name. */
function renamed(was: Plan, is: Plan): number {
  if (!was.fact || !is.fact) return 0;
  const details = sharedDetails(was, is);
  const prices = was.prices.length > 0 && samePrices(was.prices, is.prices);
  const bare = was.details.length === 0 || is.details.length === 0;
  const name = likeness(was.name, is.name);
  const place = samePlace(was, is);
  const fits = details > 0 || bare;
  const speaks = (prices && fits) || (place && name >= 0.5 && (prices || fits));
  if (details < 0.6 && !speaks) return 0;
  return details + (prices ? 1 : 0) + name / 2 + (place ? 0.5 : 0);
}

/** In the only place that is left, among plans that stayed: a new name and a new price for what may be the same. */
function replaced(was: Plan, is: Plan): number {
  const details = sharedDetails(was, is);
  const bare = was.details.length === 0 && is.details.length === 0;
  const fits = was.fact && is.fact && samePlace(was, is);
  return fits && (bare || details > 0) ? 1 + details : 0;
}

/** Which plan of a page is which of its other reading: by name first, then by what it costs and has, and where it stands. */
export function assignPlans(
  before: readonly Plan[],
  after: readonly Plan[],
): Assignment<Plan> {
  const named = assignInTurns(before, after, [
    (was, is) => (was.key === is.key ? 1 : 0),
    renamed,
  ]);
  const lastOnes = named.gone.length === 1 && named.came.length === 1;
  if (!lastOnes || named.pairs.length === 0 || before.length !== after.length)
    return named;
  const last = assign(named.gone, named.came, replaced);
  return { ...last, pairs: [...named.pairs, ...last.pairs] };
}

/**
 * A price under a name of its own, outside of the box that holds the plans, and nothing is listed of it: a banner, not one plan more.
 *
 * @param others plans of the same reading that stand in both
 */
export function standsApart(plan: Plan, others: readonly Plan[]): boolean {
  const steps = ({ fact }: Plan) => fact?.selector.split(' > ') ?? [];
  const known = others.filter(({ fact }) => fact).map(steps);
  if (known.length < 2 || plan.details.length > 0 || plan.prices.length === 0)
    return false;
  const [first, ...more] = known;
  const differs = first.findIndex((step, at) =>
    more.some(each => each[at] !== step),
  );
  const box = first.slice(0, Math.max(differs, 0));
  const own = steps(plan);
  return box.some((step, at) => own[at] !== step);
}
