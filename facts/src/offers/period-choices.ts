import { looksLikeCta, isKnownPlanName } from './lexicon';
import { ancestors, closest, type OutlineNode } from '../page/outline';
import { isHeading, isPeriodName, type Piece } from './pieces';
import type { PriceMention } from '../money/mention';

/**
 * "Monthly" and "Yearly" are how one pays, not what one buys, unless nothing else tells the choices apart: each word stands once on the
 * page, over the price of a card of its own, side by side, and nothing but the page's own heading stands over them.
 */

const holds = (node: OutlineNode, index: number): boolean =>
  index >= node.first && index <= node.last;

/** The largest element around `piece` that holds none of the others. */
function cardOf(piece: Piece, all: readonly Piece[]): OutlineNode {
  let card = piece.node;
  for (const node of ancestors(piece.node)) {
    const shared = all.some(
      other => other !== piece && holds(node, other.first.index),
    );
    if (shared) break;
    card = node;
  }
  return card;
}

function pays(
  card: OutlineNode,
  name: Piece,
  pieces: readonly Piece[],
  mentions: readonly PriceMention[],
): boolean {
  const own = mentions.filter(
    mention => !mention.prose && holds(card, mention.run.index),
  );
  const headed = pieces.some(
    piece =>
      piece !== name && isHeading(piece) && holds(card, piece.first.index),
  );
  return (
    own.length > 0 && own.length <= 3 && own[0].start > name.start && !headed
  );
}

const MAX_UP = 3;
const CHROME = new Set(['header', 'nav', 'footer']);

/** Something over the choices that says what they are choices of: a plan with two prices. */
function isNamedAbove(set: OutlineNode, pieces: readonly Piece[]): boolean {
  const around = [...ancestors(set)].slice(0, MAX_UP);
  const before = pieces.filter(piece => piece.last.index < set.first);
  const heading = before.filter(isHeading).pop();
  if (
    heading &&
    heading.role !== 'h1' &&
    heading.nameLike &&
    !looksLikeCta(heading.text)
  )
    return true;
  return before.some(
    piece =>
      piece.nameLike &&
      !/^(?:h1|a|nav)$/.test(piece.role) &&
      !closest(piece.node, CHROME) &&
      piece !== heading &&
      (piece.bold || isKnownPlanName(piece.text)) &&
      around.some(node => holds(node, piece.first.index)),
  );
}

/** Pieces that name a choice by its period alone. */
export function findPeriodChoices(
  pieces: readonly Piece[],
  mentions: readonly PriceMention[],
): ReadonlySet<Piece> {
  const none: ReadonlySet<Piece> = new Set();
  const words = pieces.filter(
    piece =>
      isPeriodName(piece.text) && !/^(?:button|a|th|td)$/.test(piece.role),
  );
  const texts = new Set(words.map(piece => piece.text.toLowerCase()));
  if (words.length < 2 || texts.size < words.length) return none;
  const cards = words.map(piece => cardOf(piece, words));
  const set = cards[0].parent;
  if (!set || cards.some(card => card.parent !== set)) return none;
  const paid = words.every((piece, index) =>
    pays(cards[index], piece, pieces, mentions),
  );
  return paid && !isNamedAbove(set, pieces) ? new Set(words) : none;
}
