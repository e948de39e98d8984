import type { Box } from '@agentworkloads/api';
import {
  horizontalOverlap,
  verticalOverlap,
  type OutlineNode,
  type Run,
} from '../page/outline';
import { isKnownPlanName, looksLikeCta } from './lexicon';
import { isHeading, type Piece } from './pieces';

/** What a name is looked for: an amount, "Free", or "Contact us" at its place. */
export interface Placed {
  start: number;
  value: number;
  run: Run;
  box: Box;
}

/** What a name is judged against: the other prices of its container, and the cards beside it. */
export interface NamingScene {
  mentions: readonly Placed[];
  /** Share of sibling cards with another text at the same place, and with the same text, 0 to 1. */
  likeness(piece: Piece): { differs: number; same: number };
  medianFontSize: number;
  /** First run of the container. */
  first: number;
  /** Starts of headings, where no card says which of them belongs to the price. */
  headings: readonly number[];
  /** True where no set of like cards backs a plain line up: then a name should look like one. */
  alone: boolean;
  /** True where names and prices stand by turns, whatever stands over them: the line before is the name. */
  alternates?: boolean;
}

const ROLE_SCORE: Readonly<Record<string, number>> = {
  th: 4,
  dt: 4,
  summary: 4,
  legend: 4,
  caption: 2,
  label: 2,
  li: -3,
  dd: -2,
  a: 0,
  blockquote: -6,
  nav: -6,
};

/** A line over the name: "Tier 1". */
const NUMBERED = /^(?:tier|step|option|level|stage|no\.?) ?#?\d{1,2}$/i;

/** "50,000 emails" says how much, not what; "12 months" may be what one buys. */
const QUANTITY = /^\d[\d.,]*[kKmM]?\+? (?!(?:month|year|week|day)s?\b)\p{Ll}/u;

function shapeScore(piece: Piece): number {
  const words = piece.text.split(/\s+/).length;
  let score = isHeading(piece) ? 5 : ROLE_SCORE[piece.role] ?? 0;
  if (piece.role === 'h1' || piece.role === 'h2') score -= 0.5;
  if (piece.bold) score += 1.5;
  if (isKnownPlanName(piece.text)) score += 2.5;
  if (words <= 3) score += 1;
  if (words > 5) score -= 2;
  if (/[.!?…。।]$/.test(piece.text)) score -= 3;
  if (/^\p{Ll}/u.test(piece.text) && !isHeading(piece)) score -= 2;
  if (/^\d/.test(piece.text)) score -= 2;
  if (NUMBERED.test(piece.text) && !isHeading(piece)) score -= 2.5;
  if (QUANTITY.test(piece.text) && !isHeading(piece)) score -= 3;
  if (looksLikeCta(piece.text) && !isKnownPlanName(piece.text)) score -= 3;
  return score;
}

function placeScore(piece: Piece, mention: Placed, scene: NamingScene): number {
  const before = piece.start < mention.start;
  const [from, to] = before
    ? [piece.last.index, mention.run.index]
    : [mention.run.index, piece.first.index];
  let score = before ? 2 : 0;
  score -= Math.min(5, Math.max(0, to - from - 1) / 5);
  const between = scene.mentions.some(
    other =>
      other !== mention &&
      other.value !== mention.value &&
      (before
        ? other.start > piece.start && other.start < mention.start
        : other.start < piece.start && other.start > mention.start),
  );
  if (between) score -= 3;
  if (
    before &&
    scene.headings.some(at => at > piece.start && at < mention.start)
  )
    score -= 4;
  if (piece.first.index === scene.first) score += 1.5;
  const above = piece.box.y <= mention.box.y + mention.box.height;
  if (!above) score -= 2;
  return score;
}

/** How well `piece` names what `mention` buys. Below 0: not at all. */
export function nameScore(
  piece: Piece,
  mention: Placed,
  scene: NamingScene,
): number {
  const ratio = piece.fontSize / Math.max(1, scene.medianFontSize);
  const { differs, same } = scene.likeness(piece);
  const plain =
    scene.alone &&
    !piece.bold &&
    ratio < 1.15 &&
    !isHeading(piece) &&
    !(piece.role in ROLE_SCORE) &&
    piece.first !== mention.run;
  return (
    (plain ? -4 : 0) +
    shapeScore(piece) +
    placeScore(piece, mention, scene) +
    Math.max(-1, Math.min(3, (ratio - 1) * 4)) +
    3 * differs -
    4 * same
  );
}

/** The best name for `mention` among `pieces`, or undefined when none will do. */
export function chooseName(
  pieces: readonly Piece[],
  mention: Placed,
  scene: NamingScene,
): Piece | undefined {
  let best: Piece | undefined;
  let bestScore = 0.5;
  for (const piece of pieces) {
    if (!piece.nameLike) continue;
    const score = nameScore(piece, mention, scene);
    if (score > bestScore) {
      best = piece;
      bestScore = score;
    }
  }
  return best;
}

function alignedAbove(pieces: readonly Piece[], mention: Placed): Piece[] {
  return pieces.filter(
    piece =>
      piece.box.y + piece.box.height <= mention.box.y + 4 &&
      horizontalOverlap(piece.box, mention.box) > 0.35 &&
      piece.nameLike,
  );
}

/**
 * Names for prices that stand side by side under a row of heads: a table with a column for each plan, or a grid that is filled row
 * by row. Undefined when the heads are not one for each, in one row.
 */
export function columnNames(
  pieces: readonly Piece[],
  row: readonly Placed[],
): ReadonlyMap<Placed, Piece> | undefined {
  if (row.length < 2) return undefined;
  const columns = row.map(mention => alignedAbove(pieces, mention));
  const [first, ...rest] = columns;
  for (const head of first) {
    const heads = [
      head,
      ...rest.map(column =>
        column.find(
          piece =>
            verticalOverlap(piece.box, head.box) > 0.5 &&
            piece.text !== head.text &&
            Math.abs(piece.fontSize - head.fontSize) < 2,
        ),
      ),
    ];
    const found = heads.filter((piece): piece is Piece => piece !== undefined);
    const distinct = new Set(found.map(piece => piece.text));
    if (found.length === row.length && distinct.size === row.length)
      return new Map(row.map((mention, index) => [mention, found[index]]));
  }
  return undefined;
}

/** Prices that stand in the same visual row as `mention`, itself included, left to right. */
export function rowOf(mention: Placed, others: readonly Placed[]): Placed[] {
  return others
    .filter(
      other =>
        other === mention ||
        (verticalOverlap(other.box, mention.box) > 0.5 &&
          horizontalOverlap(other.box, mention.box) === 0),
    )
    .sort((a, b) => a.box.x - b.box.x);
}

export function relativePath(node: OutlineNode, top: OutlineNode): string {
  const keys: string[] = [];
  for (let at = node; at !== top && at.parent; at = at.parent)
    keys.push(at.key);
  return keys.reverse().join('>');
}
