import { closest, type OutlineNode } from './outline';

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
