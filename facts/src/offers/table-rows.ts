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
import { PRICE_HEAD } from './table-axis';
import { CELLS, isOfferCorner, ROWS, TABLES } from '../page/table-columns';

/** Tables with an offer in each row, and columns that say what is priced: "Model", "Input", "Output". */

const TOP = new Set(['body']);
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

/** Each amount of a table asks the same of it: else a long one takes a time that grows with the square of its rows. */
function onceForEach<T>(
  judge: (node: OutlineNode, census: Census) => T,
): (node: OutlineNode, census: Census) => T {
  const pages = new WeakMap<Census, Map<OutlineNode, T>>();
  return (node, census) => {
    const known = pages.get(census) ?? new Map<OutlineNode, T>();
    pages.set(census, known);
    if (!known.has(node)) known.set(node, judge(node, census));
    return known.get(node)!;
  };
}

/**
 * There are rows that are all prices, and rows that have none: what a column holds differs from row to row, so that the columns are
 * the offers, whatever the rows are called. Rows of offers have prices in the same columns.
 */
const areColumnsOffers = onceForEach((table: OutlineNode, census: Census) => {
  const [head, ...rows] = [...rowsIn(table)].map(row =>
    row.children.filter(child => CELLS.has(child.tag)),
  );
  if (!head || head.length < 3) return false;
  let priced = 0;
  let others = 0;
  for (const cells of rows) {
    if (cells.length !== head.length) return false;
    const anchors = cells
      .slice(1)
      .filter(cell => census.anchorsIn(cell) > 0).length;
    if (anchors === cells.length - 1) priced += 1;
    else if (anchors === 0) others += 1;
  }
  return priced > 0 && others > 0;
});

/**
 * The head of the column of `anchor` in a table whose columns are the offers: where the heads beside it could be names, it is one,
 * whatever its words are.
 * @returns 'none' where the columns are the offers and this one has no name
 */
export function columnOffer(
  anchor: Anchor,
  table: OutlineNode,
  census: Census,
): Piece | 'none' | undefined {
  if (!areColumnsOffers(table, census)) return undefined;
  const cell = closest(anchor.node, CELLS);
  const [head] = rowsIn(table);
  const column = cell?.parent?.children.indexOf(cell) ?? -1;
  const first = head.children.map(each => census.piecesIn(each, 1)[0]);
  const names = first.slice(1).filter(piece => piece?.nameLike).length;
  const own = column > 0 ? first[column] : undefined;
  const named =
    own !== undefined &&
    /\p{L}/u.test(own.text) &&
    (own.nameLike || names > (first.length - 1) / 2);
  return named ? own : 'none';
}

/** "Contact us" in the place of a price is one where the rows are offers; elsewhere it may be the answer to anything. */
const namesRow = (anchor: Anchor, table: OutlineNode, census: Census) =>
  !areColumnsOffers(table, census) &&
  (anchor.kind === 'price' || isListOfOffers(table, census));

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

/**
 * A grid without a table: several rows that each begin with a name of their own, left of all amounts, under a head that says what these
 * are names of. An empty corner would leave it open whether rows or columns are the offers.
 */
export function gridRowName(
  { node, set }: Card,
  anchor: Anchor,
  census: Census,
): Piece | undefined {
  const name = set && !closest(node, TABLES) && nameOfGridRow(node, census);
  if (!name || name.box.x + name.box.width > anchor.box.x) return undefined;
  const corner = cornerOfGrid(set, census);
  return corner && horizontalOverlap(corner.box, name.box) > 0.3
    ? name
    : undefined;
}

/** What stands over the names of a grid's rows; undefined where it is no grid, or its corner is empty. */
const cornerOfGrid = onceForEach((set: OutlineNode, census: Census) => {
  const rows = set.children.filter(child => census.anchorsIn(child) > 0);
  const names = rows.map(row => nameOfGridRow(row, census)?.text);
  if (rows.length < 2 || new Set(names).size < rows.length) return undefined;
  if (names.includes(undefined)) return undefined;
  return census
    .piecesIn(set, 1)
    .find(piece => piece.last.index < rows[0].first);
});

function nameOfGridRow(row: OutlineNode, census: Census): Piece | undefined {
  const [first] = census.piecesIn(row, 1);
  return first?.nameLike &&
    first.first.index === row.first &&
    census.anchorsIn(row) > 1 &&
    !isPriceLabel(first.text)
    ? first
    : undefined;
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
