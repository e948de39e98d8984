import type { Anchor } from './anchors';
import type { Card, Census } from './cards';
import type { Piece } from './pieces';

/** A word for how much, such as "2 m²" or "10 GB", in a line of its own. */
const MEASURED = /^\p{Nd}[\p{Nd}.,]{0,6}\s?[\p{L}²³°%"″]{1,12}[²³]?$/u;

/**
 * "2 m²", "4 m²", "8 m²" over the prices of cards that are alike: each begins with words of its own right before its price, and measures
 * by them. Then they are what one chooses, whatever stands below the price.
 */
export function nameOverPrices(
  census: Census,
  { node, set }: Card,
  anchor: Anchor,
): Piece | undefined {
  if (!set || anchor.kind !== 'price') return undefined;
  const cards = set.children.filter(child => census.anchorsIn(child) > 0);
  const firsts = cards.map(card => {
    const [piece, next] = census.piecesIn(card, 2);
    const price = census.firstAnchorIn(card);
    const alone =
      price?.kind === 'price' &&
      piece !== undefined &&
      piece.end <= price.start &&
      (next === undefined || next.start > price.start);
    return alone ? piece : undefined;
  });
  const texts = firsts.map(piece => piece?.text ?? '');
  const measured = texts.filter(text => MEASURED.test(text)).length;
  if (cards.length < 2 || texts.includes('') || measured < 2) return undefined;
  if (new Set(texts).size < texts.length) return undefined;
  // A second amount of a card is judged by what stands around it.
  return census.firstAnchorIn(node) === anchor
    ? firsts[cards.indexOf(node)]
    : undefined;
}
