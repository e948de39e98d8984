/** Rows of a spreadsheet or a CSV file of which one column holds addresses. */
import { LIMITS } from './limits';
import { isAddress } from './target-token';

/** What is taken of a row. A heading has no address. */
export interface TableCell {
  address?: string;
  /** The other cells. */
  beside: string;
}

interface Row {
  index: number;
  separator: string;
  /** Which separator, how many cells, which of them has the address. */
  shape: string;
  cell: Required<TableCell>;
  /** Might be one address with all of its marks. */
  isWhole: boolean;
  /** Of a whole one: what follows its address looks like cells. */
  isPlain: boolean;
}

const SEPARATORS = ['\t', '|', ';', ','];
const LONGEST_ROW = 4 * LIMITS.targetUrl;
const MOST_CELLS = 64;
const HEADING =
  /^(?:urls?|links?|pages?|web ?sites?|address(?:es)?|home ?page|adressen?|seiten?|web ?seiten?)$/i;

const unquoted = (cell: string): string =>
  cell.trim().replace(/^"(.*)"$/su, '$1');

/** Cells of a row; a separator between quotes is part of a cell. */
function cellsOf(row: string, separator: string): string[] {
  const cells: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < row.length; at++) {
    if (row[at] === '"') isQuoted = !isQuoted;
    if (row[at] === separator && !isQuoted) {
      cells.push(unquoted(row.slice(from, at)));
      from = at + 1;
    }
  }
  return [...cells, unquoted(row.slice(from))];
}

/** The only cell with an address; one with a scheme counts before a name such as Booking.com. */
function columnOf(cells: readonly string[]): number | undefined {
  const isFull = (cell: string) => /^https?:\/\/\S+$/i.test(cell);
  const isBare = (cell: string) => !/[\s"]/.test(cell) && isAddress(cell);
  for (const isOne of [isFull, isBare]) {
    const found = [...cells.keys()].filter(at => isOne(cells[at]));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

function rowOf(
  text: string,
  index: number,
  separator: string,
): Row | undefined {
  const row = text.trim();
  if (row.length > LONGEST_ROW || !row.includes(separator)) return undefined;
  const cells = cellsOf(row, separator);
  if (cells.length < 2 || cells.length > MOST_CELLS) return undefined;
  const column = columnOf(cells);
  if (column === undefined) return undefined;
  const others = cells.filter((_, at) => at !== column);
  return {
    index,
    separator,
    shape: `${separator} ${cells.length} ${column}`,
    cell: {
      address: cells[column],
      beside: others.filter(Boolean).join(`${separator} `),
    },
    isWhole: /^https?:\/\/[^\s"]+$/i.test(row),
    isPlain:
      !/[?#]/.test(cells[column]) &&
      others.some(Boolean) &&
      others.every(other => !/[=/?#]|\.\p{L}/u.test(other)),
  };
}

/** Of rows of one shape those that are a table. Paths may have commas, so these need a row that can't be one address. */
function tableOf(rows: readonly Row[]): Row[] {
  const sure = rows.filter(({ isWhole, isPlain }) => !isWhole || isPlain);
  const isTable =
    sure.length > 1 &&
    (sure[0].separator !== ',' || sure.some(({ isWhole }) => !isWhole));
  return isTable ? sure : [];
}

/** The first line, where it names the columns of a table. */
function headingOf(
  lines: readonly string[],
  table: readonly Row[],
): TableCell | undefined {
  const { separator, shape } = table[0];
  const first = lines[0].trim();
  if (first.length > LONGEST_ROW) return undefined;
  const cells = cellsOf(first, separator);
  const [, count, column] = shape.slice(1).split(' ').map(Number);
  return cells.length === count && HEADING.test(cells[column])
    ? { beside: cells.filter(Boolean).join(`${separator} `) }
    : undefined;
}

/**
 * Lines that are rows of a table, by their place: at least two with the same number of cells and an address in the same one.
 * Cutting the rows and asking again finds other separators only, so it comes to an end.
 */
export function cellsOfTables(
  lines: readonly string[],
): Map<number, TableCell> {
  const found = new Map<number, TableCell>();
  for (const separator of SEPARATORS) {
    const shapes = new Map<string, Row[]>();
    lines.forEach((line, index) => {
      const row = found.has(index) ? undefined : rowOf(line, index, separator);
      if (!row) return;
      const alike = shapes.get(row.shape) ?? [];
      alike.push(row);
      shapes.set(row.shape, alike);
    });
    for (const rows of shapes.values()) {
      const table = tableOf(rows);
      for (const { index, cell } of table) found.set(index, cell);
      const heading = table.length > 0 ? headingOf(lines, table) : undefined;
      if (heading && !found.has(0)) found.set(0, heading);
    }
  }
  return found;
}
