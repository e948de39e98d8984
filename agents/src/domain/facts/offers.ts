import type { Anchor } from './anchors';
import { findAnchors } from './anchors';
import { createCardFinder, takeCensus, type Card, type Census } from './cards';
import { isKnownPlanName } from './lexicon';
import {
  ancestors,
  closest,
  horizontalOverlap,
  verticalOverlap,
  type Outline,
  type OutlineNode,
} from './outline';
import { isHeading, type Piece } from './pieces';
import {
  chooseName,
  columnNames,
  nameScore,
  relativePath,
  rowOf,
  type NamingScene,
} from './plan-names';
import type { PriceMention } from './price-mentions';
import type { Ledger } from './refusals';
import { isOtherRow, rowLabel, rowName } from './table-rows';

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

const LOOK_BACK = 80;
const LOOK_AHEAD = 12;
const TABLES = new Set(['table']);

interface Field {
  outline: Outline;
  census: Census;
  cardOf(anchor: Anchor): Card | undefined;
  likeness(card: Card | undefined): NamingScene['likeness'];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 16;
}

/** Looks at the same places of the cards beside: what differs there may be a name, what repeats is a label. */
function createLikeness(census: Census) {
  const sets = new Map<OutlineNode, Map<string, Map<OutlineNode, string>>>();
  const read = (set: OutlineNode) => {
    let places = sets.get(set);
    if (places) return places;
    sets.set(set, (places = new Map()));
    for (const card of set.children) {
      if (census.anchorsIn(card) === 0) continue;
      for (const piece of census.piecesIn(card, 60)) {
        const path = relativePath(piece.node, card);
        let texts = places.get(path);
        if (!texts) places.set(path, (texts = new Map()));
        if (!texts.has(card)) texts.set(card, piece.text);
      }
    }
    return places;
  };
  return (card: Card | undefined): NamingScene['likeness'] => {
    if (!card?.set) return () => ({ differs: 0, same: 0 });
    const places = read(card.set);
    const others = Math.max(
      1,
      card.set.children.filter(each => census.anchorsIn(each) > 0).length - 1,
    );
    return piece => {
      const texts = places.get(relativePath(piece.node, card.node));
      if (!texts) return { differs: 0, same: 0 };
      let differs = 0;
      let same = 0;
      for (const [node, text] of texts) {
        if (node === card.node) continue;
        if (text === piece.text) same += 1;
        else differs += 1;
      }
      return {
        differs: Math.min(1, differs / others),
        same: Math.min(1, same / others),
      };
    };
  };
}

/** Names and prices by turns, each in a line of its own: "Intake", "100 euro", "Session", "65 euro". */
function alternate(
  pieces: readonly Piece[],
  prices: readonly Anchor[],
): boolean {
  const before = (price: Anchor) =>
    pieces.find(piece => piece.last.index === price.run.index - 1);
  // A heading between two prices is the name of the second.
  const headed = pieces.some(
    piece =>
      isHeading(piece) &&
      piece.nameLike &&
      piece.start > prices[0].start &&
      piece.start < prices[prices.length - 1].start,
  );
  return (
    prices.length > 1 &&
    !headed &&
    prices.every(price => {
      const piece = before(price);
      return (
        piece?.nameLike === true &&
        !isHeading(piece) &&
        piece.node.parent === price.node.parent
      );
    })
  );
}

function nameIn(
  field: Field,
  region: OutlineNode,
  anchor: Anchor,
  card: Card | undefined,
): Piece | undefined {
  const pieces = field.census.piecesNear(
    region,
    anchor.start,
    LOOK_BACK,
    LOOK_AHEAD,
  );
  const inside = field.census
    .anchorsNear(region, anchor)
    .filter(other => other.kind === 'price');
  const scene: NamingScene = {
    mentions: inside,
    likeness: field.likeness(card),
    medianFontSize: median(pieces.map(piece => piece.fontSize)),
    first: region.first,
    alone: !card?.set,
    alternates: !card?.set && alternate(pieces, inside),
    headings: card?.set
      ? []
      : pieces
          .filter(piece => isHeading(piece) && piece.nameLike)
          .map(piece => piece.start),
  };
  const label = pieces.find(
    piece =>
      piece.nameLike &&
      piece.end <= anchor.start &&
      anchor.start - piece.end < 4 &&
      /^ ?: ?$/.test(field.outline.flat.slice(piece.end, anchor.start)),
  );
  if (label) return label;
  if (scene.alternates)
    return pieces.find(piece => piece.last.index === anchor.run.index - 1);
  const others = pieces.filter(piece => piece !== anchor.piece);
  const best = chooseName(others, anchor, scene);
  const own = anchor.piece;
  if (!own || !own.nameLike || !isKnownPlanName(own.text)) return best;
  if (!best) return own;
  const handicap = isHeading(own) ? 0 : 4;
  return nameScore(own, anchor, scene) - handicap >
    nameScore(best, anchor, scene)
    ? own
    : best;
}

/** Names by the heads of columns, where several anchors stand in one row of one region. */
function nameByColumn(
  field: Field,
  region: OutlineNode,
  anchor: Anchor,
  line = region,
): Piece | undefined {
  const all = field.census.anchorsNear(line, anchor);
  const row = rowOf(anchor, all);
  if (row.length < 2) return undefined;
  const table = closest(anchor.node, TABLES);
  const before = field.census.piecesNear(table ?? region, anchor.start, 300, 0);
  const heads = table ? field.census.piecesIn(table, 60) : [];
  const pieces = [
    ...heads.filter(piece => piece.start < (before[0]?.start ?? anchor.start)),
    ...before,
  ];
  return columnNames(pieces, row)?.get(anchor);
}

/** Beside the card stand others with prices. */
function hasPricedLikes(field: Field, card: Card, anchor: Anchor): boolean {
  const { node, set } = card;
  return (
    set !== undefined &&
    field.census
      .anchorsNear(set, anchor)
      .some(
        other =>
          other.kind === 'price' &&
          (other.run.index < node.first || other.run.index > node.last),
      )
  );
}

const branchOf = (
  region: OutlineNode,
  index: number,
): OutlineNode | undefined =>
  region.children.find(child => child.first <= index && child.last >= index);

/** The name stands in a branch of its own that has a price of its own, beside this one or after it: it is that price's. */
function isOfNeighbour(
  field: Field,
  region: OutlineNode,
  anchor: Anchor,
  name: Piece,
): boolean {
  const own = branchOf(region, anchor.run.index);
  const other = branchOf(region, name.first.index);
  if (!own || !other || own === other) return false;
  if (field.census.anchorsIn(other) === 0) return false;
  return (
    name.start > anchor.start ||
    (verticalOverlap(name.box, anchor.box) === 0 &&
      horizontalOverlap(name.box, anchor.box) === 0)
  );
}

interface Named {
  anchor: Anchor;
  name: Piece;
  card?: Card;
  column: boolean;
}

function nameAnchor(field: Field, anchor: Anchor): Named | undefined {
  const card = field.cardOf(anchor);
  const table = closest(anchor.node, TABLES);
  const row = table && rowName(anchor, table, field.census);
  if (row) return { anchor, name: row.name, card: row.card, column: false };
  if (card) {
    const byColumn =
      nameByColumn(field, card.node, anchor) ??
      (card.set && nameByColumn(field, card.set, anchor, card.node));
    if (byColumn) return { anchor, name: byColumn, card, column: true };
    const name = nameIn(field, card.node, anchor, card);
    if (name) return { anchor, name, card, column: false };
    // A neighbour's name is no name.
    if (hasPricedLikes(field, card, anchor)) return undefined;
  }
  for (const region of ancestors(card?.node ?? anchor.node)) {
    if (field.census.namesIn(region) === 0) continue;
    const byColumn = nameByColumn(field, region, anchor);
    if (byColumn) return { anchor, name: byColumn, column: true };
    if (anchor.kind !== 'price') return undefined;
    const name = nameIn(field, region, anchor, undefined);
    if (!name) continue;
    if (isOfNeighbour(field, region, anchor, name)) return undefined;
    const alone = field.census.anchorsIn(region) === 1;
    return {
      anchor,
      name,
      card: alone ? { node: region } : undefined,
      column: false,
    };
  }
  return undefined;
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

function isOfOtherRow(
  { anchor, name, column }: Named,
  census: Census,
): boolean {
  if (!column && !closest(anchor.node, TABLES)) return false;
  const label = rowLabel(anchor, census);
  return label !== name.text && isOtherRow(label);
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
  const named: Named[] = [];
  for (const anchor of anchors) {
    const before = named[named.length - 1];
    const goesOn = before && isSamePrice(outline, before.anchor, anchor);
    const own = goesOn ? { ...before, anchor } : nameAnchor(field, anchor);
    if (anchor.mention?.rival) ledger.refuse(anchor.mention, 'rival');
    else if (own && !isOfOtherRow(own, census)) named.push(own);
    else if (anchor.mention)
      ledger.refuse(anchor.mention, own ? 'otherRow' : 'unnamed');
  }
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
