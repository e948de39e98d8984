import { contextTerms, noteTerms } from './context-terms';
import type { Offer } from '../offers/offers';
import { closest, type Outline, type OutlineNode } from '../page/outline';
import type { Piece } from '../offers/pieces';
import type { Ledger, Refusal } from '../money/refusals';
import { mergeTerms, type Terms } from '../money/terms';
import { claimBox, type Claim } from './claim';
import type { PriceMention } from '../money/mention';
import { CELLS, ROWS } from '../page/table-columns';

const IN_SET = 0.95;
const ALONE = 0.75;

function priceClaim(
  outline: Outline,
  offer: Offer,
  mention: PriceMention,
  terms: Terms,
  fallbackCurrency: string | undefined,
): Claim {
  return {
    kind: 'price',
    subject: offer.name.text,
    value: mention.value,
    unit: {
      currency: mention.currency ?? fallbackCurrency,
      period: terms.period,
      per: terms.per,
      billed: terms.billed,
      from: mention.from,
      upTo: mention.upTo,
    },
    source: 'text',
    start: mention.start,
    end: mention.end,
    selector: mention.run.selector,
    box: claimBox(outline, mention.start, mention.end),
    confidence: offer.set ? IN_SET : ALONE,
  };
}

function planClaim(offer: Offer): Claim {
  const { name } = offer;
  return {
    kind: 'plan',
    subject: name.text,
    value: name.text,
    source: 'text',
    start: name.start,
    end: name.end,
    selector: name.first.selector,
    box: name.box,
    confidence: offer.set ? IN_SET : ALONE,
  };
}

function sameTerms(a: Terms, b: Terms): boolean {
  return a.period === b.period && a.per === b.per;
}

/** One amount is often written twice: for a phone, for a reader's ear, in a sticky head. */
function withoutRepeats(
  prices: readonly (readonly [PriceMention, Terms])[],
): (readonly [PriceMention, Terms])[] {
  const kept: (readonly [PriceMention, Terms])[] = [];
  for (const entry of prices) {
    const [mention, terms] = entry;
    const index = kept.findIndex(
      ([other, otherTerms]) =>
        other.value === mention.value &&
        (other.currency === mention.currency ||
          !other.currency ||
          !mention.currency) &&
        (sameTerms(terms, otherTerms) || !terms.period || !otherTerms.period),
    );
    if (index < 0) kept.push(entry);
    else if (!kept[index][1].period && terms.period) kept[index] = entry;
  }
  return kept;
}

/** "$8 a month, billed annually ($96)": the small amount is the large one told again. */
function isYearlyTotal(
  [mention, terms]: readonly [PriceMention, Terms],
  all: readonly (readonly [PriceMention, Terms])[],
): boolean {
  if (terms.period === 'month') return false;
  if (mention.billedTotal && all.some(([, other]) => other.period === 'month'))
    return true;
  return all.some(
    ([other, otherTerms]) =>
      otherTerms.period === 'month' &&
      otherTerms.billed !== undefined &&
      mention.fontSize < other.fontSize * 0.7 &&
      Math.abs(mention.value - other.value * 12) <
        Math.max(1, other.value * 0.2),
  );
}

/** "$29/mo", below it "billed $348/yr": the year's amount is not told again, and says how the month is billed. */
function billedAsTold(
  prices: readonly (readonly [PriceMention, Terms])[],
  totals: readonly (readonly [PriceMention, Terms])[],
): (readonly [PriceMention, Terms])[] {
  return prices.map(entry => billedByTotal(entry, totals));
}

const without = <Entry>(all: readonly Entry[], kept: readonly Entry[]) =>
  all.filter(entry => !kept.includes(entry));

function billedByTotal(
  [mention, terms]: readonly [PriceMention, Terms],
  totals: readonly (readonly [PriceMention, Terms])[],
): readonly [PriceMention, Terms] {
  const isOfYear = totals.some(
    ([total, { period }]) =>
      total.billedTotal &&
      (period === 'year' || period === undefined) &&
      Math.abs(total.value - mention.value * 12) < mention.value * 1.2,
  );
  return terms.period === 'month' && !terms.billed && isOfYear
    ? [mention, { ...terms, billed: 'billed yearly' }]
    : [mention, terms];
}

/** "$24 $12/month": a larger amount without a period, beside one that has it, is the former price. */
function isFormer(
  [mention, terms]: readonly [PriceMention, Terms],
  all: readonly (readonly [PriceMention, Terms])[],
): boolean {
  if (terms.period || terms.per || mention.terms.billed || mention.inGrid)
    return false;
  return all.some(
    ([other, otherTerms]) =>
      otherTerms.period !== undefined &&
      otherTerms.period !== 'once' &&
      other.currency === mention.currency &&
      closest(other.node, CELLS) === closest(mention.node, CELLS) &&
      other.value < mention.value &&
      other.fontSize >= mention.fontSize,
  );
}

const MAX_BARE = 3;

/** Many amounts without a period under one name are a scale of something else: incomes, coverage, steps of a discount. */
function withoutScales(
  prices: readonly (readonly [PriceMention, Terms])[],
): (readonly [PriceMention, Terms])[] {
  const ends = new Set(prices.map(([mention]) => mention.upTo));
  const isBare = ([mention, terms]: readonly [PriceMention, Terms]) =>
    !mention.inGrid &&
    !terms.period &&
    !terms.per &&
    !terms.billed &&
    mention.upTo === undefined &&
    !ends.has(mention.value);
  const bare = new Map<string, Set<number>>();
  for (const [mention] of prices.filter(isBare)) {
    // Rows of a table that share their first cell are each about something of their own.
    const row = closest(mention.node, ROWS)?.first ?? '';
    const key = `${mention.currency ?? ''} ${row}`;
    bare.set(key, (bare.get(key) ?? new Set()).add(mention.value));
  }
  const scale = [...bare.values()].some(values => values.size > MAX_BARE);
  return scale ? prices.filter(entry => !isBare(entry)) : [...prices];
}

function offerClaims(
  outline: Outline,
  offer: Offer,
  pieces: readonly Piece[],
  page: {
    note: Terms;
    currency: string | undefined;
    ledger: Ledger;
    cards: readonly OutlineNode[];
  },
): Claim[] {
  const prices = offer.prices.map(mention => {
    let { terms } = mention;
    if (!terms.period)
      terms = mergeTerms(
        terms,
        contextTerms(offer, mention, pieces, page.cards),
      );
    if (!terms.period || !terms.per) {
      const { note } = page;
      const fits = !terms.period || terms.period === note.period;
      if (fits && mention.value > 0) terms = mergeTerms(terms, note);
    }
    return [mention, terms] as const;
  });
  const drop = (
    all: readonly (readonly [PriceMention, Terms])[],
    kept: readonly (readonly [PriceMention, Terms])[],
    why: Refusal,
  ) => {
    for (const entry of all)
      if (!kept.includes(entry)) page.ledger.refuse(entry[0], why);
    return kept;
  };
  const paid = prices.some(([mention]) => mention.value > 0);
  const worth = drop(
    prices,
    prices.filter(([mention]) => mention.value > 0 || !paid || mention.inGrid),
    'emptySum',
  );
  const monthly = worth.filter(entry => !isYearlyTotal(entry, prices));
  drop(worth, monthly, 'yearlyTotal');
  const told = monthly.filter(entry => !isFormer(entry, prices));
  drop(monthly, told, 'formerPrice');
  const unscaled = drop(told, withoutScales(told), 'scale');
  const once = drop(unscaled, withoutRepeats(unscaled), 'repeated');
  const shown = billedAsTold(once, without(worth, monthly));
  if (prices.length > 0 && shown.length === 0) return [];
  const claims = [planClaim(offer)];
  for (const [mention, terms] of shown)
    claims.push(priceClaim(outline, offer, mention, terms, page.currency));
  if (prices.length === 0 && offer.free) {
    const { free } = offer;
    claims.push({
      kind: 'price',
      subject: offer.name.text,
      value: 0,
      source: 'text',
      start: free.start,
      end: free.end,
      selector: free.run.selector,
      box: free.box,
      confidence: IN_SET,
    });
  } else if (prices.length === 0 && offer.onRequest) {
    const { onRequest } = offer;
    claims.push({
      kind: 'contact',
      subject: offer.name.text,
      value: outline.text.slice(onRequest.start, onRequest.end),
      source: 'text',
      start: onRequest.start,
      end: onRequest.end,
      selector: onRequest.run.selector,
      box: onRequest.box,
      confidence: IN_SET,
    });
  }
  return claims;
}

/** The one currency of the page's marked prices: what a price without a mark is in. */
function onlyCurrency(offers: readonly Offer[]): string | undefined {
  const all = new Set(
    offers.flatMap(offer => offer.prices.map(price => price.currency)),
  );
  all.delete(undefined);
  return all.size === 1 ? [...all][0] : undefined;
}

/** The same plan told twice, as in cards and again in a table's head, is one plan with its prices together. */
function mergeOffers(offers: readonly Offer[]): Offer[] {
  const merged = new Map<string, Offer>();
  for (const offer of offers) {
    const key = offer.name.text.toLowerCase();
    const known = merged.get(key);
    if (!known) merged.set(key, { ...offer, prices: [...offer.prices] });
    else {
      known.prices.push(...offer.prices);
      known.free ??= offer.free;
      known.onRequest ??= offer.onRequest;
    }
  }
  return [...merged.values()];
}

/** Plans, prices, free plans and plans on request. */
export function claimPrices(
  outline: Outline,
  offers: readonly Offer[],
  pieces: readonly Piece[],
  ledger: Ledger,
): Claim[] {
  const merged = mergeOffers(offers);
  const page = {
    note: noteTerms(outline.text),
    currency: onlyCurrency(merged),
    ledger,
    cards: merged.flatMap(({ card, column }) =>
      card && !column ? [card] : [],
    ),
  };
  return merged.flatMap(offer => offerClaims(outline, offer, pieces, page));
}
