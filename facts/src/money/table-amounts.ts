import { numberCurrency, type CurrencyReader } from './currency';
import { parseAmount, type NumberHabits } from './numbers';
import {
  closest,
  horizontalOverlap,
  type Outline,
  type OutlineNode,
  type Run,
} from '../page/outline';
import { plainText } from '../page/plain-text';
import {
  CELLS,
  firstRow,
  ROWS,
  TABLES,
  isOfferCorner,
} from '../page/table-columns';
import { mergeTerms, termsInLabel, type Terms } from './terms';
import type { PriceMention } from './mention';
import { PRICE } from '../vocabulary/lexicons';

/**
 * Bare numbers in a table that are prices because its head says so: "Price (USD)", or "Price" under "All prices in EUR". The head of the
 * column, or the label of the row, must say that it holds prices and nothing else: "Income (EUR)" and "Share price (USD)" hold none.
 */

const CAPTIONS = new Set(['caption']);
const MAX_HEAD = 60;
const CELL =
  /^\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,](?:\d{1,2}|[-–—]{1,2}))?$|^\d{1,7}(?:[.,](?:\d{1,2}|[-–—]{1,2}))?$/;

const LARGE =
  /\b(?:millions?|thousands?|billions?|mio|mrd|milliard\p{L}*|millones|milhões|mln|mld|tys|crores?|lakhs?|[km])\b|['’]000/iu;
const TOLD_OF =
  /\b(?:share|stock|ounce|barrel|household|capita|head|inhabitant|aktie|action|acción)\b/i;
const PRICE_WORD =
  /^(?:prices?|pricing|fees?|tariffs?|preise?|gebühr(?:en)?|tarif[es]?|prix|precios?|tarifas?|preços?|valor|prezz[io]|tariff[ae]|prijs|prijzen|pris(?:er)?|cen[ay]|hinta|価格|料金)$/iu;
/** "Cost" and "rate" say that something is paid, and of what only with a period or a unit. */
const PAID_WORD = /^(?:costs?|rates?|kosten|coûts?|costos?|custos?|koszt)$/iu;
const SIDE_WORD =
  /^(?:in|en|em|w|в|у|за|на|без|с|ндс|ддс|пдв|per|pro|par|por|a|net|netto|brutto|gross|each|from|ab|von|starting|at|excl|incl|excluding|including|ex|inc|vat|tax|taxes|gst|mwst|ust|tva|iva|ht|ttc|zzgl|inkl|hors|list|unit|base|basic|standard|regular|subscription|licen[sc]e|plan|us|the|our|your|billed|za|miesiąc|税込|税抜)$/iu;

interface Head {
  terms: Terms;
  currency?: string;
  /** Says for how long, or in which money, and no more: "Monthly", "EUR". Believed of plans alone, the first under a note that names the currency. */
  timed?: boolean;
}

const IN_BRACKETS = /[(（]([^()（）]{3,24})[)）]\s?$/u;
const RATE = /^[^/\p{Nd}]{1,8}\/\s?\p{L}[^/\p{Nd}]{0,12}$/u;

/** "One to one (元/课时)": money for each of something, whatever it is called. */
function readRate(text: string, reader: CurrencyReader): Head | undefined {
  const said = IN_BRACKETS.exec(text)?.[1].trim();
  if (!said || !RATE.test(said)) return undefined;
  const [money, each] = said.split('/');
  const named = numberCurrency(money, reader);
  return named?.written === money.trim()
    ? { terms: termsInLabel(`/${each}`), currency: named.code }
    : undefined;
}

/** What a head says of the numbers under it; undefined where it does not say that they are prices. */
export function readPriceHead(
  text: string,
  reader: CurrencyReader,
): Head | undefined {
  if (text.length > MAX_HEAD || LARGE.test(text) || TOLD_OF.test(text))
    return undefined;
  const rated = readRate(text, reader);
  if (rated) return rated;
  const terms = termsInLabel(text);
  const named = numberCurrency(text, reader);
  let rest = text.toLowerCase();
  if (named) rest = rest.split(named.written.toLowerCase()).join(' ');
  const words = rest.match(/[\p{L}\p{M}]+/gu) ?? [];
  const timed = Boolean(terms.period ?? terms.per);
  let priced = 0;
  for (const word of words) {
    const paid = PAID_WORD.test(word) && timed;
    if (PRICE_WORD.test(word) || PRICE.has(word) || paid) priced += 1;
    else if (!SIDE_WORD.test(word) && !isTermWord(word, terms))
      return undefined;
  }
  if (priced > 0 || (terms.period && named))
    return { terms, currency: named?.code };
  return terms.period && !terms.per ? { terms, timed: true } : undefined;
}

/** "EUR" and no more: believed of plans alone, one column for each money. */
function readMoneyHead(text: string, reader: CurrencyReader): Head | undefined {
  const named = numberCurrency(text, reader);
  return named?.written === text.trim()
    ? { terms: {}, currency: named.code, timed: true }
    : undefined;
}

function isTermWord(word: string, terms: Terms): boolean {
  if (termsInLabel(word).period || termsInLabel(`per ${word}`).period)
    return true;
  const what = terms.per ?? '';
  return what !== '' && termsInLabel(`per ${word}`).per !== undefined
    ? what.includes(termsInLabel(`per ${word}`).per!)
    : false;
}

const STATED =
  /(?<![\p{L}])(?:prices?|pricing|rates|fees|preise|tarife|prix|tarifs|precios|tarifas|preços|valores|prezzi|tariffe|prijzen|ceny|priser)(?![\p{L}])[^.\n\d]{0,40}?\s(?:in|en|em|w|i)\s[^.\n\d]{2,60}/giu;
const MAX_TEXT = 300_000;

/** "All prices are in US dollars, per month": the currency of the numbers that have none. */
function statedIn(text: string, reader: CurrencyReader): Head | undefined {
  for (const [said] of text.slice(0, MAX_TEXT).matchAll(STATED)) {
    const named = numberCurrency(said, reader);
    if (named && !LARGE.test(said))
      return { terms: termsInLabel(said), currency: named.code };
  }
  return undefined;
}

interface Grid {
  table: OutlineNode;
  /** Runs of the first row. */
  heads: readonly Run[];
  caption: Head | undefined;
}

function runsOf(outline: Outline, node: OutlineNode): readonly Run[] {
  return outline.runs.slice(node.first, node.last + 1);
}

function cellText(outline: Outline, run: Run): string {
  const cell = closest(run.node, CELLS);
  if (!cell) return run.text;
  return runsOf(outline, cell)
    .map(each => each.text)
    .join(' ');
}

function gridOf(
  outline: Outline,
  table: OutlineNode,
  reader: CurrencyReader,
): Grid | undefined {
  const runs = runsOf(outline, table);
  const row = firstRow(outline, table);
  if (!row) return undefined;
  const said = runs
    .filter(run => closest(run.node, CAPTIONS))
    .map(run => run.text)
    .join(' ');
  return {
    table,
    heads: runsOf(outline, row),
    caption: statedIn(said, reader),
  };
}

/** Rows of years and days tell how an amount went, not what is asked. */
const DATED_ROW = /^(?:19|20)\d\d\b|^\d{1,2}[./-]\d{1,2}[./-]/;
const DATED_CORNER =
  /^(?:years?|dates?|months?|quarters?|days?|jahre?|datum|monat|années?|dates?|mois|años?|fecha)$/i;

/** Pixels by which a centred head and a number at the left of its column may miss each other. */
const NEAR = 40;

function headAbove(heads: readonly Run[], run: Run): Run | undefined {
  const over = heads.find(head => horizontalOverlap(head.box, run.box) > 0.3);
  if (over) return over;
  const apart = (head: Run) =>
    Math.max(
      head.box.x - (run.box.x + run.box.width),
      run.box.x - (head.box.x + head.box.width),
      0,
    );
  const [best, next] = [...heads].sort((a, b) => apart(a) - apart(b));
  const clear = !next || apart(next) > apart(best) + NEAR / 2;
  return best && apart(best) < NEAR && clear ? best : undefined;
}

function headOf(
  outline: Outline,
  grid: Grid,
  run: Run,
  reader: CurrencyReader,
): Head | undefined {
  const row = closest(run.node, ROWS);
  if (!row || row.first <= grid.heads[0].index) return undefined;
  const label = cellText(outline, outline.runs[row.first]);
  const corner = cellText(outline, grid.heads[0]);
  if (row.first === run.index || DATED_ROW.test(label)) return undefined;
  const above = headAbove(grid.heads, run);
  if (!above) return undefined;
  const said = cellText(outline, above);
  const column = readPriceHead(said, reader) ?? readMoneyHead(said, reader);
  if (column) return DATED_CORNER.test(corner) ? undefined : column;
  const own = readPriceHead(label, reader);
  return own && !own.timed && !/\d{4}/.test(above.text) ? own : undefined;
}

/** Every cell of a table that is a price by what its head says. */
export function findTableAmounts(
  outline: Outline,
  options: { currency: CurrencyReader; habits: NumberHabits },
): PriceMention[] {
  const grids = new Map<OutlineNode, Grid | undefined>();
  const found: PriceMention[] = [];
  let stated: Head | undefined | null = null;
  for (const run of outline.runs) {
    if (run.struck || !CELL.test(plainText(run.text))) continue;
    const cell = closest(run.node, CELLS);
    const table = cell && closest(cell, TABLES);
    if (!table || cell.first !== cell.last) continue;
    if (!grids.has(table))
      grids.set(table, gridOf(outline, table, options.currency));
    const grid = grids.get(table);
    const head = grid && headOf(outline, grid, run, options.currency);
    if (!head) continue;
    if (stated === null) stated = statedIn(outline.text, options.currency);
    const around = grid.caption ?? stated;
    if (head.timed && !isOfferCorner(cellText(outline, grid.heads[0])))
      continue;
    const currency = head.currency ?? around?.currency;
    const value =
      currency &&
      parseAmount(
        plainText(run.text),
        options.habits,
        options.currency.habits(currency),
      );
    if (!currency || value === undefined || value === '') continue;
    found.push({
      start: run.start,
      amountEnd: run.end,
      end: run.end,
      value,
      currency,
      terms: mergeTerms(head.terms, around?.terms ?? {}),
      run,
      node: run.node,
      box: run.box,
      fontSize: run.fontSize,
      prose: false,
      cued: true,
    });
  }
  return found;
}
