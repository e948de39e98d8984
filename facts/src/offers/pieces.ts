import type { Box } from '@agentworkloads/api';
import {
  isBadge,
  isForName,
  isFragment,
  isGenericLabel,
  isKnownPlanName,
  isPageWord,
  isSticker,
  looksLikeCta,
} from './lexicon';
import {
  closest,
  commonAncestor,
  STOP,
  union,
  type Outline,
  type OutlineNode,
  type Run,
} from '../page/outline';
import { endsInCostVerb } from '../money/sentences-of-prices';
import { isPeriodOnly, periodOf } from '../money/terms';
import { lowerCase, UNPARTED } from '../vocabulary/words';
import type { PriceMention } from '../money/mention';
import { ROWS } from '../page/table-columns';
import { FROM } from '../vocabulary/lexicons';

/** A stretch of visible text that belongs together and holds no price: a heading, a label, a line. */
export interface Piece {
  index: number;
  start: number;
  end: number;
  text: string;
  node: OutlineNode;
  first: Run;
  last: Run;
  fontSize: number;
  bold: boolean;
  box: Box;
  /** Tag of the nearest element that says what the text is: h1–h6, th, dt, li, a, button … or ''. */
  role: string;
  /** Could be what something is called, judged by itself alone. */
  nameLike: boolean;
}

const ROLES = new Set([
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'th',
  'td',
  'dt',
  'dd',
  'li',
  'a',
  'button',
  'summary',
  'legend',
  'caption',
  'blockquote',
  'nav',
  'label',
  'p',
]);
const HEADING = /^h[1-6]$/;
const BUTTONS = new Set(['button']);
/** What one buys where nothing but the time differs. */
const PERIOD_NAME =
  /^(?:monthly|annual(?:ly)?|yearly|weekly|quarterly|lifetime|monatlich|jährlich|mensuel(?:le)?|annuel(?:le)?|mensual|anual|mensal|mensile|annuale|maandelijks|jaarlijks|miesięcznie|rocznie|miesięczny|roczny|月払い|年払い|月額プラン|年額プラン)(?: (?:plan|pass|membership|subscription))?$/i;
const MAX_NAME = 60;
const EDGE = /[\s:–—|·•\-,(]/;
/** Lines of dots lead the eye from a name to its price. */
const LEADER = /[\s._…·]/;

/** [start, end) of `text` without the marks around it. A pattern with `+$` would try every gap in the middle. */
function trimmed(text: string): [number, number] {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.test(text[start])) start += 1;
  while (end > start && EDGE.test(text[end - 1])) end -= 1;
  if (/(?:[._…·] ?){2}$/.test(text.slice(start, end)))
    while (end > start && LEADER.test(text[end - 1])) end -= 1;
  return [start, end];
}

function roleOf(node: OutlineNode): string {
  let depth = 0;
  let fallback = '';
  for (let at: OutlineNode | undefined = node; at; at = at.parent) {
    if (HEADING.test(at.tag)) return at.tag;
    if (!fallback && ROLES.has(at.tag)) fallback = at.tag;
    depth += 1;
    if (depth > 4 || (fallback && depth > 2)) break;
  }
  return fallback;
}

/** Whether `next` goes on with what `run` says: same line, same type, inside one element. */
function continues(outline: Outline, run: Run, next: Run): boolean {
  const gap = outline.text.slice(run.end, next.start);
  if (gap.length > 3 || next.struck || run.struck) return false;
  const shared = commonAncestor(run.node, next.node);
  const size = next.fontSize / Math.max(1, run.fontSize);
  const fits = HEADING.test(shared.tag)
    ? size > 0.9 && size < 1.1
    : isOneLine(run, next, gap, shared);
  return fits && !isSticker(run.text) && !isSticker(next.text);
}

function isOneLine(
  run: Run,
  next: Run,
  gap: string,
  shared: OutlineNode,
): boolean {
  const near = Math.max(run.node.depth, next.node.depth) - shared.depth <= 1;
  const nested = shared === run.node || shared === next.node;
  return (
    near &&
    nested &&
    !/\n/.test(gap) &&
    Math.abs(run.fontSize - next.fontSize) < 1
  );
}

interface Span {
  start: number;
  end: number;
  first: Run;
  last: Run;
  /** An amount follows on the same line. */
  priced?: boolean;
}

/** "Korekta: od 20 zł": the word before the amount is the amount's. */
function withoutFrom(text: string): string {
  const lower = lowerCase(text);
  const end = lower.trimEnd().length;
  const at = [...lower.matchAll(/[\s:–—-]+(?=\p{L})/gu)].find(
    match =>
      FROM.longestAt(lower, match.index + match[0].length)?.length ===
      end - match.index - match[0].length,
  );
  return at && at.index > 1 ? text.slice(0, at.index) : text;
}

const LAST_WORD = /[\s:：–—-]+([\p{L}\p{M}]+)[\s:：]*$/u;

/** "屋外 月額 18,000円", "Indoor monthly $20": for how long stands with the amount, where another word is left. */
function withoutPeriod(text: string): string {
  const last = LAST_WORD.exec(text);
  return last &&
    last.index > 0 &&
    UNPARTED.test(last[1]) &&
    isPeriodOnly(last[1])
    ? text.slice(0, last.index)
    : text;
}

function toPiece(outline: Outline, span: Span): Piece | undefined {
  const whole = outline.text.slice(span.start, span.end);
  const own = span.priced ? withoutPeriod(withoutFrom(whole)) : whole;
  const [from, to] = trimmed(own);
  const text = own.slice(from, to);
  if (text === '' || outline.flat.slice(span.start, span.end).includes(STOP))
    return undefined;
  const start = span.start + from;
  const node = commonAncestor(span.first.node, span.last.node);
  return {
    index: 0,
    start,
    end: start + text.length,
    text: text.replace(/\s+/g, ' '),
    node,
    first: span.first,
    last: span.last,
    fontSize: Math.max(span.first.fontSize, span.last.fontSize),
    bold: span.first.bold,
    box:
      span.first === span.last
        ? span.first.box
        : union([span.first.box, span.last.box]),
    role: roleOf(node),
    nameLike: false,
  };
}

/** The parts of a run that no mention covers. */
function uncovered(
  run: Run,
  mentions: readonly PriceMention[],
  from: number,
): Span[] {
  const spans: Span[] = [];
  let at = run.start;
  for (
    let i = from;
    i < mentions.length && mentions[i].start < run.end;
    i += 1
  ) {
    if (mentions[i].end <= at) continue;
    if (mentions[i].start > at)
      spans.push({
        start: at,
        end: mentions[i].start,
        first: run,
        last: run,
        priced: true,
      });
    at = Math.max(at, mentions[i].end);
  }
  if (at < run.end)
    spans.push({ start: at, end: run.end, first: run, last: run });
  return spans;
}

export function buildPieces(
  outline: Outline,
  all: readonly PriceMention[],
): Piece[] {
  const mentions = all.filter(mention => !mention.added);
  const added = all.filter(mention => mention.added);
  const spans: Span[] = [];
  let from = 0;
  let open: Span | undefined;
  for (const run of outline.runs) {
    while (from < mentions.length && mentions[from].end <= run.start) from += 1;
    const parts = uncovered(run, mentions, from);
    const whole =
      parts.length === 1 && parts[0].end - parts[0].start === run.text.length;
    if (
      open &&
      whole &&
      continues(outline, open.last, run) &&
      open.end === open.last.end
    ) {
      open.end = run.end;
      open.last = run;
      continue;
    }
    spans.push(...parts);
    open = parts[parts.length - 1];
  }
  const pieces: Piece[] = [];
  for (const span of spans) {
    const piece = toPiece(outline, span);
    if (piece)
      pieces.push({
        ...piece,
        index: pieces.length,
        nameLike: !isAddOn(piece, added) && isNameLike(piece),
      });
  }
  return pieces;
}

export function isPeriodName(text: string): boolean {
  return PERIOD_NAME.test(text) || isPeriodOnly(text);
}

export function isHeading(piece: Piece): boolean {
  return HEADING.test(piece.role);
}

/** True for a line that says what comes on top: "+ $15 per agent". */
export function isAddOn(
  piece: Pick<Piece, 'start' | 'end'>,
  mentions: readonly PriceMention[],
): boolean {
  return mentions.some(
    ({ added, start }) => added && start >= piece.start && start < piece.end,
  );
}

/** A word in small letters, unless it fills a line of its own: style sheets set such names in capitals. */
function isLooseWord({ text, first, last }: Piece): boolean {
  return (
    /^\p{Ll}+$/u.test(text) &&
    (text.length < 4 || first !== last || first.text !== text)
  );
}

/** A button that is a whole card holds more than its own words. */
function isOneOfMany(piece: Piece): boolean {
  const button = closest(piece.node, BUTTONS);
  return (
    button !== undefined &&
    (button.first < piece.first.index || button.last > piece.last.index) &&
    !looksLikeCta(piece.text)
  );
}

/** The first words of a table's row. */
function opensRow(piece: Piece): boolean {
  return (
    piece.role === 'td' &&
    closest(piece.node, ROWS)?.first === piece.first.index
  );
}

/** Fills its line alone. */
const first = ({ first: run, last, text }: Piece): boolean =>
  run === last && run.text === text;

/** "Prices a night, excl. tourist tax": terms, and no name. */
const WITH_OR_WITHOUT =
  /[\s,(](?:incl|inkl|excl|exkl|zzgl|ekskl|excluding|including)\.?\s/i;

/** "Contacts: 5,000" says how much of something. */
const LABELLED_NUMBER = /\p{L}\s?[:：]\s?\p{Nd}[\p{Nd}.,'’\s]*$/u;

/** Judged by the text alone: amounts, letters by themselves, words that sites use everywhere. Undefined where more has to be asked. */
function byText(piece: Piece, known: boolean): boolean | undefined {
  const { text } = piece;
  // "100/100" is how lines to the Internet are called.
  if (/^\d{2,5}[/×]\d{2,5}$/.test(text)) return true;
  if (endsInCostVerb(text) || /\p{Sc}\s?\d|\d\s?\p{Sc}/u.test(text))
    return false;
  if (text.length === 1 && UNPARTED.test(text))
    return first(piece) && !isGenericLabel(text) && !periodOf(text);
  if (text.length > MAX_NAME || text.length < 2 || !/\p{L}/u.test(text))
    return /^[\p{L}]$/u.test(text) && (isHeading(piece) || piece.role === 'th');
  if (text.split(/\s+/).length > 8 || LABELLED_NUMBER.test(text)) return false;
  if (isForName(text)) return true;
  if (isGenericLabel(text) && !known)
    return (
      isPeriodName(text) &&
      ((isHeading(piece) && piece.role !== 'h1') || opensRow(piece))
    );
  return undefined;
}

/** A part of a sentence, a word of the page's frame, terms. */
function isNoName(piece: Piece, known: boolean, titled: boolean): boolean {
  const { text } = piece;
  if (WITH_OR_WITHOUT.test(text)) return true;
  if (/^[.,;!?)]\s|^[。、，．！？；：]|^[^(]*\)|。/.test(text)) return true;
  if (isBadge(text) && !isHeading(piece)) return true;
  if (known) return false;
  if (!titled && !opensRow(piece) && (isFragment(text) || isLooseWord(piece)))
    return true;
  if (!titled && !piece.bold && isPageWord(text)) return true;
  return /\/$|^\p{Sc}|^\+$/u.test(text);
}

/** "s.r.o.", "Sp. z o.o.": of its form, a company says it in letters. */
const ABBREVIATED = /[\s.](?:\p{L}\.\s?){2,4}$/u;

/** Asks, or asks to act. */
function isAct(piece: Piece, known: boolean): boolean {
  const { text } = piece;
  if (/[.!?:;]$/.test(text) && !ABBREVIATED.test(text) && !isHeading(piece))
    return true;
  if (/\?$/.test(text)) return true;
  if (piece.role === 'button' && !isOneOfMany(piece)) return true;
  if (!looksLikeCta(text)) return false;
  return (
    piece.role === 'a' || (!known && !isHeading(piece) && text.includes(' '))
  );
}

/** "20 GB" in bold or as a heading is what a contract for a telephone is called. */
const VOLUME = /^\d{1,4}\s?(?:GB|TB|Mbps)$/;
const QUANTITY = /^[\d\s.,+%]+(?:gb|tb|mb|users?|seats?|%|k)?$/i;

function isNameLike(piece: Piece): boolean {
  const { text } = piece;
  const known = isKnownPlanName(text);
  const verdict = byText(piece, known);
  if (verdict !== undefined) return verdict;
  const titled =
    isHeading(piece) || /^(?:th|dt|summary|legend)$/.test(piece.role);
  if (isNoName(piece, known, titled) || isAct(piece, known)) return false;
  return !QUANTITY.test(text) || ((titled || piece.bold) && VOLUME.test(text));
}
