import { createHash } from 'node:crypto';
import type { TruePrice } from '../truth';
import {
  amountsOf,
  namesIn,
  open,
  otherAmount,
  placeOf,
  type PairPage,
  type Place,
} from './document';
import type { Expected } from './records';

/** What the site answers when a page is asked for. */
export interface Answer {
  status: number;
  location?: string;
  body: string;
}

/** A page in two versions, and what must be told of them. */
export interface Mutated {
  /** Its first version, where that is not the page as it is. */
  before?: string;
  /** What the second run gets at its first look, its second, …; the last one from then on. */
  after: readonly Answer[];
  expected: readonly Expected[];
  /** The first version was read by a collector that knew but the page as loaded. */
  oldCollector?: true;
}

export interface Mutation {
  name: string;
  /** @returns undefined where the page has nothing that can be changed so, or where it is not sure what the change would mean */
  make(page: PairPage): Mutated | undefined;
}

export const answer = (body: string): Answer => ({ status: 200, body });

/** A number that the same text always has: chance without chance. */
export function orderOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}

/** The plans of a page, beginning with another one on each page. */
export function inTurn(page: PairPage, salt: string): TruePrice[] {
  const first = orderOf(`${page.name} ${salt}`) % page.prices.length;
  return [...page.prices.slice(first), ...page.prices.slice(0, first)];
}

/** What no page calls a plan, in letters that every language writes names in. */
const NAMES = ['Aurora', 'Compass', 'Meridian', 'Zephyr', 'Solstice'];

export function newName(page: PairPage, salt: string): string {
  const name = NAMES[orderOf(`${page.name} ${salt}`) % NAMES.length];
  if (page.html.includes(name))
    throw new Error(`${page.name} has a plan "${name}"; choose other names.`);
  return name;
}

export const namesOf = ({ plan, aliases }: TruePrice) => [plan, ...aliases];

/** Prices that stand in markup as well: a site would change both, and where, nobody can tell. */
const inMarkup = (document: Document) =>
  document.querySelector(
    'script[type="application/ld+json"], [itemprop="price"], meta[property="product:price:amount"]',
  ) !== null;

/** A price of the page that can be written with another digit. */
export interface OtherDigit {
  price: TruePrice;
  place: Place;
  token: string;
  amount: number;
}

export function otherDigit(
  document: Document,
  page: PairPage,
  prices: readonly TruePrice[],
): OtherDigit | undefined {
  if (inMarkup(document)) return undefined;
  for (const price of prices) {
    const place = placeOf(document, page, price);
    const other = place && otherAmount(place, amountsOf(page));
    if (other) return { price, place, ...other };
  }
  return undefined;
}

export const amountChanged = (
  price: TruePrice,
  after: number,
  subjects: readonly string[] = namesOf(price),
): Expected => ({
  list: 'changes',
  kind: 'changed',
  factKind: 'price',
  aspect: 'amount',
  subjects,
  before: price.amount,
  after,
});

export const renamed = (price: TruePrice, name: string): Expected => ({
  list: 'changes',
  kind: 'changed',
  factKind: 'plan',
  aspect: 'name',
  subjects: [name],
  ...(price.aliases.length === 0 && { before: price.plan }),
  after: name,
});

export function setName(
  document: Document,
  price: TruePrice,
  name: string,
): void {
  for (const text of namesIn(document, price))
    text.data = text.data.replace(/\S.*\S|\S/su, name);
}

/** A mutation of the document; what `change` returns is what must be told of it. */
export const edit = (
  name: string,
  change: (
    document: Document,
    page: PairPage,
  ) => readonly Expected[] | undefined,
): Mutation => ({
  name,
  make(page) {
    const document = open(page.html);
    const expected = change(document, page);
    return expected && { after: [answer(String(document))], expected };
  },
});
