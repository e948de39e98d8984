import type { Anchor } from './anchors';
import { ancestors, type Outline, type OutlineNode } from '../page/outline';
import type { Piece } from './pieces';

/** An element that holds one offer, and the element that holds it and its likes. */
export interface Card {
  node: OutlineNode;
  set?: OutlineNode;
  /** True where its likes have names and it has none: what it costs is nobody's. */
  nameless?: boolean;
}

/** Answers "is there one in this element" without walking it. */
export interface Census {
  /** Size of the largest type in which an element shows an anchor; 0 where it has none. */
  largestIn(node: OutlineNode): number;
  anchorsIn(node: OutlineNode): number;
  namesIn(node: OutlineNode): number;
  firstAnchorIn(node: OutlineNode): Anchor | undefined;
  /** The first `max` pieces of an element. */
  piecesIn(node: OutlineNode, max: number): readonly Piece[];
  /** At most `back` pieces before `offset` and `ahead` after it, of one element. */
  piecesNear(
    node: OutlineNode,
    offset: number,
    back: number,
    ahead: number,
  ): readonly Piece[];
  /** Anchors of an element that stand near `anchor` in the text, itself included. */
  anchorsNear(node: OutlineNode, anchor: Anchor): readonly Anchor[];
}

const ANCHORS_NEAR = 40;

function lowerBound(
  sorted: readonly { start: number }[],
  offset: number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function prefixSums(length: number, at: Iterable<number>): Int32Array {
  const sums = new Int32Array(length + 1);
  for (const index of at) sums[index + 1] += 1;
  for (let i = 0; i < length; i += 1) sums[i + 1] += sums[i];
  return sums;
}

export function takeCensus(
  outline: Outline,
  anchors: readonly Anchor[],
  pieces: readonly Piece[],
): Census {
  const size = outline.runs.length;
  const anchorSums = prefixSums(
    size,
    anchors.map(each => each.run.index),
  );
  const names = pieces.filter(piece => piece.nameLike);
  const nameSums = prefixSums(
    size,
    names.map(each => each.first.index),
  );
  const pieceSums = prefixSums(
    size,
    pieces.map(each => each.first.index),
  );
  const count = (sums: Int32Array, node: OutlineNode) =>
    sums[node.last + 1] - sums[node.first];
  return {
    anchorsIn: node => count(anchorSums, node),
    firstAnchorIn: node =>
      count(anchorSums, node) > 0 ? anchors[anchorSums[node.first]] : undefined,
    largestIn: node =>
      anchors
        .slice(anchorSums[node.first], anchorSums[node.last + 1])
        .reduce((size, each) => Math.max(size, each.fontSize), 0),
    namesIn: node => count(nameSums, node),
    piecesIn(node, max) {
      const from = pieceSums[node.first];
      return pieces.slice(from, Math.min(from + max, pieceSums[node.last + 1]));
    },
    piecesNear(node, offset, back, ahead) {
      const at = lowerBound(pieces, offset);
      return pieces.slice(
        Math.max(pieceSums[node.first], at - back),
        Math.min(pieceSums[node.last + 1], at + ahead),
      );
    },
    anchorsNear(node, anchor) {
      const at = lowerBound(anchors, anchor.start);
      return anchors.slice(
        Math.max(anchorSums[node.first], at - ANCHORS_NEAR),
        Math.min(anchorSums[node.last + 1], at + ANCHORS_NEAR),
      );
    },
  };
}

/** How much larger the price of a card is than the amounts in its other lines. */
export const LARGER = 1.4;

/**
 * "Basic" over a large "89" with no name beside it, and below it lines in small type with names and amounts of their own: one card that
 * says what else it costs, and no set of cards.
 */
function isOneCard(node: OutlineNode, census: Census): boolean {
  let headed = false;
  let nameless = 0;
  let named = 0;
  for (const child of node.children) {
    const has = census.namesIn(child) > 0;
    if (census.anchorsIn(child) === 0) headed ||= has && nameless === 0;
    else if (has) named = Math.max(named, census.largestIn(child));
    else if (headed) nameless = Math.max(nameless, census.largestIn(child));
  }
  return named > 0 && nameless >= named * LARGER;
}

/**
 * The card of an anchor: the child of the deepest element that has at least two children each with an anchor and something that
 * could be a name. Without such an element there is no card.
 */
export function createCardFinder(
  census: Census,
): (anchor: Anchor) => Card | undefined {
  const isSet = new Map<OutlineNode, boolean>();
  const holdsCards = (node: OutlineNode): boolean => {
    const known = isSet.get(node);
    if (known !== undefined) return known;
    let cards = 0;
    for (const child of node.children) {
      if (census.anchorsIn(child) > 0 && census.namesIn(child) > 0) cards += 1;
      if (cards === 2) break;
    }
    const holds = cards >= 2 && !isOneCard(node, census);
    isSet.set(node, holds);
    return holds;
  };
  return anchor => {
    let child = anchor.node;
    for (const node of ancestors(anchor.node)) {
      const whole = census.anchorsIn(child) > 0 && census.namesIn(child) > 0;
      if (node !== child && holdsCards(node))
        return whole
          ? { node: child, set: node }
          : { node: child, set: node, nameless: true };
      child = node;
    }
    return undefined;
  };
}
