import type { OutlineNode } from '../page/outline';
import type { Anchor } from './anchors';
import type { Card, Census } from './cards';
import { isBadge, isSticker } from './lexicon';
import type { Named } from './offer-names';
import { isHeading, type Piece } from './pieces';
import { relativePath } from './plan-names';

/** Where like cards have their names: what stands there is the name, whatever its words are. */

/** An anchor with its card and what it was named by itself. */
export interface Tried {
  anchor: Anchor;
  card: Card | undefined;
  own: Named | undefined;
}

interface Place {
  path: string;
  /** Names that stand there, in other cards. */
  texts: ReadonlySet<string>;
}

const MAX_PIECES = 60;
const MAX_NAME = 60;

/** By set, its cards with prices and the name that each has in itself. */
function cardsOf(
  tried: readonly Tried[],
): Map<OutlineNode, Map<OutlineNode, Piece | undefined>> {
  const sets = new Map<OutlineNode, Map<OutlineNode, Piece | undefined>>();
  for (const { card, own, anchor } of tried) {
    if (!card?.set || card.nameless || anchor.kind !== 'price') continue;
    const cards = sets.get(card.set) ?? new Map();
    sets.set(card.set, cards);
    const inside = own?.card?.node === card.node && !own.column;
    if (inside || !cards.has(card.node))
      cards.set(card.node, inside ? own.name : undefined);
  }
  return sets;
}

/** The place at which more than half of the cards of a set, and at least two, have a heading as their name. */
function placeOf(
  cards: ReadonlyMap<OutlineNode, Piece | undefined>,
): Place | undefined {
  const counts = new Map<string, Set<string>>();
  for (const [node, name] of cards) {
    if (!name || !isHeading(name)) continue;
    const path = relativePath(name.node, node);
    counts.set(path, (counts.get(path) ?? new Set()).add(name.text));
  }
  const [path, texts] =
    [...counts].find(([, all]) => all.size > 1 && all.size > cards.size / 2) ??
    [];
  return path !== undefined && texts ? { path, texts } : undefined;
}

function placesOf(tried: readonly Tried[]): Map<OutlineNode, Place> {
  const places = new Map<OutlineNode, Place>();
  for (const [set, cards] of cardsOf(tried)) {
    const place = placeOf(cards);
    if (place) places.set(set, place);
  }
  return places;
}

function pieceAt(card: Card, place: Place, census: Census): Piece | undefined {
  return census
    .piecesIn(card.node, MAX_PIECES)
    .find(
      piece =>
        relativePath(piece.node, card.node) === place.path &&
        piece.text.length <= MAX_NAME &&
        /\p{L}/u.test(piece.text) &&
        !isSticker(piece.text) &&
        !isBadge(piece.text) &&
        !place.texts.has(piece.text),
    );
}

/**
 * "Total" is a word of sums, and the name of the third card where "Base" and "Comfort" stand in the same heading of the other two.
 * @returns what each anchor is the price of, in their order
 */
export function nameByPlaces(
  tried: readonly Tried[],
  census: Census,
): (Named | undefined)[] {
  const places = placesOf(tried);
  return tried.map(({ anchor, card, own }) => {
    const place = card?.set && places.get(card.set);
    const settled =
      own && (own.column || own.anchor.mention?.inGrid || isHeading(own.name));
    if (!card || !place || settled || anchor.kind !== 'price') return own;
    const name = pieceAt(card, place, census);
    return name && isHeading(name)
      ? { anchor, name, card, column: false }
      : own;
  });
}
