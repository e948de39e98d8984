import { closest, type Outline, type OutlineNode } from './outline';

export const TABLES: ReadonlySet<string> = new Set(['table']);
export const ROWS: ReadonlySet<string> = new Set(['tr']);
export const CELLS: ReadonlySet<string> = new Set(['td', 'th']);

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

/** The first row of a table that shows text, below its caption. A row around the table is none of it. */
export function firstRow(
  outline: Outline,
  table: OutlineNode,
): OutlineNode | undefined {
  for (const run of outline.runs.slice(table.first, table.last + 1)) {
    const row = closest(run.node, ROWS);
    if (row && row.depth > table.depth) return row;
  }
  return undefined;
}

/** The column of the last cell of a row that shows text. */
function lastColumn(row: OutlineNode): number {
  const cells = row.children.filter(child => CELLS.has(child.tag));
  return Math.max(0, ...cells.map(cell => tableColumn(cell) ?? 0));
}

/** A head over several columns leaves its row with fewer cells: then the third head is not that of the third column. */
export const isUnderFewer = (
  head: OutlineNode | undefined,
  node: OutlineNode,
): boolean => {
  const row = closest(node, ROWS);
  return (
    head !== undefined &&
    row !== undefined &&
    lastColumn(head) < lastColumn(row)
  );
};

interface Heads {
  row: OutlineNode | undefined;
  /** What the first row says, by column. */
  words: ReadonlyMap<number, string>;
}

function readHeads(outline: Outline, table: OutlineNode): Heads {
  const row = firstRow(outline, table);
  const words = new Map<number, string>();
  const runs = row ? outline.runs.slice(row.first, row.last + 1) : [];
  for (const run of runs) {
    const column = tableColumn(run.node);
    if (column === undefined) continue;
    const known = words.get(column);
    words.set(column, known === undefined ? run.text : `${known} ${run.text}`);
  }
  return { row, words };
}

/** Every amount of a table asks for its head. A node is of one outline. */
const headsOf = new WeakMap<OutlineNode, Heads>();

/** The text of the first row's cell over `node`; undefined outside of tables, in the first row, and where rows do not match. */
export function columnHead(
  outline: Outline,
  node: OutlineNode,
): string | undefined {
  const table = closest(node, TABLES);
  const column = table && tableColumn(node);
  if (!table || column === undefined) return undefined;
  let heads = headsOf.get(table);
  if (!heads) headsOf.set(table, (heads = readHeads(outline, table)));
  return heads.row === closest(node, ROWS) || isUnderFewer(heads.row, node)
    ? undefined
    : heads.words.get(column);
}

/** Head of a first column that holds names of what one buys. */
const CORNER =
  /^(?:(?:our |the )?(?:plans?|plan name|tiers?|editions?|models?|products?|packages?|services?|options?|instances?(?: types?)?|machines?|servers?|memberships?|licen[sc]es?|seats|users|team size|volume|items?|names?|types?|sizes?|tickets?|rooms?|courses?|subscriptions?|add-?ons?|modules?|apps?|region|country|quantity|tlds?|domains?|extensions?|endung|tarif[es]?|paket|produkt|modell?|leistung|offres?|formules?|produits?|plan(?:es)?|producto|servicio|piano|prodotto|abonnement))$/i;

/** "Plan" in the corner of a table: its rows are what one buys. */
export function isOfferCorner(text: string): boolean {
  return CORNER.test(text.trim());
}
