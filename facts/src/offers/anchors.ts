import type { Box } from '@agentworkloads/api';
import { isFreeText, isOnRequestText } from './lexicon';
import { closest, type OutlineNode, type Run } from '../page/outline';
import type { Piece } from './pieces';
import type { PriceMention } from '../money/mention';

/** A place where a card says what it costs: an amount, "Free", or "Contact us". */
export interface Anchor {
  kind: 'price' | 'free' | 'request';
  start: number;
  end: number;
  value: number;
  node: OutlineNode;
  run: Run;
  box: Box;
  fontSize: number;
  mention?: PriceMention;
  piece?: Piece;
}

const MAX_MARKERS = 300;
const PAGE_CHROME = new Set(['nav', 'header', 'footer']);

function markerOf(piece: Piece): Anchor | undefined {
  const free = isFreeText(piece.text);
  if (!free && !isOnRequestText(piece.text)) return undefined;
  const chrome = closest(piece.node, PAGE_CHROME);
  if (chrome && (chrome.tag === 'nav' || chrome.depth <= 4)) return undefined;
  return {
    kind: free ? 'free' : 'request',
    start: piece.start,
    end: piece.end,
    value: free ? 0 : -1,
    node: piece.node,
    run: piece.first,
    box: piece.box,
    fontSize: piece.fontSize,
    piece,
  };
}

/** All anchors in the order of the text. Prices inside sentences are not among them. */
export function findAnchors(
  mentions: readonly PriceMention[],
  pieces: readonly Piece[],
): Anchor[] {
  const prices = mentions
    .filter(mention => !mention.prose && !mention.added)
    .map(mention => ({ kind: 'price' as const, ...mention, mention }));
  const markers = pieces
    .map(markerOf)
    .filter((anchor): anchor is Anchor => anchor !== undefined)
    .slice(0, MAX_MARKERS);
  return [...prices, ...markers].sort((a, b) => a.start - b.start);
}
