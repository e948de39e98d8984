import { lineAround } from '../money/terms-beside';
import { termsInLabel } from '../money/terms';
import type { PriceMention } from '../money/mention';
import type { Refusal } from '../money/refusals';
import { closest, type Outline, type OutlineNode } from '../page/outline';
import { FROM_WORDS } from '../vocabulary/price-words';
import { PRICE_LABELS } from '../vocabulary/labels';
import { lexiconOf, lowerCase } from '../vocabulary/words';
import type { Anchor } from './anchors';
import type { Census } from './cards';
import type { Named } from './offer-names';
import { rowLabel } from './table-rows';

/**
 * Amounts that have a name and are no offer all the same. They are told by how they stand beside the page's offers, and not by words
 * of what they are: a page that nobody has seen has other words, and the same shapes. What is doubtful is not told.
 */

type Priced = Named & { anchor: Anchor & { mention: PriceMention } };
export type Doubt = (named: Priced) => Refusal | undefined;

const isPriced = (named: Named): named is Priced =>
  named.anchor.mention !== undefined;

const FROM = lexiconOf(FROM_WORDS);
const PRICE = lexiconOf(PRICE_LABELS);
const ENDS_SENTENCE = /[.!。！।…][\s)”"»]{0,3}$/u;
/** Letters that may stand beside a name and its amount without being a sentence: a mark, a unit that was not understood. */
const FEW_LETTERS = 2;
/** So many lines of one kind are a list of what is sold, whatever else each of them says. */
const LIST = 3;

type Lines = ReadonlyMap<Priced, LineOf>;

interface LineOf {
  /** The name stands in the line of its amount. */
  named: boolean;
  /** The line says more than a name, an amount and its terms. */
  talks: boolean;
  /** The line ends as sentences do. */
  ends: boolean;
}

/** A line without [start, end) of each of `parts`, which may reach out of it. */
function without(
  text: string,
  offset: number,
  parts: readonly { start: number; end: number }[],
): string {
  let left = text;
  for (const part of parts) {
    const start = Math.max(0, part.start - offset);
    const end = Math.min(text.length, part.end - offset);
    if (end > start)
      left = left.slice(0, start) + ' '.repeat(end - start) + left.slice(end);
  }
  return left;
}

function lettersOf(text: string): number {
  const lower = lowerCase(text);
  const said = without(lower, 0, FROM.spansIn(lower));
  return said.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
}

function readLine(
  { flat }: Outline,
  { anchor, name }: Priced,
  mentions: readonly PriceMention[],
): LineOf {
  const { mention } = anchor;
  const line = lineAround(flat, mention.start, mention.end);
  const named = name.start >= line.start && name.end <= line.end;
  const rest = without(flat.slice(line.start, line.end), line.start, [
    name,
    ...mentions.filter(({ start }) => start >= line.start && start < line.end),
  ]);
  return {
    named,
    talks: lettersOf(rest) > FEW_LETTERS,
    ends: ENDS_SENTENCE.test(flat.slice(mention.end, line.end)),
  };
}

/**
 * "There is a card fee of 5 €." below cards with names of their own: a remark. A line that is nothing but a name and an amount is none,
 * nor is one of several lines of a kind.
 */
function remarks(priced: readonly Priced[], lines: Lines): Doubt {
  const firm = priced.filter(named => !lines.get(named)!.named);
  const names = new Set(firm.map(({ name }) => name.text));
  const lists = new Map<string, number>();
  const kindOf = ({ anchor: { node } }: Priced) =>
    `${node.parent?.first}-${node.parent?.last} ${node.tag}`;
  for (const named of priced)
    if (lines.get(named)!.named && !lines.get(named)!.ends)
      lists.set(kindOf(named), (lists.get(kindOf(named)) ?? 0) + 1);
  return named => {
    const line = lines.get(named)!;
    if (names.size < 2 || !line.named || !(line.talks || line.ends))
      return undefined;
    if (!line.ends && (lists.get(kindOf(named)) ?? 0) >= LIST) return undefined;
    return closest(named.anchor.node, ROWS) ? undefined : 'remark';
  };
}

const ITEMS = new Set(['li', 'dd']);
const CALENDAR = new Set(['month', 'year', 'week', 'day', 'hour']);

/**
 * "£26.99 a month" and below it, in a card, "£9.99 set-up fee, charged with your first bill": a line that talks, of an amount without a
 * period beside one that has one, is not what the card costs.
 */
function remarksInCards(priced: readonly Priced[], lines: Lines): Doubt {
  const lasting = (named: Priced) =>
    CALENDAR.has(named.anchor.mention.terms.period ?? '');
  const plain = new Set(
    priced
      .filter(named => lasting(named) && !lines.get(named)!.talks)
      .map(({ name }) => name),
  );
  return named => {
    const line = lines.get(named)!;
    const { mention, node } = named.anchor;
    // What more costs, and a year's sum below its month, are judged by themselves.
    const judged = mention.billedTotal || mention.terms.per !== undefined;
    if (judged || closest(node, ITEMS)) return undefined;
    return plain.has(named.name) && line.talks && !lasting(named)
      ? 'besideThePoint'
      : undefined;
  };
}

const ROWS = new Set(['tr']);
const TABLES = new Set(['table']);

/** The row says that its amounts are prices: by a period, a unit, or a word for a price in any language. */
function asks({ anchor }: Priced, label: string): boolean {
  const { period, per, billed } = anchor.mention.terms;
  if (period || per || billed) return true;
  const lower = lowerCase(label);
  return (
    termsInLabel(label).period !== undefined || PRICE.spansIn(lower).length > 0
  );
}

/**
 * A table with a plan in each column has rows of many kinds. Where one of them says that it holds prices, by a word or a period, those
 * that say nothing of the kind hold something else: what is covered, included, given.
 */
function rowsOfSomethingElse(priced: readonly Priced[], census: Census): Doubt {
  const rows = new Map<
    OutlineNode,
    Map<string, { asks: boolean; columns: number }>
  >();
  const placeOf = (named: Priced) => {
    const table = closest(named.anchor.node, TABLES);
    const label = table && rowLabel(named.anchor, census);
    return table && label ? { table, label } : undefined;
  };
  for (const named of priced) {
    const place = placeOf(named);
    if (!place) continue;
    let labels = rows.get(place.table);
    if (!labels) rows.set(place.table, (labels = new Map()));
    const row = labels.get(place.label) ?? { asks: false, columns: 0 };
    row.asks ||= asks(named, place.label);
    row.columns += named.column ? 1 : 0;
    labels.set(place.label, row);
  }
  return named => {
    const place = placeOf(named);
    const labels = place && rows.get(place.table);
    if (!labels || labels.get(place.label)!.asks) return undefined;
    const asked = [...labels.values()].some(row => row.asks && row.columns > 1);
    return asked ? 'otherRow' : undefined;
  };
}

const BUTTONS = new Set(['button']);

/** Buttons that hold nothing but amounts, under one name, let a visitor say how much: a gift, a top-up. */
function choices(priced: readonly Priced[]): Doubt {
  const sums = new Map<string, number>();
  const keyOf = ({ anchor, name }: Priced) => {
    const button = closest(anchor.node, BUTTONS);
    const { mention } = anchor;
    const alone =
      button !== undefined &&
      button.first === button.last &&
      mention.run.start === mention.start &&
      mention.run.end === mention.end &&
      !mention.terms.period;
    return alone ? `${name.start} ${button.parent?.first}` : undefined;
  };
  for (const named of priced) {
    const key = keyOf(named);
    if (key) sums.set(key, (sums.get(key) ?? 0) + 1);
  }
  return named =>
    (sums.get(keyOf(named) ?? '') ?? 0) > 1 ? 'choice' : undefined;
}

/** What a comparison with rivals shows of the page's own prices is told by the offers beside it, under their own names. */
function comparisons(priced: readonly Priced[]): Doubt {
  const keyOf = ({ value, currency }: PriceMention) => `${value} ${currency}`;
  const told = new Set(
    priced
      .filter(({ anchor }) => !anchor.mention.compared)
      .map(({ anchor }) => keyOf(anchor.mention)),
  );
  return ({ anchor: { mention } }) =>
    mention.compared && told.has(keyOf(mention)) ? 'repeated' : undefined;
}

/** Why an amount that has a name is not told. Undefined where nothing speaks against it. */
export function createDoubts(
  outline: Outline,
  census: Census,
  named: readonly Named[],
  mentions: readonly PriceMention[],
): (named: Named) => Refusal | undefined {
  const priced = named.filter(isPriced);
  const lines = new Map(
    priced.map(each => [each, readLine(outline, each, mentions)] as const),
  );
  const doubts = [
    remarks(priced, lines),
    remarksInCards(priced, lines),
    rowsOfSomethingElse(priced, census),
    choices(priced),
    comparisons(priced),
  ];
  return each => {
    if (!isPriced(each)) return undefined;
    for (const doubt of doubts) {
      const why = doubt(each);
      if (why) return why;
    }
    return undefined;
  };
}
