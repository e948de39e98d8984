import { isPeriodOnly, termsInLabel } from '../money/terms';
import type { PriceMention } from '../money/mention';
import type { Refusal } from '../money/refusals';
import {
  ancestors,
  closest,
  contains,
  type Outline,
  type OutlineNode,
} from '../page/outline';
import { CELLS, TABLES } from '../page/table-columns';
import { lineAround } from '../money/terms-beside';
import { PRICE } from '../vocabulary/lexicons';
import { UP_TO_WORDS } from '../vocabulary/listed-words';
import { lexiconOf, lowerCase } from '../vocabulary/words';
import type { Anchor } from './anchors';
import { LARGER, type Census } from './cards';
import { inRow, isPriced, readLine, type Lines, type Priced } from './line-of';
import type { Named } from './offer-names';
import { besideTheMainBlock } from './main-block';
import { headingsOf, otherSections } from './sections';
import { isOtherRow, rowLabel } from './table-rows';

/**
 * Amounts that have a name and are no offer all the same. They are told by how they stand beside the page's offers, and not by words
 * of what they are: a page that nobody has seen has other words, and the same shapes. What is doubtful is not told.
 */

export type Doubt = (named: Priced) => Refusal | undefined;

/** So many lines of one kind are a list of what is sold, whatever else each of them says. */
const LIST = 3;

/**
 * "There is a card fee of 5 €." below cards with names of their own: a remark. A line that is nothing but a name and an amount is none,
 * nor is one of several lines of a kind.
 */
function remarks(priced: readonly Priced[], lines: Lines): Doubt {
  const lists = new Map<string, number>();
  const kindOf = ({ anchor: { node } }: Priced) =>
    `${node.parent?.first}-${node.parent?.last} ${node.tag}`;
  for (const named of priced)
    if (lines.get(named)!.named && !lines.get(named)!.ends)
      lists.set(kindOf(named), (lists.get(kindOf(named)) ?? 0) + 1);
  const inList = (named: Priced) =>
    !lines.get(named)!.ends && (lists.get(kindOf(named)) ?? 0) >= LIST;
  const firm = priced.filter(
    named => !lines.get(named)!.named || inList(named),
  );
  const names = new Set(firm.map(({ name }) => name.text));
  return named => {
    const line = lines.get(named)!;
    if (names.size < 2 || !(line.talks || line.ends)) return undefined;
    if (inList(named) || inRow(named)) return undefined;
    return line.named || isFromBelow(named) ? 'remark' : undefined;
  };
}

/** A banner over the page's heading has no name of its own: it would take the heading's. */
const isFromBelow = ({ anchor, name, card, column }: Priced): boolean =>
  !column && !card?.set && name.start > anchor.end;

const ITEMS = new Set(['li', 'dd']);
const CALENDAR = new Set(['month', 'year', 'week', 'day', 'hour']);

const lasting = ({ anchor }: Priced): boolean =>
  CALENDAR.has(anchor.mention.terms.period ?? '');

/**
 * "£26.99 a month" and below it, in a card, "£9.99 set-up fee, charged with your first bill": a line that talks, of an amount without a
 * period beside one that has one, is not what the card costs.
 */
function remarksInCards(priced: readonly Priced[], lines: Lines): Doubt {
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

/**
 * "9,90 € a month" in large type, and in the lines of the same card "Excess 75 €": what is named, covered or given there is not what
 * the card costs.
 */
function smallPrint(priced: readonly Priced[], lines: Lines): Doubt {
  const largest = new Map<OutlineNode, number>();
  for (const { anchor, card, column } of priced)
    if (card?.set && !column)
      largest.set(
        card.node,
        Math.max(largest.get(card.node) ?? 0, anchor.fontSize),
      );
  const isSmall = ({ fontSize, node }: Anchor) => {
    for (const around of ancestors(node))
      if ((largest.get(around) ?? 0) >= fontSize * LARGER) return true;
    return false;
  };
  return named => {
    const { mention } = named.anchor;
    const { named: own, leads } = lines.get(named)!;
    // "then 29 € a month", "or 290 € a year": a period behind the amount says that it is asked.
    const asked = lasting(named) && mention.end > mention.amountEnd;
    const judged = mention.billedTotal || mention.terms.per !== undefined;
    if (judged || inRow(named) || !(own || (leads && !asked))) return undefined;
    return isSmall(named.anchor) ? 'besideThePoint' : undefined;
  };
}

const UP_TO = lexiconOf(UP_TO_WORDS);
const MAX_BEFORE = 40;

/** Ends in "up to": what follows is the most that is covered, paid or taken. */
const endsInUpTo = (text: string): boolean => {
  const lower = lowerCase(text.slice(-MAX_BEFORE).trimEnd());
  return UP_TO.endsIn(lower).includes(lower.length);
};

/** "Max $100", "Tae Kwon Do $99": a word with a capital letter in a short line is a part of a name. */
const endsInName = (text: string): boolean =>
  /(?:^|\s)\p{Lu}[\p{L}\p{M}]*\s*$/u.test(text) &&
  text.trim().split(/\s+/).length <= 4;

/** "The penalty is at most 40 000 Ft". What lets one choose, from one amount up to another, is judged where ranges are. */
function caps({ flat }: Outline): Doubt {
  return ({ anchor: { mention } }) => {
    const { start } = lineAround(flat, mention.start, mention.end);
    const before = flat.slice(start, mention.start);
    return !/\p{Nd}/u.test(before) && endsInUpTo(before) && !endsInName(before)
      ? 'remark'
      : undefined;
  };
}

/** "Incoming min. 2500 zł" in a cell beside cells of amounts alone: a condition. */
function talkingCells(lines: Lines): Doubt {
  return named =>
    inRow(named) && (lines.get(named)!.leads || isCountedInCell(named))
      ? 'talkingCell'
      : undefined;
}

/** "60 min 100 yen" in a cell that is not the first of its row: for how much the amount is, and no name. */
function isCountedInCell({ anchor, name }: Priced): boolean {
  const cell = closest(anchor.node, CELLS);
  return (
    cell !== undefined &&
    cell !== cell.parent?.children[0] &&
    contains(cell, name.node) &&
    /^\p{Nd}/u.test(name.text)
  );
}

/** The row says that its amounts are prices: by a period, a unit, or a word for a price in any language. */
function asks({ anchor }: Priced, label: string): boolean {
  const { terms, inGrid } = anchor.mention;
  if (inGrid ? inGrid.asked : terms.period || terms.per || terms.billed)
    return true;
  const lower = lowerCase(label);
  // "Minimum monthly deposit" holds a word of a period, and is no price.
  return isPeriodOnly(label) || PRICE.spansIn(lower).length > 0;
}

/** "Zorblat per month", in any language: the period ends it, and stands behind a word of its own. */
const isPerPeriod = (label: string): boolean =>
  /\s\S+\s\S+$|[\p{L})]\s?\/\s?\p{L}+$/u.test(label.trim()) &&
  termsInLabel(label).period !== undefined;

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
    const wide = [...labels].filter(([, { columns }]) => columns > 1);
    if (wide.some(([, { asks: strictly }]) => strictly)) return 'otherRow';
    // "Zorblat per month" over "Own risk": nobody asks for what has no period.
    const timed = wide.some(([label]) => isPerPeriod(label));
    return timed && !isPerPeriod(place.label) ? 'otherRow' : undefined;
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

const HEADING_LEVEL = /^h([1-6])$/;

/** A heading, below which two offers or more have names of their own before this amount comes, is over all of them: not what is bought. */
function headingsOverOffers(priced: readonly Priced[]): Doubt {
  const names = [...new Set(priced.map(({ name }) => name))];
  const levelOf = ({ role }: Priced['name']) =>
    Number(HEADING_LEVEL.exec(role)?.[1] ?? 7);
  return ({ anchor, name, column, card }) => {
    if (column || card || levelOf(name) === 7) return undefined;
    const between = names.filter(
      other =>
        other.start > name.start &&
        other.end <= anchor.start &&
        other.text !== name.text &&
        levelOf(other) > levelOf(name),
    );
    return between.length > 1 ? 'remark' : undefined;
  };
}

/** Boxes side by side that hold an amount each and no name, below the page's own heading: it is the name of none of them. */
function pageHeadings(priced: readonly Priced[]): Doubt {
  const boxes = new Map<OutlineNode, Set<OutlineNode>>();
  const placeOf = ({ anchor: { node }, name }: Priced) => {
    const box = node.parent;
    return name.role === 'h1' && box?.parent && !contains(box, name.node)
      ? { box, set: box.parent }
      : undefined;
  };
  for (const named of priced) {
    const place = placeOf(named);
    if (place)
      boxes.set(place.set, (boxes.get(place.set) ?? new Set()).add(place.box));
  }
  return named => {
    const place = placeOf(named);
    return place && boxes.get(place.set)!.size > 1 ? 'unnamed' : undefined;
  };
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

/** "Coverage limit", "Ad credit": what stands there is no price, whatever it is. */
function isOfOtherRow(
  { anchor, name, column }: Named,
  census: Census,
): boolean {
  if (!column && !closest(anchor.node, TABLES)) return false;
  const label = rowLabel(anchor, census);
  return label !== name.text && (isOtherRow(label) || endsInUpTo(label));
}

/** Why an amount that has a name is not told. Undefined where nothing speaks against it. */
export function createDoubts(
  outline: Outline,
  census: Census,
  named: readonly Named[],
  mentions: readonly PriceMention[],
): (named: Named) => Refusal | undefined {
  const other = new Set(named.filter(each => isOfOtherRow(each, census)));
  const priced = named.filter(each => !other.has(each)).filter(isPriced);
  const lines = new Map(
    priced.map(each => [each, readLine(outline, each, mentions)] as const),
  );
  const headings = headingsOf(outline);
  const doubts = [
    remarks(priced, lines),
    remarksInCards(priced, lines),
    smallPrint(priced, lines),
    caps(outline),
    talkingCells(lines),
    rowsOfSomethingElse(priced, census),
    choices(priced),
    headingsOverOffers(priced),
    pageHeadings(priced),
    otherSections(outline, headings),
    besideTheMainBlock(outline, headings, priced),
    comparisons(priced),
  ];
  return each => {
    if (other.has(each)) return 'otherRow';
    if (!isPriced(each)) return undefined;
    for (const doubt of doubts) {
      const why = doubt(each);
      if (why) return why;
    }
    return undefined;
  };
}
