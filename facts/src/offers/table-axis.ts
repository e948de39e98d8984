import { termsInLabel, isPeriodOnly } from '../money/terms';
import type { Grid, GridCell } from '../page/grid';
import { isOfferCorner } from '../page/table-columns';
import { PRICE } from '../vocabulary/lexicons';
import {
  BEFORE_HEADS,
  FEATURE_WORDS,
  LISTED_WORDS,
  ORIGINAL_WORDS,
  whenAndWho,
} from '../vocabulary/listed-words';
import { TAX_WORDS } from '../vocabulary/tax-words';
import { lexiconOf, lowerCase, type Lexicon } from '../vocabulary/words';
import type { Census } from './cards';
import { isKnownPlanName } from './lexicon';
import { saysHow } from './manner-heads';

/**
 * Which axis of a grid holds what one buys: its rows or its columns. Decided once for all of its amounts, by what each axis holds and
 * not by what stands near an amount. Where the evidence is of both or of none, nobody is named.
 */

export type Axis = 'rows' | 'columns' | 'unclear';

export interface Judged {
  grid: Grid;
  axis: Axis;
  /** How many rows are heads. */
  heads: number;
  /** Where the names of rows stand; several, where names and prices stand in pairs of columns. */
  nameColumns: readonly number[];
  /** The corner says that the rows are what one buys. */
  listed: boolean;
  pricedColumns: readonly number[];
  /** The prices of the plans stand beside their names, in the heads. */
  pricedHeads: boolean;
  /** Columns of what was asked before. */
  before: ReadonlySet<number>;
}

const LISTED = lexiconOf(LISTED_WORDS);
const FEATURES = lexiconOf(FEATURE_WORDS);
let whenWords: Lexicon<true> | undefined;
/** Words of a season, a day, a group of people. @param lower in small letters */
export const saysWhen = (lower: string): boolean =>
  (whenWords ??= lexiconOf(whenAndWho())).spansIn(lower).length > 0;
const BEFORE = lexiconOf(BEFORE_HEADS);
const ORIGINAL = lexiconOf(ORIGINAL_WORDS);
const TAXES = lexiconOf(TAX_WORDS);
const MAX_HEAD_ROWS = 3;

/** Head of a column of prices. A plan is not called so. */
export const PRICE_HEAD =
  /(?:\b(?:pric(?:e|es|ing)|costs?|fees?|rate|per|monthly|annual(?:ly)?|yearly|hourly|usd|eur|gbp|preis|gebühr|prix|precio|prezzo|prijs|cena|einmalig|monatlich|jährlich|anschluss)\b|(?:^|[\s\p{Sc}])\/|\/\s?\p{L}{1,6}\.?$|[$€£])/iu;
/** "1 semana", "51 – 200", "7+ days", "1.5.–30.9.": how much or when. "20 GB" as well, but "Fibre 150" is a name. */
const COUNTED = /^[<>≤≥~+(]?\s?\p{Nd}/u;
/** "Up to 5 kg", "201 à 1000", "+ de 1000". */
const COUNTED_LATE =
  /^(?:up to|until|over|under|from|more than|less than|bis(?: zu)?|ab|über|unter|mehr als|jusqu['’]à|plus de|moins de|dès|hasta|más de|menos de|desde|até|mais de|fino a|oltre|da|tot|vanaf|meer dan|upp till|över|från|op til|over|fra|til|opptil|yli|alle|enintään|do|od|ponad|nad|přes|legfeljebb|peste|până la|до|от|свыше|над|από|έως|ως|\+ de)\s\p{Nd}/iu;
/** "20 GB" is what a contract for a telephone is called, "100/100 Mbit/s" one for the Internet. */
const VOLUME = /^[\p{Nd}/ ]+(?:[GT]B|Go|To|GiB|[MG]bit\/s|Mbps)$/u;
const CODE = /^\(?[A-Z]{3}\)?$|^\p{Sc}$/u;

/** Says how much, how long, when, in which money or with which taxes: not what is bought. */
function measures(text: string): boolean {
  const label = text.trim();
  if (isKnownPlanName(label)) return false;
  const lower = lowerCase(label);
  const { period, per, billed } = termsInLabel(label);
  return (
    period !== undefined ||
    per !== undefined ||
    billed !== undefined ||
    PRICE_HEAD.test(label) ||
    PRICE.spansIn(lower).length > 0 ||
    TAXES.spansIn(lower).length > 0 ||
    isOfBefore(label) ||
    saysWhen(lower) ||
    saysHow(lower) ||
    (COUNTED.test(label) && !VOLUME.test(label)) ||
    COUNTED_LATE.test(label) ||
    CODE.test(label)
  );
}

const isCounted = (label: string): boolean =>
  (COUNTED.test(label.trim()) && !VOLUME.test(label.trim())) ||
  COUNTED_LATE.test(label.trim());

const NUMBERED = /^(\p{L}[\p{L}\s.]*?)\s?(\p{Nd}{1,2})$/u;

/** "Zone 1", "Zone 2", "Zone 3". */
function areNumbered(texts: readonly string[]): boolean {
  const parts = texts.map(text => NUMBERED.exec(text.trim()));
  return (
    texts.length > 1 &&
    parts.every(
      (part, index) =>
        part !== null &&
        part[1] === parts[0]![1] &&
        Number(part[2]) === Number(parts[0]![2]) + index,
    )
  );
}

const share = (texts: readonly string[], is: (text: string) => boolean) =>
  texts.length === 0 ? 0 : texts.filter(is).length / texts.length;

const QUARTER =
  /trimest|quartal|quarter|kvartal|kwarta|negyedév|тримес|квартал|τρίμην|^季|分期|분기/iu;
const NUMBER_AND_WORD = /^\p{Nd}{1,2}[\s-]?(\p{L}{1,9})\.?$/u;

/** "Laufzeit 12 Monate", "Mensual": how long one pays. */
function isTerm(text: string): boolean {
  const label = text.trim();
  const word = NUMBER_AND_WORD.exec(label)?.[1];
  return (
    isPeriodOnly(label) ||
    QUARTER.test(label) ||
    termsInLabel(label).period !== undefined ||
    termsInLabel(label.replace(/\p{Nd}+/gu, ' ')).period !== undefined ||
    (word !== undefined && termsInLabel(word).period !== undefined)
  );
}

const isOfBefore = (head: string): boolean => {
  const lower = lowerCase(head.trim());
  return BEFORE.has(lower) || ORIGINAL.spansIn(lower).length > 0;
};

const isListed = (corner: string): boolean => {
  const lower = lowerCase(corner.trim());
  return isOfferCorner(corner) || LISTED.has(lower) || PRICE.has(lower);
};

const isFeature = (corner: string): boolean =>
  FEATURES.spansIn(lowerCase(corner)).length > 0;

const LETTER = /\p{L}/u;
const SAYS = /[\p{L}\p{Nd}✓✔✗✘×●]/u;

const at = (row: readonly GridCell[], column: number): GridCell | undefined =>
  row.find(cell => cell.column === column);

/** The head of a column: the lowest of the heads over it. */
export function headOf(
  { grid, heads }: Pick<Judged, 'grid' | 'heads'>,
  column: number,
): GridCell | undefined {
  for (let row = heads - 1; row >= 0; row -= 1) {
    const cell = at(grid.rows[row], column);
    if (cell) return cell;
  }
  return undefined;
}

interface Body {
  rows: readonly (readonly GridCell[])[];
  priced: readonly (readonly GridCell[])[];
  /** Columns that hold an amount somewhere. */
  pricedColumns: readonly number[];
}

/** "Basic, $9 a month", "Pro, $19 a month" over columns: each head is a name with its price. */
function areHeadsPriced(grid: Grid, census: Census): boolean {
  const cells = grid.rows[0].filter(cell => census.anchorsIn(cell.node) > 0);
  return (
    cells.length > 1 &&
    cells[0].column > 1 &&
    cells.every(({ node }) => {
      const name = census.piecesIn(node, 1)[0];
      return (
        name !== undefined &&
        LETTER.test(name.text) &&
        name.start < census.firstAnchorIn(node)!.start
      );
    })
  );
}

function countHeads(grid: Grid, isPriced: (cell: GridCell) => boolean) {
  let heads = 0;
  for (const row of grid.rows.slice(0, MAX_HEAD_ROWS)) {
    if (row.some(isPriced)) break;
    // Only the first row of heads has a corner: below it, the corner reaches down.
    if (heads > 0 && (at(row, 1) || row.length < 2)) break;
    heads += 1;
  }
  return heads;
}

function bodyOf(
  grid: Grid,
  heads: number,
  isPriced: (cell: GridCell) => boolean,
): Body {
  const rows = grid.rows.slice(heads).filter(row => row.length > 1);
  const priced = rows.filter(row => row.some(isPriced));
  const columns = new Set(
    priced.flatMap(row => row.filter(isPriced).map(({ column }) => column)),
  );
  return { rows, priced, pricedColumns: [...columns].sort((a, b) => a - b) };
}

/** Columns left of the amounts in which each priced row says something of its own. */
function nameColumnsOf(
  { priced, pricedColumns }: Body,
  head: (column: number) => string,
  columns: number,
): number[] {
  const names: number[] = [];
  for (let column = 1; column < columns; column += 1) {
    if (pricedColumns.includes(column)) continue;
    const texts = priced.map(row => at(row, column)?.text);
    const own = texts.filter(
      (text): text is string => text !== undefined && LETTER.test(text),
    );
    // A pair of columns may end sooner than the one before it.
    const whole =
      names.length === 0 ? own.length === texts.length : own.length > 0;
    if (!whole || new Set(own).size < own.length) continue;
    if (names.length === 0) {
      if (column < pricedColumns[0]) names.push(column);
    } else if (head(column) !== '' && head(column) === head(names[0]))
      names.push(column);
  }
  return names;
}

/** Rows without any amount that say something in the columns of amounts: what a plan has. */
function hasAttributeRows(
  { rows, pricedColumns }: Body,
  isPriced: (cell: GridCell) => boolean,
) {
  return rows.some(
    row =>
      !row.some(isPriced) &&
      pricedColumns.filter(column => SAYS.test(at(row, column)?.text ?? ''))
        .length *
        2 >
        pricedColumns.length,
  );
}

/** Columns without any amount, beside the names, that say something in most rows: what an offer has. */
function hasAttributeColumns(
  { priced, pricedColumns }: Body,
  nameColumns: readonly number[],
  columns: number,
): boolean {
  for (let column = 1; column <= columns; column += 1) {
    if (pricedColumns.includes(column) || nameColumns.includes(column))
      continue;
    const says = priced.filter(row => SAYS.test(at(row, column)?.text ?? ''));
    if (says.length * 2 > priced.length) return true;
  }
  return false;
}

/** A row that is called a price says that its columns are what is priced. */
export const isPriceRow = (text: string): boolean =>
  PRICE.spansIn(lowerCase(text)).length > 0 || isPeriodOnly(text.trim());

/** The terms beside the amounts of a row or column: undefined where they differ. What costs nothing has none. */
function oneTerm(
  cells: readonly GridCell[],
  termOf: (cell: GridCell) => string | undefined,
): string | undefined {
  const all = new Set(
    cells.map(termOf).filter((term): term is string => term !== undefined),
  );
  return all.size === 1 ? [...all][0] : undefined;
}

/**
 * Terms that are the same along each row and differ from row to row say that rows are of several kinds, as the fees of a plan are; along
 * each column, that columns are.
 */
function byTerms(
  { priced, pricedColumns }: Body,
  termOf: (cell: GridCell) => string | undefined,
): Axis | undefined {
  const rows = priced.map(row =>
    oneTerm(
      row.filter(({ column }) => pricedColumns.includes(column)),
      termOf,
    ),
  );
  const columns = pricedColumns.map(column =>
    oneTerm(
      priced.flatMap(row => at(row, column) ?? []),
      termOf,
    ),
  );
  const tells = (terms: readonly (string | undefined)[]) =>
    !terms.includes(undefined) && new Set(terms).size > 1;
  if (tells(columns)) return 'rows';
  return tells(rows) ? 'columns' : undefined;
}

/** Both axes hold nothing but amounts: what their heads say decides. */
function byHeads(
  corner: string,
  heads: readonly string[],
  names: readonly string[],
  terms: Axis | undefined,
): Axis {
  // How many of it: the other axis holds what it is.
  if (share(names, isCounted) === 1 && share(heads, measures) === 0)
    return 'columns';
  const rowTerms = share(names, isTerm) === 1;
  if (rowTerms && share(heads, isTerm) < 1) return 'columns';
  // "Monthly fee", "Price of a kWh" over "3 kVA", "6 kVA".
  const asks = (text: string) => isTerm(text) || isPriceRow(text);
  if (
    share(names, asks) === 1 &&
    share(heads, isCounted) === 1 &&
    !heads.some(asks)
  )
    return 'columns';
  const repeats = new Set(heads).size < heads.length;
  const rowsMeasure = share(names, measures);
  const columnsMeasure =
    repeats || areNumbered(heads) ? 1 : share(heads, measures);
  const least = rowsMeasure === 0 ? Number.MIN_VALUE : 0.5;
  if (columnsMeasure >= least) return 'rows';
  if (rowsMeasure <= 0.5) return byCorner(corner, heads, names, terms);
  // "Price per month" over "Vet fee limit": a row that is called a price, under heads of which none measures anything.
  return columnsMeasure === 0 && names.some(isPriceRow) ? 'columns' : 'unclear';
}

/** Neither axis measures: what stands over the names, or a name that is known, decides. */
function byCorner(
  corner: string,
  heads: readonly string[],
  names: readonly string[],
  terms: Axis | undefined,
): Axis {
  if (isListed(corner)) return 'rows';
  if (share(heads, isKnownPlanName) >= 0.5 || names.some(isPriceRow))
    return 'columns';
  if (corner === '') return terms ?? 'unclear';
  // A word over the names says that there are such things, unless it is one for what a plan has.
  return terms === 'columns' || isFeature(corner) ? 'unclear' : 'rows';
}

function axisOf(
  judged: Omit<Judged, 'axis' | 'listed'>,
  body: Body,
  isPriced: (cell: GridCell) => boolean,
  termOf: (cell: GridCell) => string | undefined,
): Axis {
  const { grid, nameColumns } = judged;
  const head = (column: number) => headOf(judged, column)?.text ?? '';
  const heads = body.pricedColumns.map(head);
  const names = body.priced.map(row => at(row, nameColumns[0])?.text ?? '');
  const wide = body.pricedColumns.length > 1;
  const full = body.priced.some(
    row => row.filter(isPriced).length * 2 > body.pricedColumns.length,
  );
  const attributeRows = wide && full && hasAttributeRows(body, isPriced);
  const attributeColumns = hasAttributeColumns(body, nameColumns, grid.columns);
  if (attributeRows && attributeColumns)
    return share(heads, measures) === 1 ? 'rows' : 'unclear';
  if (attributeRows)
    return share(heads, measures) === 1 ? 'unclear' : 'columns';
  if (attributeColumns || !wide) return 'rows';
  return byHeads(head(nameColumns[0]), heads, names, byTerms(body, termOf));
}

/** Boxes are a grid only where each of their columns has a head, and their names stand first. */
const isHeaded = (
  { pricedColumns }: Body,
  [first]: readonly number[],
  head: (column: number) => string,
): boolean =>
  first === 1 &&
  pricedColumns.length > 1 &&
  pricedColumns.every(column => LETTER.test(head(column)));

/**
 * Judges a grid of which some cells hold amounts. Undefined where it is none of heads and names: a list without a head, cards side by
 * side, amounts in the first column.
 */
export function judgeGrid(
  grid: Grid,
  census: Census,
  boxes: boolean,
): Judged | undefined {
  const isPriced = (cell: GridCell) => census.anchorsIn(cell.node) > 0;
  const pricedHeads = areHeadsPriced(grid, census);
  const heads = pricedHeads ? 1 : countHeads(grid, isPriced);
  if (heads === 0) return undefined;
  const body = bodyOf(grid, heads, isPriced);
  if (body.pricedColumns.length === 0 || body.pricedColumns[0] === 1)
    return undefined;
  const head = (column: number) => headOf({ grid, heads }, column)?.text ?? '';
  const nameColumns = nameColumnsOf(body, head, grid.columns);
  if (nameColumns.length === 0) return undefined;
  if (boxes && !isHeaded(body, nameColumns, head)) return undefined;
  const former = body.pricedColumns.filter(column => isOfBefore(head(column)));
  const before = new Set(
    former.length < body.pricedColumns.length ? former : [],
  );
  const { pricedColumns } = body;
  const judged = {
    grid,
    heads,
    pricedHeads,
    nameColumns,
    pricedColumns,
    before,
  };
  const termOf = (cell: GridCell) => {
    const mention = census.firstAnchorIn(cell.node)?.mention;
    if (!mention || mention.value === 0) return undefined;
    return `${mention.terms.period} ${mention.terms.per}`;
  };
  return {
    ...judged,
    listed: isListed(head(nameColumns[0])),
    axis: pricedHeads ? 'columns' : axisOf(judged, body, isPriced, termOf),
  };
}
