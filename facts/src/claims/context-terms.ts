import {
  ancestors,
  closest,
  horizontalOverlap,
  verticalOverlap,
  type OutlineNode,
} from '../page/outline';
import type { Piece } from '../offers/pieces';
import type { Offer } from '../offers/offers';
import { isUnderFewer, ROWS, tableColumn, TABLES } from '../page/table-columns';
import {
  isPeriodOnly,
  mergeTerms,
  parseTerms,
  termsInLabel,
  type Terms,
} from '../money/terms';
import { lowerCase } from '../vocabulary/words';
import { lineAround } from '../money/terms-beside';
import type { PriceMention } from '../money/mention';
import { PRICE } from '../vocabulary/lexicons';

/** Terms that stand away from the amount: the head of its column or row, a label above its cards, a note for the whole page. */

const NOTE =
  /\b(?:all |our |alle |tous les |todos los )?(?:prices?|pricing|plans|rates|fees|preise|prix|tarifs|precios|prezzi)\b(?: \(?[A-Z]{3}\)?)?,? (?:are|is|shown|listed|quoted|displayed|billed|in [A-Z]{3}|verstehen sich|sont|gelten|per|pro|par|por)\b[^.\n\d]{0,60}\b(?:per|pro|par|por|monthly|annual|yearly|billed|month|year|monat|jahr|mois|mes)\b[^.\n\d]{0,40}/i;
const HEADS = new Set(['th']);
const LOOK_BACK = 40;
const LOOK_AHEAD = 24;

/** "per 1M tokens": the only number that a head of prices may have. */
const MEASURE =
  /(?:\bper|\/|\bpro|\bpar|\bpor)\s?\d[\d.,]{0,10}\s?[kKmM]?\s\p{L}/iu;

/** "Monthly fee (12-month contract)": the number is not the price's. */
const COUNTED_BRACKETS = /[(（][^()（）]{0,30}\p{Nd}[^()（）]{0,30}[)）]/gu;

/** In the first row of the table, over the same cell: a number at the right of a wide column is under no word of its head. */
function inSameColumn(head: OutlineNode, node: OutlineNode): boolean {
  const [table, row] = [closest(node, TABLES), closest(head, ROWS)];
  const column = tableColumn(node);
  return (
    column !== undefined &&
    tableColumn(head) === column &&
    closest(head, TABLES) === table &&
    row?.first === table?.first &&
    row !== closest(node, ROWS) &&
    !isUnderFewer(row, node)
  );
}

function headTerms(mention: PriceMention, pieces: readonly Piece[]): Terms {
  const row = closest(mention.node, ROWS);
  let terms: Terms = {};
  for (const piece of pieces) {
    const label = piece.text.replace(COUNTED_BRACKETS, '');
    const measured = label.replace(MEASURE, '');
    // "1日あたり" holds a number and is a period all the same.
    const counted = /\d/.test(measured) && !isPeriodOnly(piece.text);
    if (piece.text.length > 60 || counted) continue;
    const sameRow =
      row !== undefined &&
      piece.first.index >= row.first &&
      piece.last.index <= row.last &&
      verticalOverlap(piece.box, mention.box) > 0.3;
    const above =
      piece.box.y < mention.box.y &&
      horizontalOverlap(piece.box, mention.box) > 0.5;
    const heads = inSameColumn(piece.node, mention.node);
    if (sameRow || above || heads)
      terms = mergeTerms(terms, termsInLabel(label));
  }
  return terms;
}

const LABEL_WORDS =
  /\b(?:monthly|annual(?:ly)?|yearly|weekly|daily|hourly|per|month|year|plans?|pric(?:e|es|ing)|billing|billed|subscriptions?|memberships?|costs?|rates?|fees?|our|all|the|and|paid|user|seat|preise|tarife|monatlich|jährlich|pro|monat|jahr)\b/gi;

/** "Monthly plans" is a label of prices; "Read our weekly letter" is not. */
function isPeriodLabel(piece: Piece): boolean {
  if (/\d/.test(piece.text)) return false;
  const others = piece.text.replace(LABEL_WORDS, '').match(/\p{L}+/gu) ?? [];
  return others.length <= 1;
}

function labelTerms(
  before: readonly Piece[],
  offer: Offer,
  mention: PriceMention,
  cards: readonly OutlineNode[],
): Terms {
  const inOtherCard = (piece: Piece) =>
    cards.some(
      card =>
        card !== offer.card &&
        piece.first.index >= card.first &&
        piece.last.index <= card.last &&
        !(mention.run.index >= card.first && mention.run.index <= card.last),
    );
  const scope = offer.set ?? offer.card;
  const allowed: OutlineNode[] = [];
  if (scope)
    for (const node of ancestors(scope)) if (allowed.push(node) > 3) break;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const piece = before[at];
    if (piece.text.length > 50 || piece.start > mention.start) continue;
    // What is written in another card is meant for that card.
    if (!isPeriodLabel(piece) || inOtherCard(piece)) continue;
    if (!/^(?:h[1-6]|caption|legend|summary|th|label|)$/.test(piece.role))
      continue;
    // A column's head is meant for its column, which has been asked before.
    if (closest(piece.node, HEADS)) continue;
    const inScope =
      allowed.length === 0 ||
      allowed.some(
        node =>
          piece.first.index >= node.first && piece.last.index <= node.last,
      );
    if (!inScope) break;
    const terms = termsInLabel(piece.text);
    if (terms.period) return terms;
  }
  return {};
}

/** "月額" of "月額 7,980円": what stands on the line of an amount is said of that one. */
const hasItsAmount = ({ text, first }: Piece): boolean =>
  text !== first.text.trim() && /\p{Nd}/u.test(first.text);

/** A grid that is filled row by row has the terms of a price below it, but not after it in the text. */
function columnTerms(mention: PriceMention, after: readonly Piece[]): Terms {
  for (const piece of after) {
    const gap = piece.box.y - (mention.box.y + mention.box.height);
    if (gap < -2 || gap > 60 || horizontalOverlap(piece.box, mention.box) < 0.5)
      continue;
    if (hasItsAmount(piece)) continue;
    const parsed = parseTerms(piece.text);
    if (parsed.terms.period && parsed.used >= piece.text.length * 0.55)
      return parsed.terms;
  }
  return {};
}

function isLabelOfRow(text: string, at: number): boolean {
  const line = lineAround(text, at, at);
  return text.slice(line.start, line.end).includes('\t');
}

/** "All prices are per user and month": a note that is meant for every price of the page. */
export function noteTerms(text: string): Terms {
  const note = NOTE.exec(text.slice(0, 300_000));
  // The label of a row is meant for its row.
  if (note && isLabelOfRow(text, note.index)) return {};
  if (note) return /\d/.test(note[0]) ? {} : termsInLabel(note[0]);
  return saidOfAll(text.slice(0, 300_000));
}

const MAX_NOTE = 140;
const MIN_NOTE_WORDS = 5;
/** Of letters and spaces: "Tutti i ", "Alle ". */
const LEADS_IN = /^[\p{L}\p{M}\s]{0,12}$/u;

/** "Prezzi in euro per camera a notte." in any language: a sentence that begins with its prices, and holds no amount. */
function saidOfAll(text: string): Terms {
  for (const line of text.split('\n')) {
    const [sentence] = line.trim().split(/(?<=\p{L}{2})[.。]/u);
    if (sentence.length > MAX_NOTE) continue;
    if (/\p{Nd}/u.test(sentence)) {
      const terms = saidBeforeNumbers(sentence);
      if (terms) return terms;
      continue;
    }
    if (sentence.split(/\s+/).length < MIN_NOTE_WORDS) continue;
    const lower = lowerCase(sentence);
    const begins = PRICE.spansIn(lower).some(({ start }) =>
      LEADS_IN.test(lower.slice(0, start)),
    );
    const terms = begins ? termsInLabel(sentence) : {};
    if (terms.period && !terms.billed) return terms;
  }
  return {};
}

/** "Prix par nuit, taxe de séjour en sus (0,61 €)": the words up to the comma are those of a price and its period, and no more. */
function saidBeforeNumbers(sentence: string): Terms | undefined {
  const [first] = sentence.split(/[,(，（]/u);
  if (first === sentence || /\p{Nd}/u.test(first)) return undefined;
  const lower = lowerCase(first);
  const [priced] = PRICE.spansIn(lower);
  if (!priced || !LEADS_IN.test(lower.slice(0, priced.start))) return undefined;
  const { terms, used } = parseTerms(first.slice(priced.end).trimStart());
  const whole = used >= first.slice(priced.end).trim().length;
  return terms.period && !terms.billed && whole ? terms : undefined;
}

/** What the page says about the billing period of `mention` anywhere but beside it. */
export function contextTerms(
  offer: Offer,
  mention: PriceMention,
  pieces: readonly Piece[],
  cards: readonly OutlineNode[] = [],
): Terms {
  const table = closest(mention.node, TABLES);
  const inTable = table
    ? pieces.filter(
        piece =>
          piece.first.index >= table.first && piece.last.index <= table.last,
      )
    : [];
  // What a grid says of its columns and rows was read where its axes were judged.
  const heads = mention.inGrid ? {} : headTerms(mention, inTable.slice(0, 400));
  if (heads.period) return heads;
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].start < mention.start) low = middle + 1;
    else high = middle;
  }
  const column = mention.inGrid
    ? {}
    : columnTerms(mention, pieces.slice(low, low + LOOK_AHEAD));
  if (column.period) return mergeTerms(heads, column);
  const before = pieces.slice(Math.max(0, low - LOOK_BACK), low);
  return mergeTerms(heads, labelTerms(before, offer, mention, cards));
}
