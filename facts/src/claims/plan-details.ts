import {
  isGenericLabel,
  isKnownPlanName,
  looksLikeCta,
} from '../offers/lexicon';
import type { Offer } from '../offers/offers';
import {
  closest,
  horizontalOverlap,
  type Outline,
  type OutlineNode,
} from '../page/outline';
import { isAddOn, type Piece } from '../offers/pieces';
import type { Candidate, Refusal } from '../money/refusals';
import { ROWS, TABLES } from '../page/table-columns';
import { parseTerms } from '../money/terms';
import { STATUS_WORDS } from '../vocabulary/status-words';
import { lexiconOf, lowerCase } from '../vocabulary/words';
import { claimBox, type Claim } from './claim';
import type { PriceMention } from '../money/mention';
import { CELLS } from '../page/table-columns';

/** Features and limits of plans: lines of their cards, and rows of comparison tables. */

const LIMIT =
  /^(?:up to |max(?:imum|\.)? |bis zu |jusqu.à |hasta )?(?:\d[\d.,']{0,14}(?: \d{3})*\s?(?:[kKmMbB](?![\p{L}])|million|billion|gb|tb|mb)?|unlimited|unbegrenzt\p{L}*|illimité\p{L}*|ilimitad\p{L}*)\s+\p{L}/iu;
const QUANTITY = /^(?:up to )?(?:\d|unlimited)/i;
const YES = /^(?:✓|✔|✅|yes|included|ja|oui|sí|si|•|●)$/i;
const NO = /^(?:✗|✘|×|❌|no|not included|–|—|-|−|nein|non)$/i;
/** Drawn before what a plan has. */
const TICK = /^[✓✔✅☑•●·]\ufe0f?\s*(?=\S)/u;
const MAX_LINES = 40;
const MAX_EXTRA = 160;
const HEADING = /^h[1-6]$/;
const MAX_CARD_RUNS = 120;
const MAX_TABLE_CLAIMS = 300;
const HEADS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'a', 'button']);
/** A call to act that stands in a list, though features may start with the same verbs. */
const INVITES =
  /^(?:start (?:for free|free|now|your).{0,20}|get started.{0,12}|buy now|sign up.{0,12}|contact (?:us|sales)|try (?:it )?(?:for )?free|choose (?!from|your|any|between)\S+(?: plan)?)$/i;
const LISTS = new Set(['li', 'dd']);
const STATUS = lexiconOf(STATUS_WORDS);

/** "Your cart is empty. Continue shopping". */
const isStatus = (text: string) =>
  STATUS.longestAt(lowerCase(text.trim()), 0) !== undefined;

/** A line that shows one of these speaks of what a buyer pays, and is nothing that a plan has. */
const ABOUT_PAYING: ReadonlySet<Refusal> = new Set([
  'cart',
  'emptySum',
  'estimate',
  'formerPrice',
  'instalment',
  'levy',
  'saving',
  'security',
]);

function claimOf(kind: 'feature' | 'limit', plan: string, piece: Piece): Claim {
  return {
    kind,
    subject: plan,
    value: piece.text.replace(TICK, ''),
    source: 'text',
    start: piece.start,
    end: piece.end,
    selector: piece.first.selector,
    box: piece.box,
    confidence: closest(piece.node, LISTS) ? 0.9 : 0.75,
  };
}

/** Questions, loose words of a sentence, what a shop says of a visitor's cart, and what a plan does not have are no features of it. */
export function isQuestionOrNothing(text: string): boolean {
  return (
    isStatus(text) ||
    /[?？؟;]\s*$/u.test(text) ||
    /^(?:then|and|or|plus|dann|und|oder|puis|et|ou|luego|y|poi|e|depois|dan|en|sedan|så|og|potem|i|pak|потом|и|затем|потім|і)$/iu.test(
      text,
    ) ||
    /^[✗✘×❌✕✖🚫]/u.test(text)
  );
}

function isDetail(piece: Piece, offer: Offer): boolean {
  const { text } = piece;
  if (piece === offer.name || text.length < 3 || text.length > 160)
    return false;
  if (HEADS.has(piece.role) || !/\p{L}/u.test(text)) return false;
  if (isQuestionOrNothing(text)) return false;
  if (piece.start < offer.name.start && !closest(piece.node, LISTS))
    return false;
  const marks = [offer.free, offer.onRequest];
  if (marks.some(mark => mark?.start === piece.start)) return false;
  if (INVITES.test(text) || (piece.first.href && looksLikeCta(text)))
    return false;
  if (closest(piece.node, LISTS))
    return !/^(?:features|included|benefits):?$/i.test(text);
  if (isGenericLabel(text) || looksLikeCta(text)) return false;
  return parseTerms(text).used < text.length * 0.6;
}

function addOnClaim(subject: string, piece: Piece): Claim {
  return { ...claimOf('limit', subject, piece), confidence: 0.9 };
}

/** "250 GB included, then $0.09 per GB": the whole line, for the amount alone says too little. */
function extraClaims(outline: Outline, offer: Offer): Claim[] {
  return offer.extras.flatMap(({ node, run }) => {
    const line = closest(node, LISTS) ?? node;
    const [first, last] = [outline.runs[line.first], outline.runs[line.last]];
    const text = outline.text.slice(first.start, last.end).replace(/\s+/g, ' ');
    if (text.length > MAX_EXTRA) return [];
    return [
      {
        kind: 'limit' as const,
        subject: offer.name.text,
        value: text,
        source: 'text' as const,
        start: first.start,
        end: last.end,
        selector: run.selector,
        box: claimBox(outline, first.start, last.end),
        confidence: 0.9,
      },
    ];
  });
}

function cardDetails(
  offer: Offer,
  piecesIn: (node: OutlineNode) => readonly Piece[],
  mentions: readonly PriceMention[],
  paying: readonly Candidate[],
): Claim[] {
  const { card } = offer;
  if (!card || offer.column || card.last - card.first > MAX_CARD_RUNS)
    return [];
  const inside = piecesIn(card);
  const added = inside.filter(piece => isAddOn(piece, mentions));
  const told = offer.extras.map(({ node }) => closest(node, LISTS) ?? node);
  const details = inside.filter(
    piece =>
      isDetail(piece, offer) &&
      !added.includes(piece) &&
      !paying.some(
        amount => amount.start < piece.end && amount.end > piece.start,
      ) &&
      !told.some(
        line =>
          piece.first.index >= line.first && piece.last.index <= line.last,
      ),
  );
  const listed = details.filter(piece => closest(piece.node, LISTS));
  const lines =
    listed.length > 0 ? listed : details.filter(piece => piece.role !== 'p');
  return [
    ...added.map(piece => addOnClaim(offer.name.text, piece)),
    ...lines
      .slice(0, MAX_LINES)
      .map(piece =>
        claimOf(
          LIMIT.test(piece.text.replace(TICK, '')) ? 'limit' : 'feature',
          offer.name.text,
          piece,
        ),
      ),
  ];
}

/** Add-ons that stand in no plan's card are of the heading over them: "Priority support", "+$120/mo". */
function looseAddOns(
  offers: readonly Offer[],
  pieces: readonly Piece[],
  mentions: readonly PriceMention[],
): Claim[] {
  let heading: Piece | undefined;
  const claims: Claim[] = [];
  for (const piece of pieces) {
    if (HEADING.test(piece.role)) heading = piece;
    if (!isAddOn(piece, mentions)) continue;
    const inCard = offers.some(
      ({ card, column }) =>
        card &&
        !column &&
        piece.first.index >= card.first &&
        piece.last.index <= card.last,
    );
    if (inCard || !heading?.nameLike || heading.role === 'h1') continue;
    if (piece.start - heading.end < 200)
      claims.push(addOnClaim(heading.text, piece));
  }
  return claims;
}

interface TableRow {
  head: Piece;
  cells: Piece[];
}

function rowsOf(table: OutlineNode, pieces: readonly Piece[]): TableRow[] {
  const rows: TableRow[] = [];
  let row: OutlineNode | undefined;
  for (const piece of pieces) {
    const own = closest(piece.node, ROWS);
    if (!own || own.depth <= table.depth) continue;
    if (own !== row) {
      row = own;
      rows.push({ head: piece, cells: [] });
    } else rows[rows.length - 1].cells.push(piece);
  }
  return rows;
}

const cellOf = ({ node }: Piece) => closest(node, CELLS);

/** The cells of a row that say something, without the one that says what the row is about. */
function cellsBeside(head: Piece): OutlineNode[] {
  const row = closest(head.node, ROWS);
  const own = cellOf(head);
  return (row?.children ?? []).filter(
    child => CELLS.has(child.tag) && child !== own,
  );
}

function tableClaims(
  outline: Outline,
  table: OutlineNode,
  pieces: readonly Piece[],
  plans: ReadonlySet<string>,
): Claim[] {
  const [first, ...rest] = rowsOf(table, pieces);
  if (!first) return [];
  const heads = [first.head, ...first.cells].filter(
    piece => plans.has(piece.text.toLowerCase()) || isKnownPlanName(piece.text),
  );
  if (heads.length < 2) return [];
  const claims: Claim[] = [];
  for (const { head, cells } of rest) {
    if (heads.some(plan => horizontalOverlap(plan.box, head.box) > 0.6))
      continue;
    const beside = cellsBeside(head);
    for (const cell of cells) {
      // A mark at the left of its cell is not under a name in the middle of its own: their order says more, where none is missing.
      const plan =
        beside.length === heads.length
          ? heads[beside.indexOf(cellOf(cell)!)]
          : heads.find(each => horizontalOverlap(each.box, cell.box) > 0.3);
      if (!plan || NO.test(cell.text) || cell.text.length > 80) continue;
      const yes = YES.test(cell.text);
      if (isGenericLabel(head.text) && !yes) continue;
      claims.push({
        kind: !yes && QUANTITY.test(cell.text) ? 'limit' : 'feature',
        subject: plan.text,
        value: yes ? head.text : `${head.text}: ${cell.text}`,
        source: 'text',
        start: head.start,
        end: cell.end,
        selector: cell.first.selector,
        box: claimBox(outline, cell.start, cell.end),
        confidence: 0.85,
      });
    }
  }
  return claims;
}

function findTables(pieces: readonly Piece[]): Map<OutlineNode, Piece[]> {
  const tables = new Map<OutlineNode, Piece[]>();
  for (const piece of pieces) {
    const table = closest(piece.node, TABLES);
    if (!table) continue;
    const known = tables.get(table);
    if (known) known.push(piece);
    else tables.set(table, [piece]);
  }
  return tables;
}

export function claimPlanDetails(
  outline: Outline,
  offers: readonly Offer[],
  pieces: readonly Piece[],
  all: readonly PriceMention[],
  refused: readonly Candidate[],
): Claim[] {
  const mentions = all.filter(mention => mention.added);
  const paying = refused.filter(
    amount => amount.refused && ABOUT_PAYING.has(amount.refused),
  );
  const piecesIn = (node: OutlineNode) =>
    pieces.filter(
      piece => piece.first.index >= node.first && piece.last.index <= node.last,
    );
  const plans = new Set(offers.map(offer => offer.name.text.toLowerCase()));
  const claims = offers
    .slice(0, 60)
    .flatMap(offer => [
      ...extraClaims(outline, offer),
      ...cardDetails(offer, piecesIn, mentions, paying),
    ]);
  claims.push(...looseAddOns(offers, pieces, mentions));
  if (offers.length === 0 && pieces.length === 0) return claims;
  for (const [table, inside] of findTables(pieces))
    claims.push(...tableClaims(outline, table, inside, plans));
  return claims.slice(0, MAX_TABLE_CLAIMS);
}
