import { savesNoMoney } from '../money/innocent';
import type { Refusal } from '../money/refusals';
import type { Anchor } from './anchors';
import type { Card, Census } from './cards';
import { isKnownPlanName, isOnRequestText } from './lexicon';
import {
  ancestors,
  closest,
  contains,
  horizontalOverlap,
  verticalOverlap,
  type Outline,
  type OutlineNode,
} from '../page/outline';
import { isHeading, type Piece } from './pieces';
import {
  chooseName,
  columnNames,
  nameScore,
  relativePath,
  rowOf,
  type NamingScene,
} from './plan-names';
import { nameOverPrices } from './measured-cards';
import { nameInGrid } from './grid-names';
import { isRepeated, nameByTerm, nameOverLabels } from './label-names';
import { columnOffer, gridRowName, rowName } from './table-rows';
import { TABLES } from '../page/table-columns';

/** What a price is the price of: the name in its card, at the head of its column, at the start of its row. */

const LOOK_BACK = 80;
const LOOK_AHEAD = 12;

export interface Field {
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
export function createLikeness(census: Census) {
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

/** "Individuell" where the other cards have an amount: the button below it, "Kontakt aufnehmen", has its name elsewhere. */
const standsForPrice = (piece: Piece) =>
  !isHeading(piece) && isOnRequestText(piece.text);

/** "Large: 50 €" in another line of the list names that line. */
const isLabelOfPrice = (
  { outline }: Field,
  piece: Piece,
  prices: readonly Anchor[],
): boolean =>
  prices.some(
    ({ start }) =>
      start >= piece.end &&
      start - piece.end < 14 &&
      /^ ?: ?(?:\p{L}{1,9} )?$/u.test(outline.flat.slice(piece.end, start)),
  );

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
  const again = label && isRepeated(field.outline, label);
  // "2 people at a discount: €59", "Save time with us: €49" under a heading: the heading says of what.
  const counted =
    label &&
    (/^\p{Nd}/u.test(label.text) || savesNoMoney(`${label.text}:`)) &&
    pieces.some(
      piece => isHeading(piece) && piece.nameLike && piece.end <= label.start,
    );
  if (label && !again && !counted) return label;
  if (scene.alternates)
    return pieces.find(piece => piece.last.index === anchor.run.index - 1);
  const others = pieces.filter(
    piece =>
      piece !== anchor.piece &&
      !standsForPrice(piece) &&
      !((again || counted) && isLabelOfPrice(field, piece, inside)),
  );
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

const PARAGRAPHS = new Set(['p']);
const SECTION_HEAD = /^h[2-6]$/;

/**
 * "Light" over "Five lunches a week — 1450 a week", "Whole day" over another such line: where each heading has one paragraph with one
 * price below it, the heading is what one buys.
 */
function nameBySection(field: Field, anchor: Anchor): Piece | undefined {
  const paragraph = closest(anchor.node, PARAGRAPHS);
  const siblings = paragraph?.parent?.children;
  if (!paragraph || !siblings) return undefined;
  const head = siblings[siblings.indexOf(paragraph) - 1];
  if (!head || !SECTION_HEAD.test(head.tag)) return undefined;
  const { flat } = field.outline;
  if (!/\p{L}\s?[–—]\s?$/u.test(flat.slice(0, anchor.start).slice(-40)))
    return undefined;
  let sections = 0;
  let inSection = 0;
  for (const sibling of siblings) {
    if (sibling.tag === head.tag) inSection = 0;
    const prices = field.census.anchorsIn(sibling);
    inSection += prices;
    if (inSection > 1) return undefined;
    sections += prices;
  }
  return sections > 1
    ? field.census.piecesIn(head, 60).find(piece => piece.nameLike)
    : undefined;
}

export interface Named {
  anchor: Anchor;
  name: Piece;
  card?: Card;
  column: boolean;
}

/** @returns why it is not told, where its place says that no name near it can be its own */
export function nameAnchor(
  field: Field,
  anchor: Anchor,
): Named | Refusal | undefined {
  const inGrid = nameInGrid(field.outline, field.census, anchor);
  if (inGrid) return inGrid;
  const section = nameBySection(field, anchor) ?? nameByTerm(field, anchor);
  const named = section
    ? { anchor, name: section, column: false }
    : nameByPlace(field, anchor);
  return named && isOfOtherTable(named) ? 'unnamed' : named;
}

/** A table's words name what stands in it. */
function isOfOtherTable({ anchor, name }: Named): boolean {
  const table = closest(name.node, TABLES);
  return table !== undefined && !contains(table, anchor.node);
}

function nameInCard(
  field: Field,
  card: Card,
  anchor: Anchor,
): Named | undefined {
  const byRow = gridRowName(card, anchor, field.census);
  if (byRow) return { anchor, name: byRow, card, column: false };
  const byColumn =
    nameByColumn(field, card.node, anchor) ??
    (card.set && nameByColumn(field, card.set, anchor, card.node));
  if (byColumn) return { anchor, name: byColumn, card, column: true };
  const name =
    nameOverPrices(field.census, card, anchor) ??
    nameIn(field, card.node, anchor, card);
  if (name) return { anchor, name, card, column: false };
  const over = nameOverLabels(field, card, anchor);
  return over && { anchor, name: over, column: false };
}

/** @returns 'none' where its column or row is known to have no name */
function nameInTable(
  { census }: Field,
  anchor: Anchor,
  table: OutlineNode,
  card: Card | undefined,
): Named | 'none' | undefined {
  const row = rowName(anchor, table, census);
  if (row) return { anchor, name: row.name, card: row.card, column: false };
  if (anchor.kind !== 'price') return undefined;
  const column = columnOffer(anchor, table, census);
  if (!column || column === 'none') return column;
  return { anchor, name: column, card, column: true };
}

function nameByPlace(field: Field, anchor: Anchor): Named | undefined {
  const card = field.cardOf(anchor);
  const table = closest(anchor.node, TABLES);
  const tabled = table && nameInTable(field, anchor, table, card);
  if (tabled) return tabled === 'none' ? undefined : tabled;
  if (card) {
    const named = nameInCard(field, card, anchor);
    if (named) return named;
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
