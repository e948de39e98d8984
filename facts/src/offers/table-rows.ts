import type { Anchor } from './anchors';
import type { Card, Census } from './cards';
import { isGenericLabel, isKnownPlanName } from './lexicon';
import {
  closest,
  horizontalOverlap,
  verticalOverlap,
  type OutlineNode,
} from '../page/outline';
import type { Piece } from './pieces';
import { isOfferCorner } from '../page/table-columns';

/** Tables with an offer in each row, and columns that say what is priced: "Model", "Input", "Output". */

const ROWS = new Set(['tr']);
const TOP = new Set(['body']);
/** Head of a column of prices. A plan is not called so. */
const PRICE_HEAD =
  /(?:\b(?:pric(?:e|es|ing)|costs?|fees?|rate|per|monthly|annual(?:ly)?|yearly|hourly|usd|eur|gbp|preis|gebühr|prix|precio|prezzo|prijs|cena|einmalig|monatlich|jährlich|anschluss)\b|(?:^|[\s\p{Sc}])\/|\/\s?\p{L}{1,6}\.?$|[$€£])/iu;
const MAX_PIECES = 60;

/** Several rows hold prices, and each begins with something that could be a name: the rows are the offers, whatever the columns say. */
function isListOfOffers(table: OutlineNode, census: Census): boolean {
  const rows = [...rowsIn(table)].filter(row => census.anchorsIn(row) > 0);
  const first = rows.map(row => census.piecesIn(row, 1)[0]);
  return (
    rows.length > 1 &&
    first.every(
      piece =>
        piece !== undefined && piece.nameLike && !isPriceLabel(piece.text),
    )
  );
}

function* rowsIn(node: OutlineNode): Iterable<OutlineNode> {
  for (const child of node.children)
    if (ROWS.has(child.tag)) yield child;
    else if (child.tag !== 'table') yield* rowsIn(child);
}

/** "Contact us" in the place of a price is one where the rows are offers; elsewhere it may be the answer to anything. */
const namesRow = (anchor: Anchor, table: OutlineNode, census: Census) =>
  anchor.kind === 'price' || isListOfOffers(table, census);

/** The name at the start of the row of `anchor`, where the heads say that rows are offers. */
export function rowName(
  anchor: Anchor,
  table: OutlineNode,
  census: Census,
): { name: Piece; card: Card } | undefined {
  const row = closest(anchor.node, ROWS);
  if (!row || !namesRow(anchor, table, census)) return undefined;
  const head = census.piecesIn(table, 1)[0];
  const name = census.piecesIn(row, 1)[0];
  if (!head || !name || head.last.index >= row.first) return undefined;
  const inFirstColumn = (piece: Piece) =>
    piece.first.index < anchor.run.index &&
    horizontalOverlap(piece.box, anchor.box) === 0;
  if (!inFirstColumn(name) || isPriceLabel(name.text)) return undefined;
  const heads = census
    .piecesIn(table, MAX_PIECES)
    .filter(piece => closest(piece.node, ROWS) === closest(head.node, ROWS));
  const corner = horizontalOverlap(head.box, name.box) > 0.3;
  const own = heads.find(
    piece => piece !== head && horizontalOverlap(piece.box, anchor.box) > 0.3,
  );
  const named = corner && isOfferCorner(head.text);
  const priced = own !== undefined && PRICE_HEAD.test(own.text);
  const plans = own !== undefined && isKnownPlanName(own.text);
  if (plans || !(named || priced || isListOfOffers(table, census)))
    return undefined;
  return { name, card: { node: row, set: table } };
}

/** "Price per month" at the start of a row says that the columns are the plans. */
function isPriceLabel(text: string): boolean {
  return PRICE_HEAD.test(text) || isGenericLabel(text);
}

const OTHER_ROW =
  /\b(?:cover(?:age|ed)?|limits?|excess|deductible|liability|revenue|turnover|volume|caps?|savings?|budgets?|thresholds?|payouts?|refunds?|guarantee|credits?|bonus|insured|overdraft|donations?|value|worth|cash ?back|income|balance)\b/i;
const ASKED = /\b(?:pric(?:e|es|ing)|costs?|monthly|annual|billed)\b/i;
const BACK = 60;

/** The words at the left of the row of `anchor`, in a table or in a grid that looks like one. */
export function rowLabel(anchor: Anchor, census: Census): string {
  const root = closest(anchor.node, TOP) ?? anchor.node;
  let label: Piece | undefined;
  for (const piece of census.piecesNear(root, anchor.start, BACK, 0)) {
    const beside =
      verticalOverlap(piece.box, anchor.box) > 0.5 &&
      piece.box.x + piece.box.width <= anchor.box.x;
    if (beside && (!label || piece.box.x < label.box.x)) label = piece;
  }
  return label?.text ?? '';
}

/** Amounts of such a row are no prices: "Coverage limit", "Ad credit". */
export function isOtherRow(label: string): boolean {
  return OTHER_ROW.test(label) && !ASKED.test(label);
}
