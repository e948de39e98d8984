import {
  horizontalOverlap,
  union,
  verticalOverlap,
  type Outline,
  type OutlineNode,
  type Run,
} from './outline';
import { CELLS, ROWS, tableColumn } from './table-columns';
import type { Box } from '@agentworkloads/api';

/** Rows and columns as they stand on the screen: of a table, and of boxes that are laid out like one. */

export interface GridCell {
  node: OutlineNode;
  box: Box;
  text: string;
  /** From 1. */
  column: number;
}

export interface Grid {
  root: OutlineNode;
  /** From the top, each from its first column on. A cell without text is none. */
  rows: readonly (readonly GridCell[])[];
  columns: number;
}

type Loose = Omit<GridCell, 'column'>;

const MAX_CELLS = 4000;

function toCell({ runs }: Outline, node: OutlineNode): Loose {
  const own: readonly Run[] = runs.slice(node.first, node.last + 1);
  return {
    node,
    box: union(own.map(run => run.box)),
    text: own.map(run => run.text).join(' '),
  };
}

function* rowsOf(node: OutlineNode): Iterable<OutlineNode> {
  for (const child of node.children)
    if (ROWS.has(child.tag)) yield child;
    else if (child.tag !== 'table') yield* rowsOf(child);
}

const distanceTo = (box: Box, range: Box): number =>
  horizontalOverlap(box, range) > 0
    ? 0
    : Math.max(
        range.x - (box.x + box.width),
        box.x - (range.x + range.width),
        0,
      );

/** The places of the columns, from rows that have a cell in each. */
function rangesOf(
  rows: readonly (readonly GridCell[])[],
  columns: number,
): (Box | undefined)[] {
  const ranges: (Box | undefined)[] = [];
  for (const row of rows.filter(cells => cells.length === columns))
    for (const { column, box } of row) {
      const known = ranges[column];
      ranges[column] = known ? union([known, box]) : box;
    }
  return ranges;
}

/** A row under a cell of several rows, or with one over several columns, is counted wrong: its cells stand under other columns. */
function atTheirPlaces(
  row: readonly GridCell[],
  ranges: readonly (Box | undefined)[],
): readonly GridCell[] {
  const fits = row.every(({ column, box }) => {
    const own = ranges[column];
    return !own || distanceTo(box, own) === 0;
  });
  if (fits) return row;
  return row.map(cell => {
    let best = cell.column;
    let least = Infinity;
    ranges.forEach((range, column) => {
      const distance = range ? distanceTo(cell.box, range) : Infinity;
      if (distance >= least) return;
      best = column;
      least = distance;
    });
    return { ...cell, column: best };
  });
}

/** Undefined for a table of one row or one column. */
export function tableGrid(
  outline: Outline,
  table: OutlineNode,
): Grid | undefined {
  const rows = [...rowsOf(table)].map(row =>
    row.children
      .filter(child => CELLS.has(child.tag))
      .map(node => ({
        ...toCell(outline, node),
        column: tableColumn(node) ?? 0,
      })),
  );
  const columns = Math.max(0, ...rows.flat().map(({ column }) => column));
  if (rows.length < 2 || columns < 2) return undefined;
  const ranges = rangesOf(rows, columns);
  return {
    root: table,
    rows: rows.map(row => atTheirPlaces(row, ranges)),
    columns,
  };
}

/** Pixels by which edges or middles of a column may miss each other. */
const NEAR = 6;

const LINES = [
  ({ x }: Box) => x,
  ({ x, width }: Box) => x + width,
  ({ x, width }: Box) => x + width / 2,
];

/** Texts below each other share an edge or their middle. */
function isColumn(cells: readonly Loose[]): boolean {
  return LINES.some(line => {
    const places = cells.map(({ box }) => line(box));
    return Math.max(...places) - Math.min(...places) <= NEAR;
  });
}

function inLines(cells: readonly Loose[]): Loose[][] {
  const lines: Loose[][] = [];
  const down = [...cells].sort((a, b) => a.box.y - b.box.y);
  for (const cell of down) {
    const line = lines[lines.length - 1];
    if (line && verticalOverlap(line[0].box, cell.box) > 0.5) line.push(cell);
    else lines.push([cell]);
  }
  for (const line of lines) line.sort((a, b) => a.box.x - b.box.x);
  return lines;
}

/** Cells in rows and columns, each at a place of its own; undefined where they are not laid out so. */
function laidOut(root: OutlineNode, cells: readonly Loose[]): Grid | undefined {
  // A heading and a note have a line of their own.
  const lines = inLines(cells).filter(line => line.length > 1);
  const columns = Math.max(0, ...lines.map(line => line.length));
  const full = lines.filter(line => line.length === columns);
  if (lines.length < 3 || columns < 3 || full.length < 2) return undefined;
  const ranges = [
    undefined,
    ...full[0].map((_, column) => union(full.map(line => line[column].box))),
  ];
  const rows = lines.map(line =>
    line.length === columns
      ? line.map((cell, index) => ({ ...cell, column: index + 1 }))
      : atTheirPlaces(
          line.map(cell => ({ ...cell, column: 0 })),
          ranges,
        ),
  );
  for (let column = 1; column <= columns; column += 1) {
    const own = rows.map(row => row.filter(cell => cell.column === column));
    if (own.some(cells => cells.length > 1)) return undefined;
    // A head may stand in the middle of numbers that end at the right.
    const below = own.slice(1).flat();
    if (below.length > 1 && !isColumn(below)) return undefined;
  }
  return { root, rows, columns };
}

function atDepth(node: OutlineNode, depth: number, into: OutlineNode[]): void {
  for (const child of node.children)
    if (depth > 1 && child.children.length > 0) atDepth(child, depth - 1, into);
    else into.push(child);
}

const MAX_DEPTH = 3;

/** Boxes that are laid out as a table is: cell by cell, row by row or column by column. Undefined where `root` holds none. */
export function boxGrid(outline: Outline, root: OutlineNode): Grid | undefined {
  if (root.last - root.first > MAX_CELLS) return undefined;
  for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
    const nodes: OutlineNode[] = [];
    atDepth(root, depth, nodes);
    if (nodes.length < 9) continue;
    const grid = laidOut(
      root,
      nodes.map(node => toCell(outline, node)),
    );
    if (grid) return grid;
  }
  return rowsAmongOthers(outline, root);
}

/** Rows of as many cells each, one below the other, beside headings and paragraphs. */
function rowsAmongOthers(
  outline: Outline,
  root: OutlineNode,
): Grid | undefined {
  const counts = new Map<number, OutlineNode[]>();
  for (const child of root.children) {
    const cells = child.children.length;
    const like = counts.get(cells);
    if (like) like.push(child);
    else counts.set(cells, [child]);
  }
  const [rows] = [...counts]
    .filter(([cells, all]) => cells >= 3 && all.length >= 3)
    .map(([, all]) => all)
    .sort((a, b) => b.length - a.length);
  if (!rows || rows.length === root.children.length) return undefined;
  const cells = rows.flatMap(row => row.children);
  return laidOut(
    root,
    cells.map(node => toCell(outline, node)),
  );
}
