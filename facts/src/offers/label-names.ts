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

const lines = new WeakMap<Outline, Map<string, number>>();

/** How often `text` fills a line of the page. Counted once, for every amount asks. */
function timesAsLine(outline: Outline, text: string): number {
  let counts = lines.get(outline);
  if (!counts) {
    lines.set(outline, (counts = new Map()));
    for (const line of outline.text.split('\n'))
      counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts.get(text) ?? 0;
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
  const terms = termsOf(list, field);
  return terms && terms.get(definition)?.find(piece => piece.nameLike);
}

type Terms = ReadonlyMap<OutlineNode, readonly Piece[]>;
const lists = new WeakMap<Census, Map<OutlineNode, Terms | undefined>>();

function termsOf(list: OutlineNode, field: LabelField): Terms | undefined {
  const known = lists.get(field.census) ?? new Map();
  lists.set(field.census, known);
  if (!known.has(list)) known.set(list, readTerms(list, field));
  return known.get(list);
}

/** Definitions with their terms; undefined where these name nothing: one alone, or labels that another list has as well. */
function readTerms(
  list: OutlineNode,
  { census, outline }: LabelField,
): Terms | undefined {
  const terms = new Map<OutlineNode, readonly Piece[]>();
  const priced = new Set<readonly Piece[]>();
  let term: readonly Piece[] | undefined;
  for (const child of list.children) {
    if (child.tag === 'dt') term = census.piecesIn(child, 1);
    else if (term) {
      terms.set(child, term);
      if (census.anchorsIn(child) > 0) priced.add(term);
    }
  }
  const isLabel = (pieces: readonly Piece[]) =>
    pieces.some(({ text }) => timesAsLine(outline, text) > 1);
  return priced.size < 2 || [...priced].some(isLabel) ? undefined : terms;
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
