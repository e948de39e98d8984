import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseHTML } from 'linkedom';
import type { TruePrice } from '../truth';

/** A page's HTML as elements, and where in it a plan and its price stand: found by the truth, never by the extraction. */

export interface PairPage {
  name: string;
  html: string;
  /** BCP 47. */
  language: string;
  /** Its layout. */
  kind: string;
  prices: readonly TruePrice[];
  also: readonly TruePrice[];
  /** Amounts on the page that are no price. */
  forbid: readonly number[];
  /** What its locale calls things; absent where no words are known. */
  words?: Words;
}

export const open = (html: string): Document =>
  parseHTML(html).document as unknown as Document;

export const write = (document: Document): string => String(document);

/** What a locale calls things; from the words that the labelled pages are made of. */
export interface Words {
  tag: string;
  currency: string;
  decimals: number;
  scale: number;
  forms: string[];
  title: string;
  names: string[];
  month: string[];
  year: string[];
  ask: string;
  promo: string;
  lines: string[];
  head: string[];
}

/**
 * @param folder of one JSON file a locale
 * @returns for a locale its words, else those of its language; undefined where none are known
 */
export function openWords(folder: string): (tag: string) => Words | undefined {
  const files = readdirSync(folder).sort();
  const known = new Map<string, Words>();
  return tag => {
    const file =
      files.find(name => name === `${tag}.json`) ??
      files.find(name => name.startsWith(`${tag.split('-')[0]}-`));
    if (!file) return undefined;
    const words =
      known.get(file) ??
      (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Words);
    known.set(file, words);
    return words;
  };
}

const SILENT = /^(?:script|style|template|noscript|title|nav|footer)$/i;

/** The text that a visitor may see, in order. */
export function textsOf(root: Node): Text[] {
  const found: Text[] = [];
  const walk = (node: Node) => {
    if (node.nodeType === 3) found.push(node as Text);
    else if (!SILENT.test(node.nodeName)) node.childNodes.forEach(walk);
  };
  walk(root);
  return found;
}

const plain = (text: string | null) =>
  (text ?? '').replace(/\s+/g, ' ').trim().toLowerCase();

/** Texts that are the plan's name and nothing else. */
export function namesIn(document: Document, price: TruePrice): Text[] {
  const names = new Set([price.plan, ...price.aliases].map(plain));
  return textsOf(document.body).filter(({ data }) => names.has(plain(data)));
}

/** Whether the name stands anywhere else on the page, inside of other words. */
export function isMentioned(document: Document, price: TruePrice): boolean {
  const name = plain(price.plan);
  const said = textsOf(document.body).filter(({ data }) =>
    plain(data).includes(name),
  );
  return said.length > namesIn(document, price).length;
}

/** A number in a text, and the power of ten of its last digit. */
export interface Place {
  node: Text;
  start: number;
  token: string;
  decimals: number;
}

const NUMBER =
  /\p{Nd}+(?:[.,'’٬٫]\p{Nd}+|[ \u00a0\u202f]\p{Nd}{3}(?!\p{Nd}))*/gu;
const DIGIT = /\p{Nd}/u;

/** 0 to 9 in any script. Unicode keeps the digits of a script in a row, the zero first. */
function valueOf(digit: string): number {
  let zero = digit.codePointAt(0)!;
  for (let i = 0; i < 9 && DIGIT.test(String.fromCodePoint(zero - 1)); i += 1)
    zero -= 1;
  return digit.codePointAt(0)! - zero;
}

/** How many digits of the token are decimals, if it is the amount; undefined where it is another number. */
function readAs(token: string, amount: number): number | undefined {
  const digits = [...token].filter(each => DIGIT.test(each)).map(valueOf);
  const written = digits.join('');
  const tail = /[.,٫](\p{Nd}+)$/u.exec(token)?.[1].length ?? 0;
  return [0, 1, 2, 3].find(
    decimals =>
      (decimals === 0 || decimals === tail) &&
      !(decimals === 3 && Number.isInteger(amount)) &&
      Number(amount.toFixed(decimals)) === amount &&
      amount.toFixed(decimals).replace('.', '') === written,
  );
}

function placesOf(root: Node, amount: number): Place[] {
  return textsOf(root).flatMap(node =>
    [...node.data.matchAll(NUMBER)].flatMap(({ 0: token, index }) => {
      const decimals = readAs(token, amount);
      return decimals === undefined
        ? []
        : [{ node, start: index, token, decimals }];
    }),
  );
}

/** How the currency is written beside an amount, the longest first. */
export function marksOf(
  currency: string,
  { language, words }: Pick<PairPage, 'language' | 'words'>,
): string[] {
  const found = new Set([currency]);
  for (const tag of [language, 'en'])
    for (const currencyDisplay of ['symbol', 'narrowSymbol', 'name'] as const) {
      const parts = new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        currencyDisplay,
      }).formatToParts(5);
      const mark = parts.find(({ type }) => type === 'currency')?.value;
      if (mark) found.add(mark);
    }
  if (words?.currency === currency)
    for (const form of words.forms)
      if (form !== 'intl')
        found.add(
          form
            .replace('{n}', '')
            .replace(/\(.*\)/, '')
            .trim(),
        );
  return [...found].filter(Boolean).sort((a, b) => b.length - a.length);
}

/** The text of the smallest box around a number that holds its currency; undefined where none does within three steps. */
export function boxWithMark(
  place: Place,
  currency: string,
  page: PairPage,
): Element | undefined {
  const marks = marksOf(currency, page);
  let box = place.node.parentElement;
  for (let step = 0; box && step < 3; step += 1, box = box.parentElement) {
    const text = box.textContent ?? '';
    if (text.length > 80) return undefined;
    if (marks.some(mark => text.includes(mark))) return box;
  }
  return undefined;
}

/**
 * Where the amount of a plan stands: the only such number in the smallest box around the plan's name that has one.
 *
 * @returns undefined where that is not sure
 */
export function placeOf(
  document: Document,
  page: PairPage,
  price: TruePrice,
  amount = price.amount,
): Place | undefined {
  for (const name of namesIn(document, price)) {
    let box = name.parentElement;
    while (box) {
      const found = placesOf(box, amount);
      if (found.length > 1) break;
      if (found.length === 1) {
        const marked =
          price.currency && boxWithMark(found[0], price.currency, page);
        return marked ? found[0] : undefined;
      }
      box = box.parentElement;
    }
  }
  return undefined;
}

export function replace(place: Place, text: string): void {
  const { node, start, token } = place;
  node.data =
    node.data.slice(0, start) + text + node.data.slice(start + token.length);
}

/**
 * Another amount in the same writing: one digit differs, by as little as leaves it an amount that the page does not name.
 *
 * @returns the token as it is written now, and its amount
 */
export function otherAmount(
  { token, decimals }: Place,
  taken: readonly number[],
): { token: string; amount: number } | undefined {
  const letters = [...token];
  const at = letters.flatMap((each, i) => (DIGIT.test(each) ? [i] : []));
  const digits = at.map(i => valueOf(letters[i]));
  const whole = at.length - decimals;
  for (let i = whole - 1; i >= 0; i -= 1)
    for (const step of [1, 2, -1, -2]) {
      const digit = digits[i] + step;
      if (digits[i] === 0 || digit < 1 || digit > 9) continue;
      const changed = digits.with(i, digit);
      const amount = Number(
        `${changed.slice(0, whole).join('')}.${changed.slice(whole).join('')}0`,
      );
      if (taken.includes(amount)) continue;
      const zero = letters[at[i]].codePointAt(0)! - digits[i];
      const written = letters.with(at[i], String.fromCodePoint(zero + digit));
      return { token: written.join(''), amount };
    }
  return undefined;
}

export const amountsOf = (page: PairPage): number[] => [
  ...[...page.prices, ...page.also].flatMap(({ amount, upTo }) =>
    upTo === undefined ? [amount] : [amount, upTo],
  ),
  ...page.forbid,
];

/** Boxes side by side, each of them one plan with its name and its price. */
export interface Card {
  box: Element;
  price: TruePrice;
  name: Text;
  place: Place;
}

function pathTo(node: Node): Element[] {
  const path: Element[] = [];
  for (let at = node.parentElement; at; at = at.parentElement) path.unshift(at);
  return path;
}

/** @returns empty where the plans do not stand in boxes of one parent, each with its name and its price */
export function cardsOf(document: Document, page: PairPage): Card[] {
  const found = page.prices.map(price => ({
    price,
    name: namesIn(document, price)[0],
    place: placeOf(document, page, price),
  }));
  if (found.length < 2 || found.some(({ name, place }) => !name || !place))
    return [];
  const paths = found.map(({ name }) => pathTo(name));
  const depth = paths[0].findIndex((step, at) =>
    paths.some(path => path[at] !== step),
  );
  if (depth < 0) return [];
  const cards = found.map(({ price, name, place }, i) => ({
    price,
    name,
    place: place!,
    box: paths[i][depth],
  }));
  const apart =
    new Set(cards.map(({ box }) => box)).size === cards.length &&
    cards.every(({ box, place }) => box?.contains(place.node));
  return apart ? cards : [];
}
