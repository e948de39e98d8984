import { closest, type Outline, type OutlineNode } from '../page/outline';
import type { Anchor } from './anchors';
import type { Card, Census } from './cards';
import type { Piece } from './pieces';

/** Names by lists of labels: what a label that repeats does not name, and what stands over it does. */

export interface LabelField {
  outline: Outline;
  census: Census;
}

/** "Renewal: €7" stands in every card: it says what is asked, and names none of them. */
export function isRepeated({ text }: Outline, label: Piece): boolean {
  return (
    text.split(`${label.text}:`).length + text.split(`${label.text} :`).length >
    3
  );
}

const DEFINITIONS = new Set(['dd']);

/**
 * In a list of terms and definitions the last term before an amount is its name, where two terms or more have amounts and none of them is
 * the label of another list as well.
 */
export function nameByTerm(
  field: LabelField,
  anchor: Anchor,
): Piece | undefined {
  const definition = closest(anchor.node, DEFINITIONS);
  const list = definition?.parent;
  if (!list) return undefined;
  let term: OutlineNode | undefined;
  let own: OutlineNode | undefined;
  const priced = new Set<OutlineNode>();
  for (const child of list.children) {
    if (child.tag === 'dt') term = child;
    else if (term && field.census.anchorsIn(child) > 0) priced.add(term);
    if (child === definition) own = term;
  }
  const name =
    own && field.census.piecesIn(own, 1).find(piece => piece.nameLike);
  const unique =
    name && field.outline.text.split(`\n${name.text}\n`).length < 3;
  return unique && priced.size > 1 ? name : undefined;
}

/** "Aquatic", below it a list of "Weekly: $17.90" and "Upfront: $860", and "Full access" over the like: what stands over the labels. */
export function nameOverLabels(
  { census, outline }: LabelField,
  { node, set }: Card,
  anchor: Anchor,
): Piece | undefined {
  const label = census
    .piecesNear(node, anchor.start, 1, 0)
    .find(piece => isRepeated(outline, piece));
  const region = label && set?.parent;
  const name = region && census.piecesIn(region, 1)[0];
  if (!name?.nameLike || name.last.index >= set!.first) return undefined;
  return isRepeated(outline, name) ? undefined : name;
}
