import {
  isPeriodNoun,
  isPeriodOnly,
  mergeTerms,
  termsInLabel,
  type Terms,
} from '../money/terms';
import type { Refusal } from '../money/refusals';
import { boxGrid, tableGrid, type GridCell } from '../page/grid';
import {
  ancestors,
  closest,
  type Outline,
  type OutlineNode,
} from '../page/outline';
import { TABLES } from '../page/table-columns';
import { PASS_HEADS } from '../vocabulary/head-words';
import { PRICE } from '../vocabulary/lexicons';
import { lexiconOf, lowerCase } from '../vocabulary/words';
import type { Anchor } from './anchors';
import type { Card, Census } from './cards';
import { isGenericLabel } from './lexicon';
import type { Piece } from './pieces';
import {
  headOf,
  isPriceRow,
  judgeGrid,
  PRICE_HEAD,
  type Judged,
} from './table-axis';

/** What an amount in a grid is the price of, by the axis that holds what one buys. */

export interface GridName {
  anchor: Anchor;
  name: Piece;
  card: Card | undefined;
  column: boolean;
}

interface Place {
  row: number;
  cell: GridCell;
}

interface Known extends Judged {
  /** By run. */
  places: ReadonlyMap<number, Place>;
}

const known = new WeakMap<Census, Map<OutlineNode, Known | undefined>>();

function read(
  outline: Outline,
  census: Census,
  root: OutlineNode,
): Known | undefined {
  const grid = TABLES.has(root.tag)
    ? tableGrid(outline, root)
    : boxGrid(outline, root);
  const judged = grid && judgeGrid(grid, census, !TABLES.has(root.tag));
  if (!judged) return undefined;
  const places = new Map<number, Place>();
  judged.grid.rows.forEach((cells, row) => {
    for (const cell of cells)
      for (let run = cell.node.first; run <= cell.node.last; run += 1)
        places.set(run, { row, cell });
  });
  return { ...judged, places };
}

/** Judged once and not for each amount: else a long table takes a time that grows with the square of its rows. */
function judgedOnce(
  outline: Outline,
  census: Census,
  root: OutlineNode,
): Known | undefined {
  const own = known.get(census) ?? new Map<OutlineNode, Known | undefined>();
  known.set(census, own);
  if (!own.has(root)) own.set(root, read(outline, census, root));
  return own.get(root);
}

const MAX_UP = 5;
/** Boxes with fewer texts are no grid. */
const MIN_RUNS = 9;

/** The table around an amount, or the nearest boxes around it that are laid out as one. */
function gridAround(
  outline: Outline,
  census: Census,
  anchor: Anchor,
): Known | undefined {
  const table = closest(anchor.node, TABLES);
  if (table) return judgedOnce(outline, census, table);
  let up = 0;
  for (const node of ancestors(anchor.node)) {
    if (up > MAX_UP) return undefined;
    up += 1;
    if (node.last - node.first + 1 < MIN_RUNS) continue;
    const judged = judgedOnce(outline, census, node);
    if (judged?.places.has(anchor.run.index)) return judged;
  }
  return undefined;
}

/** The name of a row stands in the nearest column of names at the left of its amount. */
function nameOfRow(
  { grid, nameColumns }: Judged,
  { row, cell }: Place,
): GridCell | undefined {
  const column = nameColumns.filter(each => each < cell.column).pop();
  return grid.rows[row].find(each => each.column === column);
}

/** Words of a price name nothing, whichever cell they stand in. "Daily" may be a pass where the rows are what one buys. */
const isLabel = (text: string, listed: boolean): boolean =>
  (!/\p{Nd}/u.test(text) && PRICE_HEAD.test(text)) ||
  (isGenericLabel(text) && !(listed && isPeriodOnly(text)));

const BRACKETS = /[(（][^()（）]{0,30}\p{Nd}[^()（）]{0,30}[)）]/gu;
const ONE = /^1\s?(?=\p{L})/u;

/** What the head or the label of the other axis says: the axis of the names says what is bought, and not for how long. */
function termsOf(label: string): Terms {
  const words = label.replace(BRACKETS, '').trim();
  const one = words.replace(ONE, '');
  if (isPeriodOnly(words) || PER.test(words)) return termsInLabel(words);
  const pass = passPeriod(words);
  if (pass) return { period: pass };
  if (/\p{Nd}/u.test(one)) return termsBeforeNumber(one);
  const own = termsInLabel(one);
  return own.period ? own : mergeTerms(inBrackets(label), own);
}

const PASSES = (['month', 'year', 'week', 'day'] as const).map(
  period => [period, lexiconOf(PASS_HEADS[period])] as const,
);

/** "Månedskort" over a column: what a pass for a month costs. */
const passPeriod = (label: string) =>
  PASSES.find(([, words]) => words.has(lowerCase(label)))?.[0];

const AT_NUMBER = /^[^\p{Nd}]*\p{L}(?=[^\p{L}\p{Nd}]*\p{Nd})/u;

/** "Monthly fee with 24 months": words of a price with its period stand before the number, which counts something else. */
function termsBeforeNumber(label: string): Terms {
  const before = AT_NUMBER.exec(label)?.[0] ?? '';
  const priced = PRICE.spansIn(lowerCase(before)).length > 0;
  const { period } = priced ? termsInLabel(before) : {};
  return period ? { period } : {};
}

/** "월간 결제 (1인당 월)": how it is billed, and in brackets for how long. */
function inBrackets(label: string): Terms {
  const said = BRACKETS_OF.exec(label)?.[1];
  return said ? { period: termsInLabel(said).period } : {};
}
const BRACKETS_OF = /[(（]([^()（）]{1,30})[)）]\s?$/u;
const PER = /(?:\bper|\/|\bpro|\bpar|\bpor)\s?\p{Nd}/iu;

function inGrid(anchor: Anchor, labels: readonly string[]): Anchor {
  const { mention } = anchor;
  if (!mention) return anchor;
  let { terms } = mention;
  for (const label of labels)
    if (!terms.period) terms = mergeTerms(terms, termsOf(label));
  const { period, per, billed } = mention.terms;
  const asked = Boolean(period ?? per ?? billed);
  return { ...anchor, mention: { ...mention, terms, inGrid: { asked } } };
}

/** The heads over a column, the lowest first. */
const headsOver = ({ grid, heads }: Judged, column: number): string[] =>
  grid.rows
    .slice(0, heads)
    .flatMap(row => row.filter(cell => cell.column === column))
    .map(cell => cell.text)
    .reverse();

/** The name of a row or column; undefined where its words name nothing. */
function nameAt(
  judged: Known,
  census: Census,
  cell: GridCell | undefined,
): Piece | undefined {
  const name = cell && census.piecesIn(cell.node, 1)[0];
  if (!name || !/[\p{L}\p{Nd}]/u.test(name.text)) return undefined;
  const byRow = judged.axis === 'rows';
  if (!isLabel(name.text, byRow && judged.listed)) return name;
  // "Total" is a word of sums, and a name where the other columns have names; "Daily" beside rows that have names, or under one price.
  if (!byRow) return areMostlyNames(judged, census) ? name : undefined;
  const sold = isPeriodOnly(name.text) && sellsPeriods(judged, census);
  return sold ? name : undefined;
}

/** Rows that are passes for a time: most have names, or a single column says what each costs. */
function sellsPeriods(judged: Known, census: Census): boolean {
  const { grid, heads, nameColumns, pricedColumns } = judged;
  const [column] = pricedColumns;
  const head = headOf(judged, column)?.text ?? '';
  if (pricedColumns.length === 1 && isPriceRow(head)) return true;
  const texts = grid.rows
    .slice(heads)
    .flatMap(row => row.filter(cell => cell.column === nameColumns[0]))
    .map(({ node }) => census.piecesIn(node, 1)[0]?.text ?? '');
  const names = texts.filter(text => text !== '' && !isLabel(text, false));
  return names.length * 2 > texts.length;
}

/** Where an amount stands below the heads of a grid, in a row of several cells. */
function placeIn(judged: Known | undefined, anchor: Anchor): Place | undefined {
  const place = judged?.places.get(anchor.run.index);
  const inBody =
    judged && place && (place.row >= judged.heads || judged.pricedHeads)
      ? judged.grid.rows[place.row].length > 1
      : false;
  return inBody ? place : undefined;
}

const lookedUp = new WeakMap<OutlineNode, boolean>();

/** Amounts in the first column of a table of more than two: one looks up what belongs to each, and buys none of it by that. */
function isLookedUp(
  outline: Outline,
  census: Census,
  { node }: Anchor,
): boolean {
  const table = closest(node, TABLES);
  if (!table) return false;
  if (!lookedUp.has(table)) {
    const grid = tableGrid(outline, table);
    const body = (grid?.rows ?? []).slice(1);
    const firsts = body.map(row => row.find(({ column }) => column === 1));
    lookedUp.set(
      table,
      grid !== undefined &&
        grid.columns > 2 &&
        body.length > 1 &&
        firsts.every(cell => cell && census.anchorsIn(cell.node) > 0) &&
        body.every(
          row => row.filter(cell => census.anchorsIn(cell.node) > 0).length > 1,
        ),
    );
  }
  return lookedUp.get(table)!;
}

/**
 * @returns why it is not told, where the axis is not clear, or its name is none; undefined where it stands in no grid of heads and names
 */
export function nameInGrid(
  outline: Outline,
  census: Census,
  anchor: Anchor,
): GridName | Refusal | undefined {
  if (anchor.kind !== 'price') return undefined;
  if (isLookedUp(outline, census, anchor)) return 'unclearTable';
  const judged = gridAround(outline, census, anchor);
  const place = placeIn(judged, anchor);
  if (!judged || !place) return undefined;
  if (judged.before.has(place.cell.column)) return 'formerPrice';
  if (judged.axis === 'unclear') return 'unclearTable';
  const { column } = place.cell;
  const label = nameOfRow(judged, place);
  if (isBelowPrices(judged, place, anchor, label?.text ?? ''))
    return 'otherRow';
  const byRow = judged.axis === 'rows';
  const name = nameAt(judged, census, byRow ? label : headOf(judged, column));
  if (!name) return 'unnamed';
  const inHead = place.row < judged.heads;
  const others = inHead
    ? []
    : byRow
    ? [...headsOver(judged, column), ...periodsBeside(judged, place)]
    : [label?.text ?? ''];
  return {
    anchor: inGrid(anchor, others),
    name,
    card: byRow
      ? { node: rowOf(place, judged), set: judged.grid.root }
      : undefined,
    column: !byRow,
  };
}

/** Under heads that hold the prices, an amount is what a plan has, unless its row or its own terms say that it is asked. */
function isBelowPrices(
  judged: Judged,
  { row }: Place,
  { mention }: Anchor,
  label: string,
): boolean {
  if (!judged.pricedHeads || row < judged.heads || !mention) return false;
  const { period, per } = mention.terms;
  // "Annual price", and not "Vet fees", which are covered.
  const asked = isPriceRow(label) && termsInLabel(label).period !== undefined;
  return !period && !per && !asked;
}

/** "Whole day | month | 780,00": cells of the row that say for how long and nothing else. */
function periodsBeside(
  { grid, pricedColumns, nameColumns }: Judged,
  { row }: Place,
): string[] {
  return grid.rows[row]
    .filter(
      ({ column, text }) =>
        !pricedColumns.includes(column) &&
        !nameColumns.includes(column) &&
        isPeriodNoun(text),
    )
    .map(({ text }) => text);
}

function areMostlyNames(judged: Known, census: Census): boolean {
  const texts = judged.pricedColumns.map(column => {
    const cell = headOf(judged, column);
    return cell ? census.piecesIn(cell.node, 1)[0]?.text ?? '' : '';
  });
  const names = texts.filter(text => text !== '' && !isLabel(text, false));
  return names.length * 2 > texts.length;
}

/** The element of a row; of boxes that stand in no row of their own, the cell of the name. */
function rowOf({ row, cell }: Place, judged: Judged): OutlineNode {
  const name = nameOfRow(judged, { row, cell })!.node;
  const { parent } = cell.node;
  return parent && parent === name.parent && parent !== judged.grid.root
    ? parent
    : name;
}
