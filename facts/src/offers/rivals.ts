import { closest, type Outline, type OutlineNode } from '../page/outline';
import type { PageBundle } from '../page/page-bundle';
import { companyNames } from '../page/site';
import { tableGrid } from '../page/grid';
import { ROWS, tableColumn, TABLES } from '../page/table-columns';
import type { PriceMention } from '../money/mention';

/** Tables that compare the page's own company with others: only its own column, or its own row, holds prices of its offers. */

const OURS =
  /^(?:us|we|our (?:plan|price|product)|wir|nous|nosotros|noi|nós|wij|vi|oss|my|мы|ми)$/iu;

/** The column of the first row that is headed by the company; undefined where the table compares nobody. */
function ownColumn(
  outline: Outline,
  table: OutlineNode,
  names: ReadonlySet<string>,
): number | undefined {
  const runs = outline.runs.slice(table.first, table.last + 1);
  const row = closest(runs[0].node, ROWS);
  if (!row || row.children.length < 2) return undefined;
  const head = runs.find(
    run =>
      closest(run.node, ROWS) === row &&
      (names.has(run.text.toLowerCase()) || OURS.test(run.text)) &&
      tableColumn(run.node) !== 1,
  );
  return head && tableColumn(head.node);
}

/** Runs of the row that is the company's own, in a table whose rows are companies; undefined where they are not. */
function ownRow(
  outline: Outline,
  table: OutlineNode,
  names: ReadonlySet<string>,
): OutlineNode | undefined {
  const grid = tableGrid(outline, table);
  const first = (grid?.rows ?? []).slice(1).flatMap(row => row[0] ?? []);
  const isOurs = (text: string) =>
    names.has(text.toLowerCase()) || OURS.test(text);
  const ours = first.filter(cell => isOurs(cell.text));
  const others = first.filter(cell => !ours.includes(cell));
  if (ours.length !== 1 || others.length === 0) return undefined;
  // "Acme" beside "Acme Pro" is a product of the company.
  const products = others.some(({ text }) =>
    [...names].some(name => text.toLowerCase().includes(name)),
  );
  return products ? undefined : closest(ours[0].node, ROWS);
}

/** `mentions`, those of rivals marked as such. */
export function markRivals(
  bundle: PageBundle,
  outline: Outline,
  mentions: readonly PriceMention[],
): PriceMention[] {
  const names = companyNames(bundle);
  const own = new Map<OutlineNode, number | undefined>();
  const rows = new Map<OutlineNode, OutlineNode | undefined>();
  return mentions.map(mention => {
    const table = closest(mention.node, TABLES);
    if (!table) return mention;
    if (!own.has(table)) own.set(table, ownColumn(outline, table, names));
    if (!rows.has(table)) rows.set(table, ownRow(outline, table, names));
    const row = rows.get(table);
    if (row)
      return closest(mention.node, ROWS) === row
        ? { ...mention, compared: true }
        : { ...mention, rival: true };
    const ours = own.get(table);
    if (ours === undefined) return mention;
    return tableColumn(mention.node) === ours
      ? { ...mention, compared: true }
      : { ...mention, rival: true };
  });
}
