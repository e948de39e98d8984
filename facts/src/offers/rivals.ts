import { closest, type Outline, type OutlineNode } from '../page/outline';
import type { PageBundle } from '../page/page-bundle';
import { companyNames } from '../page/site';
import { ROWS, tableColumn, TABLES } from '../page/table-columns';
import type { PriceMention } from '../money/mention';

/** Tables that compare the page's own company with others: only its own column holds prices of its offers. */

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

/** `mentions`, those of rivals marked as such. */
export function markRivals(
  bundle: PageBundle,
  outline: Outline,
  mentions: readonly PriceMention[],
): PriceMention[] {
  const names = companyNames(bundle);
  const own = new Map<OutlineNode, number | undefined>();
  return mentions.map(mention => {
    const table = closest(mention.node, TABLES);
    if (!table) return mention;
    if (!own.has(table)) own.set(table, ownColumn(outline, table, names));
    const ours = own.get(table);
    if (ours === undefined) return mention;
    return tableColumn(mention.node) === ours
      ? { ...mention, compared: true }
      : { ...mention, rival: true };
  });
}
