import { lineAround } from '../money/terms-beside';
import type { PriceMention } from '../money/mention';
import { closest, type Outline } from '../page/outline';
import { CELLS, ROWS } from '../page/table-columns';
import { FROM } from '../vocabulary/lexicons';
import { lowerCase } from '../vocabulary/words';
import type { Anchor } from './anchors';
import type { Named } from './offer-names';

/** What stands in the line of an amount, beside it. */

export type Priced = Named & { anchor: Anchor & { mention: PriceMention } };

export const isPriced = (named: Named): named is Priced =>
  named.anchor.mention !== undefined;

export interface LineOf {
  /** The name stands in the line of its amount. */
  named: boolean;
  /** The line says more than a name, an amount and its terms. */
  talks: boolean;
  /** The line ends as sentences do. */
  ends: boolean;
  /** Words stand before the amount, in its line, that are no name of it and no "from". */
  leads: boolean;
}

export type Lines = ReadonlyMap<Priced, LineOf>;

const ENDS_SENTENCE = /[.!。！।…][\s)”"»]{0,3}$/u;
/** Letters that may stand beside a name and its amount without being a sentence: a mark, a unit that was not understood. */
const FEW_LETTERS = 2;
/** "(1 GB free)" explains, and is no sentence. */
const BRACKETS = /[(（][^()（）]{0,40}[)）]/g;

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
  const lower = lowerCase(text).replace(BRACKETS, ' ');
  const said = without(lower, 0, FROM.spansIn(lower));
  return said.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
}

export function readLine(
  { flat, runs }: Outline,
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
  const cell = closest(anchor.node, CELLS);
  const from = Math.max(line.start, cell ? runs[cell.first].start : 0);
  return {
    named,
    talks: lettersOf(rest) > FEW_LETTERS,
    ends: ENDS_SENTENCE.test(flat.slice(mention.end, line.end)),
    leads:
      lettersOf(rest.slice(from - line.start, mention.start - line.start)) >
      FEW_LETTERS,
  };
}

export const inRow = ({ anchor }: Named): boolean =>
  closest(anchor.node, ROWS) !== undefined;
