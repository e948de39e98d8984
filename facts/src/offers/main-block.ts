import type { Refusal } from '../money/refusals';
import {
  closest,
  type Outline,
  type OutlineNode,
  type Run,
} from '../page/outline';
import { columnHead, TABLES } from '../page/table-columns';
import { PRICE } from '../vocabulary/lexicons';
import { LISTED_WORDS } from '../vocabulary/listed-words';
import { lexiconOf, lowerCase } from '../vocabulary/words';
import { nearestBefore } from './sections';
import type { Priced } from './line-of';
import { saysWhen } from './table-axis';

/**
 * Where a page sets its offers out as cards, amounts of another block, in another form and under another heading, are believed where
 * something says that they are asked: a period, a unit, a word of a price or of what is sold over them.
 */

const LISTS = new Set(['ul', 'ol', 'dl']);
const LISTED = lexiconOf(LISTED_WORDS);

type Form = 'cards' | 'table' | 'list' | 'lines';

interface Block {
  form: Form;
  heading: Run | undefined;
  named: Priced[];
}

const rootOf = ({ anchor, card }: Priced): OutlineNode =>
  closest(anchor.node, TABLES) ??
  closest(anchor.node, LISTS) ??
  card?.set ??
  anchor.node.parent ??
  anchor.node;

function formOf({ anchor, card, column }: Priced): Form {
  if (closest(anchor.node, TABLES)) return 'table';
  if (closest(anchor.node, LISTS) && !card?.set) return 'list';
  return card?.set && !column ? 'cards' : 'lines';
}

const speaks = (words: string | undefined): boolean => {
  if (words === undefined) return false;
  const lower = lowerCase(words);
  return (
    PRICE.spansIn(lower).length > 0 ||
    LISTED.spansIn(lower).length > 0 ||
    saysWhen(lower)
  );
};

const isAsked = ({ anchor: { mention } }: Priced): boolean => {
  const { period, per, billed } = mention.terms;
  return period !== undefined || per !== undefined || billed !== undefined;
};

/** Several offers, each in a card. */
const isMain = ({ form, named }: Block): boolean =>
  form === 'cards' && new Set(named.map(({ name }) => name)).size > 1;

/** @param headings of the page, in their order */
export function besideTheMainBlock(
  outline: Outline,
  headings: readonly Run[],
  priced: readonly Priced[],
): (named: Priced) => Refusal | undefined {
  const blocks = new Map<Priced, Block>();
  const byRoot = new Map<OutlineNode, Block>();
  for (const named of priced) {
    const root = rootOf(named);
    let block = byRoot.get(root);
    if (!block) {
      const { start } = outline.runs[root.first];
      block = {
        form: formOf(named),
        heading: nearestBefore(headings, start + 1),
        named: [],
      };
      byRoot.set(root, block);
    }
    block.named.push(named);
    blocks.set(named, block);
  }
  const mains = [...byRoot.values()].filter(isMain);
  return named => {
    const block = blocks.get(named);
    if (!block || mains.length === 0 || mains.includes(block)) return undefined;
    if (mains.some(({ heading }) => heading === block.heading))
      return undefined;
    // A product with its price, above cards of others: the heading is its name.
    const { heading } = block;
    const { start } = named.name;
    if (heading && start >= heading.start && start < heading.end)
      return undefined;
    if (block.named.some(isAsked) || speaks(block.heading?.text))
      return undefined;
    if (speaks(columnHead(outline, named.anchor.node))) return undefined;
    return 'otherSection';
  };
}
