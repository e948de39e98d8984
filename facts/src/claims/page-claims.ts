import { isCallToAction } from '../offers/lexicon';
import type { Offer } from '../offers/offers';
import {
  ancestors,
  closest,
  runAt,
  type Outline,
  type OutlineNode,
} from '../page/outline';
import type { Piece } from '../offers/pieces';
import { isQuestionOrNothing } from './plan-details';
import { nameInSentence } from '../money/sentences-of-prices';
import { claimBox, type Claim } from './claim';
import type { PriceMention } from '../money/mention';

/** What a page says beside plans and prices. Each function has a bound on how much it claims. */

const CHROME = new Set(['nav', 'footer']);
const QUOTED = new Set(['blockquote', 'q', 'cite', 'form']);
const MAX_SECOND_HEADLINES = 6;
const MAX_CTAS = 20;
const MAX_TILES = 30;
const MAX_TRIALS = 8;
const MAX_CONTACTS = 10;
const TRIAL =
  /\b\d{1,3}[- ]?(?:days?|weeks?|months?)[- ](?:free[- ])?trial\b|\b(?:try|test)\b.{0,30}?\bfree for \d{1,3} (?:days?|weeks?|months?)\b|\bfree for \d{1,3} (?:days?|weeks?|months?)\b|\b\d{1,3}[- ]days? free\b|\bfree \d{1,3}[- ](?:day|week|month)s? trial\b|\b\d{1,3} Tage (?:lang )?(?:kostenlos|gratis)(?: testen)?|\bfree trial\b|\bessai gratuit(?: de \d{1,3} jours)?|\bprueba gratuita(?: de \d{1,3} días)?|\bkostenlos(?:e[rn]?)? test\p{L}*/giu;
const PHONE = /\+\d[\d ().-]{7,18}\d/g;

function textClaim(
  kind: Claim['kind'],
  subject: string,
  piece: Piece,
  confidence: number,
): Claim {
  return {
    kind,
    subject,
    value: piece.text.slice(0, 300),
    source: 'text',
    start: piece.start,
    end: piece.end,
    selector: piece.first.selector,
    box: piece.box,
    confidence,
  };
}

function isBody(piece: Piece): boolean {
  return !closest(piece.node, CHROME) && !closest(piece.node, QUOTED);
}

export function claimHeadlines(
  pieces: readonly Piece[],
  site: string,
  offers: readonly Offer[],
): Claim[] {
  const names = new Set(offers.map(offer => offer.name));
  const body = pieces.filter(piece => isBody(piece) && !names.has(piece));
  const first = body.filter(piece => piece.role === 'h1').slice(0, 3);
  const second = body
    .filter(piece => piece.role === 'h2' && piece.text.length > 3)
    .slice(0, MAX_SECOND_HEADLINES);
  const top = body
    .filter(piece => piece.box.y < 1000 && piece.text.split(' ').length > 1)
    .sort((a, b) => b.fontSize - a.fontSize)[0];
  const main = first.length > 0 || !top || top.fontSize < 22 ? first : [top];
  const extra = second.filter(piece => !main.includes(piece));
  return [
    ...main.map(piece => textClaim('headline', site, piece, 0.95)),
    ...extra.map(piece => textClaim('headline', site, piece, 0.7)),
  ].filter(claim => String(claim.value).length > 1);
}

function planOf(
  piece: Piece,
  cards: ReadonlyMap<OutlineNode, string>,
): string | undefined {
  for (const node of ancestors(piece.node)) {
    const plan = cards.get(node);
    if (plan !== undefined) return plan;
  }
  return undefined;
}

export function claimCallsToAction(
  pieces: readonly Piece[],
  site: string,
  cards: ReadonlyMap<OutlineNode, string>,
): Claim[] {
  const seen = new Set<string>();
  const claims: Claim[] = [];
  for (const piece of pieces) {
    const linked =
      piece.role === 'a' || piece.role === 'button' || piece.first.href;
    if (!linked || closest(piece.node, CHROME) || !isCallToAction(piece.text))
      continue;
    const subject = planOf(piece, cards) ?? site;
    const key = `${subject}|${piece.text.toLowerCase()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    claims.push(textClaim('cta', subject, piece, 0.85));
    if (claims.length >= MAX_CTAS) break;
  }
  return claims;
}

function hasBody(tile: OutlineNode, heading: Piece): boolean {
  return heading.last.index < tile.last;
}

/** Headings of at least three like boxes side by side, each with a text under it: what the site says that it does. */
export function claimFeatureTiles(
  pieces: readonly Piece[],
  site: string,
  cards: ReadonlyMap<OutlineNode, string>,
): Claim[] {
  const sets = new Map<OutlineNode, Map<OutlineNode, Piece>>();
  for (const piece of pieces) {
    if (!/^h[3-5]$/.test(piece.role) || !isBody(piece)) continue;
    if (isQuestionOrNothing(piece.text)) continue;
    if (planOf(piece, cards) !== undefined || piece.text.length > 80) continue;
    const heading = closest(piece.node, new Set([piece.role]));
    const tile = heading?.parent;
    const set = tile?.parent;
    if (!tile || !set || !hasBody(tile, piece)) continue;
    const known = sets.get(set) ?? new Map<OutlineNode, Piece>();
    if (!known.has(tile)) known.set(tile, piece);
    sets.set(set, known);
  }
  return [...sets.values()]
    .filter(tiles => tiles.size >= 3)
    .flatMap(tiles => [...tiles.values()])
    .slice(0, MAX_TILES)
    .map(piece => textClaim('feature', site, piece, 0.6));
}

function matchClaim(
  outline: Outline,
  kind: Claim['kind'],
  subject: string,
  start: number,
  length: number,
): Claim | undefined {
  const run = runAt(outline, start);
  if (!run || run.struck || closest(run.node, QUOTED)) return undefined;
  return {
    kind,
    subject,
    value: outline.text.slice(start, start + length).replace(/\s+/g, ' '),
    source: 'text',
    start,
    end: start + length,
    selector: run.selector,
    box: claimBox(outline, start, start + length),
    confidence: 0.85,
  };
}

export function claimTrials(outline: Outline, site: string): Claim[] {
  const found = new Map<string, Claim>();
  for (const match of outline.flat.matchAll(TRIAL)) {
    const claim = matchClaim(
      outline,
      'trial',
      site,
      match.index,
      match[0].length,
    );
    const key = match[0].toLowerCase();
    if (claim && !found.has(key)) found.set(key, claim);
    if (found.size >= MAX_TRIALS) break;
  }
  const claims = [...found.values()];
  const dated = claims.filter(claim => /\d/.test(String(claim.value)));
  return dated.length > 0 ? dated : claims.slice(0, 1);
}

function emailAround(text: string, at: number): [number, number] | undefined {
  let start = at;
  while (start > 0 && at - start < 64 && /[\w.+-]/.test(text[start - 1]))
    start -= 1;
  let end = at + 1;
  while (end < text.length && end - at < 100 && /[\w.-]/.test(text[end]))
    end += 1;
  while (/[.-]/.test(text[end - 1])) end -= 1;
  const valid =
    start < at && /^[\w-]+(?:\.[\w-]+)+$/.test(text.slice(at + 1, end));
  return valid ? [start, end] : undefined;
}

export function claimContacts(outline: Outline, site: string): Claim[] {
  const { flat } = outline;
  const spans: [number, number][] = [];
  for (
    let at = flat.indexOf('@');
    at >= 0 && spans.length < MAX_CONTACTS;
    at = flat.indexOf('@', at + 1)
  ) {
    const span = emailAround(flat, at);
    if (span) spans.push(span);
  }
  for (const match of flat.matchAll(PHONE)) {
    if (spans.length >= MAX_CONTACTS) break;
    spans.push([match.index, match.index + match[0].length]);
  }
  const seen = new Set<string>();
  const claims: Claim[] = [];
  for (const [start, end] of spans) {
    const key = flat.slice(start, end).toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    const claim = matchClaim(outline, 'contact', site, start, end - start);
    if (claim) claims.push(claim);
  }
  return claims;
}

const STORY =
  /\b(?:costs? (?:us|me|them)|(?:we|i|they|he|she) (?:\w+ )?(?:spen[dt]|pa(?:y|id)|earn(?:ed)?|made|make|grew|saved?)|us|rent|salary|earns?|average|typically|usually|generally|commonly|household|customers?|competitors?|others)\b[^.!?]*$/i;

/** Told of what somebody paid or earned, not of what is asked here. */
function isStory(outline: Outline, start: number): boolean {
  const near = outline.flat.slice(Math.max(0, start - 90), start);
  return STORY.test(near.slice(near.lastIndexOf('\n') + 1));
}

const NAMED =
  /(?:^|[\s"“])((?:\p{Lu}[\p{L}\p{N}+-]{0,30} ){1,3})(?:(?:plan|tier|package|membership|edition|subscription|pass) )?(?:is|costs|(?:starts|begins) at|for)(?: just| only| from)? ?$/u;

/** "The Explorer plan is $12 a month": the name in the sentence. */
function namedBefore(outline: Outline, start: number): string | undefined {
  const before = outline.flat.slice(Math.max(0, start - 90), start);
  const told = nameInSentence(before);
  if (told) return told;
  const sentence = before.split(/[.!?\n]\s*/).pop() ?? '';
  const name = NAMED.exec(sentence)?.[1].trim();
  return (
    name?.replace(/^(?:The|Our|A|An|With|And|Its) ?/, '').trim() || undefined
  );
}

function sentencePlan(
  outline: Outline,
  name: string,
  mention: PriceMention,
): Claim {
  const start = outline.flat.lastIndexOf(name, mention.start);
  const end = start + name.length;
  return {
    kind: 'plan',
    subject: name,
    value: name,
    source: 'text',
    start,
    end,
    selector: (runAt(outline, start) ?? mention.run).selector,
    box: claimBox(outline, start, end),
    confidence: 0.5,
  };
}

/** A heading under the page's own, right over the sentence: what the sentence is about. */
function headingOf(
  pieces: readonly Piece[],
  start: number,
): string | undefined {
  let heading: Piece | undefined;
  for (const piece of pieces) {
    if (piece.start >= start) break;
    if (/^h[1-6]$/.test(piece.role)) heading = piece;
  }
  const names = heading && heading.nameLike && heading.role !== 'h1';
  return names && start - heading!.end < 300 ? heading!.text : undefined;
}

/** Amounts in sentences: what more than the plan's share costs, and, where no plan is in sight, what the page promises. */
export function claimProse(
  mentions: readonly PriceMention[],
  outline: Outline,
  site: string,
  pieces: readonly Piece[],
  hasOffers: boolean,
): Claim[] {
  const claims: Claim[] = [];
  for (const mention of mentions) {
    if (!mention.prose || mention.added) continue;
    const { start, end, terms } = mention;
    const box = claimBox(outline, start, end);
    const place = { source: 'text' as const, start, end, box };
    const { selector } = mention.run;
    if (/\d|extra|additional/.test(terms.per ?? ''))
      claims.push({
        kind: 'limit',
        subject: site,
        value: outline.text.slice(start, end).replace(/\s+/g, ' '),
        ...place,
        selector,
        confidence: 0.7,
      });
    else if (!hasOffers && terms.period && !isStory(outline, start)) {
      const name = namedBefore(outline, start);
      if (name) claims.push(sentencePlan(outline, name, mention));
      claims.push({
        kind: 'price',
        subject: name ?? headingOf(pieces, start) ?? site,
        value: mention.value,
        unit: { currency: mention.currency, ...terms },
        ...place,
        selector,
        confidence: 0.5,
      });
    }
  }
  return claims.slice(0, 20);
}
