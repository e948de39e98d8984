import type { Anchor } from './anchors';
import { findAnchors } from './anchors';
import { createCardFinder, takeCensus } from './cards';
import { createDoubts } from './doubts';
import { isKnownPlanName } from './lexicon';
import {
  createLikeness,
  nameAnchor,
  type Field,
  type Named,
} from './offer-names';
import {
  ancestors,
  closest,
  horizontalOverlap,
  type Outline,
  type OutlineNode,
} from '../page/outline';
import { nameByPlaces } from './name-places';
import type { Piece } from './pieces';
import { relativePath } from './plan-names';
import type { Ledger, Refusal } from '../money/refusals';
import type { PriceMention } from '../money/mention';

/** Something on offer, and what it costs in sight. */
export interface Offer {
  name: Piece;
  prices: PriceMention[];
  /** What more than the plan's share costs, in the lines of its list. */
  extras: PriceMention[];
  free?: Anchor;
  onRequest?: Anchor;
  /** The element of this offer alone; features are looked for in it. */
  card?: OutlineNode;
  /** The element that holds this card and its likes. */
  set?: OutlineNode;
  /** True when the offer is a column under its name, so that no element holds it alone. */
  column: boolean;
}

/** Cards of one set look alike: side by side, or with their names at the same place. */
function isLike(named: Named, other: Named): boolean {
  if (!named.card || !other.card || named.card.node === other.card.node)
    return false;
  const sameRow =
    Math.abs(named.name.box.y - other.name.box.y) < 60 &&
    horizontalOverlap(named.name.box, other.name.box) === 0;
  const samePlace =
    relativePath(named.name.node, named.card.node) ===
    relativePath(other.name.node, other.card.node);
  return sameRow || samePlace || isKnownPlanName(named.name.text);
}

/** A price offer beside it in the same set makes "Contact us" or "Free" mean a plan, and not a link that stands anywhere. */
function isBelievable(named: Named, priced: readonly Named[]): boolean {
  if (named.column)
    return priced.some(
      other =>
        other.column &&
        other.name.text !== named.name.text &&
        Math.abs(other.name.box.y - named.name.box.y) < 12,
    );
  const { card } = named;
  if (!card?.set) return false;
  const siblings = priced.filter(other => other.card?.set === card.set);
  if (siblings.some(other => isLike(named, other))) return true;
  return (
    isKnownPlanName(named.name.text) &&
    priced.some(
      other =>
        other.card?.set &&
        other.card.set.parent &&
        other.card.set.depth - card.set!.depth <= 3 &&
        [...ancestors(other.card.set)].includes(card.set!),
    )
  );
}

/** Small amounts in a list under a large one are not what the card costs. */
function isBesidePoint(named: Named, all: readonly Named[]): boolean {
  const { mention } = named.anchor;
  if (!mention) return false;
  const largest = Math.max(
    ...all
      .filter(other => other.name === named.name && other.anchor.mention)
      .map(other => other.anchor.fontSize),
  );
  if (mention.fontSize >= largest * 0.7) return false;
  const inList = closest(mention.node, new Set(['li', 'dd'])) !== undefined;
  if (/extra|additional/.test(mention.terms.per ?? '')) return true;
  return inList || !(mention.terms.period || mention.terms.per);
}

function toOffers(named: readonly Named[]): Offer[] {
  const offers = new Map<Piece, Offer>();
  for (const { anchor, name, card, column } of named) {
    let offer = offers.get(name);
    if (!offer) {
      offer = {
        name,
        prices: [],
        extras: [],
        card: card?.node,
        set: card?.set,
        column,
      };
      offers.set(name, offer);
    }
    if (anchor.mention) offer.prices.push(anchor.mention);
    else if (anchor.kind === 'free') offer.free ??= anchor;
    else offer.onRequest ??= anchor;
  }
  return [...offers.values()];
}

const ONWARDS = /^\s{0,2}(?:[-–—−/|]|or|to|bis|à)\s{0,2}$/;

/** "€1,200–€2,400" and "$19 / €17" are two amounts of one offer. */
function isSamePrice(outline: Outline, before: Anchor, next: Anchor): boolean {
  return (
    before.mention !== undefined &&
    next.mention !== undefined &&
    next.start >= before.end &&
    next.start - before.end < 8 &&
    ONWARDS.test(outline.flat.slice(before.end, next.start))
  );
}

/** Every offer of the page, in the order of the text. */
export function findOffers(
  outline: Outline,
  mentions: readonly PriceMention[],
  pieces: readonly Piece[],
  ledger: Ledger,
): Offer[] {
  const anchors = findAnchors(mentions, pieces);
  if (!anchors.some(anchor => anchor.kind === 'price')) return [];
  const census = takeCensus(outline, anchors, pieces);
  const field: Field = {
    outline,
    census,
    cardOf: createCardFinder(census),
    likeness: createLikeness(census),
  };
  const refused = new Map<Anchor, Refusal>();
  const tried = anchors.map(anchor => {
    const own = nameAnchor(field, anchor);
    if (typeof own === 'string') refused.set(anchor, own);
    return {
      anchor,
      card: field.cardOf(anchor),
      own: typeof own === 'string' ? undefined : own,
    };
  });
  const names = nameByPlaces(tried, census);
  const named: Named[] = [];
  for (const [index, anchor] of anchors.entries()) {
    const before = named[named.length - 1];
    const goesOn = before && isSamePrice(outline, before.anchor, anchor);
    const own = goesOn ? { ...before, anchor } : names[index];
    const why = refused.get(anchor);
    if (anchor.mention?.rival) ledger.refuse(anchor.mention, 'rival');
    else if (why && anchor.mention) ledger.refuse(anchor.mention, why);
    else if (own) named.push(own);
    else if (anchor.mention) ledger.refuse(anchor.mention, 'unnamed');
  }
  const doubtOf = createDoubts(outline, census, named, mentions);
  const firm = named.filter(each => {
    const why = doubtOf(each);
    if (why && each.anchor.mention) ledger.refuse(each.anchor.mention, why);
    return !why;
  });
  return offersOf(firm, ledger);
}

function offersOf(named: readonly Named[], ledger: Ledger): Offer[] {
  const priced = named.filter(each => each.anchor.kind === 'price');
  const kept = named.filter(each =>
    each.anchor.kind === 'price'
      ? !isBesidePoint(each, named)
      : isBelievable(each, priced),
  );
  for (const each of priced)
    if (isBesidePoint(each, named))
      ledger.refuse(each.anchor.mention!, 'besideThePoint');
  const offers = toOffers(kept);
  for (const { anchor, name } of priced.filter(
    each => isBesidePoint(each, named) && each.anchor.mention?.terms.per,
  ))
    offers.find(offer => offer.name === name)?.extras.push(anchor.mention!);
  return offers;
}

/** Whether two offers stand in one column, for what a table says below their names. */
export function isUnder(piece: Piece, head: Piece): boolean {
  return horizontalOverlap(piece.box, head.box) > 0.3;
}
