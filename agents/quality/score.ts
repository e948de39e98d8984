import type { Fact } from '@agentworkloads/api';
import type { TruePrice, Truth } from './truth';

/** One amount that was printed for a plan. A range is two of them, its lower and its upper end. */
interface Printed {
  plan: string;
  /** Printed for the page as a whole, for no plan could be named. */
  unnamed: boolean;
  amount: number;
  currency?: string;
  period?: string;
}

export interface Tally {
  /** Amounts of the truth that must be read, and how many of them were, right in amount, currency, period and plan. */
  truth: number;
  found: number;
  /** Amounts printed, and how many of them are right. */
  printed: number;
  right: number;
  /** Printed amounts that, with their currency, are not in the truth for their plan. */
  wrong: number;
}

export interface PageScore extends Tally {
  name: string;
  language: string;
  kind: string;
  /** By ISO code; what was printed without one stands under `none`. */
  currencies: Record<string, Tally>;
  /** What was missed, and what was printed and is not right, for people. */
  missed: string[];
  notRight: string[];
}

export const emptyTally = (): Tally => ({
  truth: 0,
  found: 0,
  printed: 0,
  right: 0,
  wrong: 0,
});

export function addTally(to: Tally, more: Tally): void {
  for (const key of Object.keys(emptyTally()) as (keyof Tally)[])
    to[key] += more[key];
}

/** Shares of 1; undefined where there is nothing to have a share of. */
export const precision = (t: Tally) =>
  t.printed ? t.right / t.printed : undefined;
export const recall = (t: Tally) => (t.truth ? t.found / t.truth : undefined);
export const wrongRate = (t: Tally) =>
  t.printed ? t.wrong / t.printed : undefined;

const plain = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(/^[\s«"„“:]+|[\s»"”:]+$/g, '')
    .toLowerCase();

function withEnds(price: TruePrice): TruePrice[] {
  return price.upTo === undefined
    ? [price]
    : [price, { ...price, amount: price.upTo }];
}

function printedOf(facts: readonly Fact[]): Printed[] {
  const sites = new Set(
    facts.filter(fact => fact.kind === 'headline').map(fact => fact.subject),
  );
  return facts
    .filter(fact => fact.kind === 'price')
    .flatMap(fact => {
      const unit = fact.unit ?? {};
      const one: Printed = {
        plan: plain(fact.subject),
        unnamed: fact.subject === '' || sites.has(fact.subject),
        amount: Number(fact.value),
        currency: unit.currency,
        period: unit.period,
      };
      return unit.upTo === undefined
        ? [one]
        : [one, { ...one, amount: unit.upTo }];
    });
}

const isPlan = (price: TruePrice, plan: string) =>
  [price.plan, ...price.aliases].some(name => plain(name) === plan);

const isMoney = (price: TruePrice, { amount, currency }: Printed) =>
  price.amount === amount &&
  // A plan that is called free without an amount is free in any currency.
  (price.currency === currency || (amount === 0 && !price.currency));

const isPeriod = (price: TruePrice, { period }: Printed) =>
  price.period === period ||
  (price.mayPeriod !== undefined && price.mayPeriod === period) ||
  // What is sold, and not let, is paid once: saying so is not wrong.
  (!price.period && period === 'once');

function isWrong(printed: Printed, truth: readonly TruePrice[]): boolean {
  const own = truth.filter(
    price => printed.unnamed || isPlan(price, printed.plan),
  );
  return !own.some(price => isMoney(price, printed));
}

const say = (price: {
  plan: string;
  amount: number;
  currency?: string;
  period?: string;
}) =>
  [price.plan || '(unnamed)', price.amount, price.currency, price.period]
    .filter(part => part !== undefined)
    .join(' ');

/** Compares what was printed of a page with its truth. */
export function scorePage(
  name: string,
  truth: Truth,
  facts: readonly Fact[],
): PageScore {
  const wanted = truth.prices.flatMap(withEnds);
  const allowed = [...wanted, ...truth.also.flatMap(withEnds)];
  const printed = printedOf(facts);
  const score: PageScore = {
    ...emptyTally(),
    name,
    language: truth.language,
    kind: truth.kind,
    currencies: {},
    missed: [],
    notRight: [],
  };
  const count = (currency: string | undefined, more: Partial<Tally>) => {
    const whole = { ...emptyTally(), ...more };
    addTally(score, whole);
    const key = currency ?? 'none';
    score.currencies[key] ??= emptyTally();
    addTally(score.currencies[key], whole);
  };
  const fits = (price: TruePrice, one: Printed) =>
    isPlan(price, one.plan) && isMoney(price, one) && isPeriod(price, one);
  for (const price of wanted) {
    const found = printed.some(one => fits(price, one));
    count(price.currency, { truth: 1, found: found ? 1 : 0 });
    if (!found) score.missed.push(say(price));
  }
  for (const one of printed) {
    const right = allowed.some(price => fits(price, one));
    const wrong = !right && isWrong(one, allowed);
    count(one.currency, {
      printed: 1,
      right: right ? 1 : 0,
      wrong: wrong ? 1 : 0,
    });
    if (!right)
      score.notRight.push(
        `${wrong ? 'WRONG ' : ''}${say({
          ...one,
          plan: one.unnamed ? '' : one.plan,
        })}`,
      );
  }
  return score;
}
