import { closest, type Outline, type OutlineNode } from './outline';

const CELLS = new Set(['td', 'th']);

/**
 * Which cell of its row holds `node`, from 1. Cells without text have no node, so that their like are counted by their keys.
 * Undefined outside of tables.
 */
export function tableColumn(node: OutlineNode): number | undefined {
  const cell = closest(node, CELLS);
  const place = /:nth-of-type\((\d+)\)/.exec(cell?.key ?? '')?.[1];
  if (!cell?.parent || !place) return undefined;
  const others = cell.parent.children.filter(
    child =>
      CELLS.has(child.tag) &&
      child.tag !== cell.tag &&
      child.first < cell.first,
  );
  return Number(place) + others.length;
}

const TABLES = new Set(['table']);
const ROWS = new Set(['tr']);

/** The text of the first row's cell over `node`; undefined outside of tables, in the first row, and where rows do not match. */
export function columnHead(
  outline: Outline,
  node: OutlineNode,
): string | undefined {
  const table = closest(node, TABLES);
  const column = table && tableColumn(node);
  if (!table || column === undefined) return undefined;
  const first = closest(outline.runs[table.first].node, ROWS);
  if (!first || first === closest(node, ROWS)) return undefined;
  const words = outline.runs
    .slice(first.first, first.last + 1)
    .filter(run => tableColumn(run.node) === column)
    .map(run => run.text);
  return words.length > 0 ? words.join(' ') : undefined;
}
