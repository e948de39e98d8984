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

const COMPARES =
  /(?<!\p{L})(?:vs|versus|compar\p{L}*|alternativ\p{L}*|competit\p{L}*|vergleich\p{L}*|konkurr\p{L}*|concurren\p{L}*|compet[ei]\p{L}*|confront\p{L}*|porówna\p{L}*|srovn\p{L}*|jämför\p{L}*|sammenlign\p{L}*|сравн\p{L}*|порівн\p{L}*|karşılaştır\p{L}*)(?!\p{L})|比較|对比|比较|비교/iu;
const HEADING = /^h[1-6]$/;
const MAX_BACK = 12;
const MAX_UP = 6;

/** The cards around an amount, each with an amount of its own: side by side, or one below the other. */
function cardsAround(
  node: OutlineNode,
  isPriced: (node: OutlineNode) => boolean,
): { set: OutlineNode; card: OutlineNode } | undefined {
  let card = node;
  for (let up = 0; card.parent && up < MAX_UP; up += 1) {
    const set = card.parent;
    if (set.children.filter(isPriced).length > 1) return { set, card };
    card = set;
  }
  return undefined;
}

/** The page or the heading over the cards says that it compares. */
function isCompared(
  { page }: PageBundle,
  outline: Outline,
  set: OutlineNode,
): boolean {
  const before = outline.runs.slice(
    Math.max(0, set.first - MAX_BACK),
    set.first,
  );
  const heading = [...before].reverse().find(({ tag }) => HEADING.test(tag));
  return COMPARES.test(page.title ?? '') || COMPARES.test(heading?.text ?? '');
}

/**
 * Cards of which one begins with the company's name and the others with other words, where the page compares: only that one is its own.
 * @returns undefined where nobody is compared
 */
function ownCard(
  bundle: PageBundle,
  outline: Outline,
  set: OutlineNode,
  names: ReadonlySet<string>,
): OutlineNode | undefined {
  if (!isCompared(bundle, outline, set)) return undefined;
  const isOurs = (card: OutlineNode) => {
    const { text } = outline.runs[card.first];
    const words = text.toLowerCase();
    return (
      OURS.test(text) ||
      [...names].some(name => words === name || words.startsWith(`${name} `))
    );
  };
  const ours = set.children.filter(isOurs);
  return ours.length === 1 ? ours[0] : undefined;
}

/** Those of cards that stand beside the company's own. */
function inCards(
  bundle: PageBundle,
  outline: Outline,
  mentions: readonly PriceMention[],
  names: ReadonlySet<string>,
): (mention: PriceMention) => PriceMention {
  const compares =
    COMPARES.test(bundle.page.title ?? '') ||
    outline.runs.some(
      ({ tag, text }) => HEADING.test(tag) && COMPARES.test(text),
    );
  if (!compares) return mention => mention;
  const runs = mentions.map(({ run }) => run.index).sort((a, b) => a - b);
  const isPriced = ({ first, last }: OutlineNode) => {
    const at = runs.findIndex(index => index >= first);
    return at >= 0 && runs[at] <= last;
  };
  const own = new Map<OutlineNode, OutlineNode | undefined>();
  return mention => {
    const around = cardsAround(mention.node, isPriced);
    if (!around) return mention;
    const { set, card } = around;
    if (!own.has(set)) own.set(set, ownCard(bundle, outline, set, names));
    const ours = own.get(set);
    if (!ours) return mention;
    return ours === card
      ? { ...mention, compared: true }
      : { ...mention, rival: true };
  };
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
  const ofCards = inCards(bundle, outline, mentions, names);
  return mentions.map(mention => {
    const table = closest(mention.node, TABLES);
    if (!table) return ofCards(mention);
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
