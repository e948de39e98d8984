import { createHash } from 'node:crypto';
import type { Fact } from '@agentworkloads/api';
import type { PageBundle } from './page/page-bundle';
import type { Claim } from './claims/claim';

const MAX_QUOTE = 2000;
const MAX_SUBJECT = 300;
const MAX_SELECTOR = 1000;

/** The saved file that a fact points into. */
export function sourceOf(
  bundle: Pick<PageBundle, 'text' | 'html'>,
  source: Fact['source'],
): string {
  return source === 'text' ? bundle.text : bundle.html;
}

/** What is said with its proof: a fact, or one side of a change. */
export type Quoted = Pick<
  Fact,
  'url' | 'source' | 'sourceSha256' | 'start' | 'end' | 'quote'
>;

/** True when the quote stands verbatim at [start, end) of the file that the fact names, and the hash is that file's. */
export function isProven(
  fact: Quoted,
  bundle: Pick<PageBundle, 'page' | 'text' | 'html'>,
): boolean {
  const hash =
    fact.source === 'text' ? bundle.page.textSha256 : bundle.page.htmlSha256;
  return (
    fact.url === bundle.page.url &&
    fact.sourceSha256 === hash &&
    fact.end > fact.start &&
    fact.quote.length > 0 &&
    fact.quote.length <= MAX_QUOTE &&
    sourceOf(bundle, fact.source).slice(fact.start, fact.end) === fact.quote
  );
}

function hash(parts: readonly (string | number)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 24);
}

function cleanUnit(unit: Fact['unit']): Fact['unit'] {
  if (!unit) return undefined;
  const entries = Object.entries(unit).filter(([, value]) => value);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/**
 * Turns claims into facts and drops each that its page does not prove. Ids depend on what is said and where in the DOM it stands,
 * not on offsets, so that a banner above does not give every fact a new name.
 */
export function toFacts(claims: readonly Claim[], bundle: PageBundle): Fact[] {
  const { page } = bundle;
  const seen = new Map<string, number>();
  const facts: Fact[] = [];
  for (const claim of claims) {
    const selector = claim.selector.slice(0, MAX_SELECTOR);
    const subject = claim.subject
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, MAX_SUBJECT);
    const key = hash([claim.kind, page.url, subject, claim.value, selector]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const unit = cleanUnit(claim.unit);
    const fact: Fact = {
      id: nth === 0 ? key : hash([key, nth]),
      kind: claim.kind,
      subject,
      value: claim.value,
      ...(unit ? { unit } : {}),
      url: page.url,
      source: claim.source,
      sourceSha256:
        (claim.source === 'text' ? page.textSha256 : page.htmlSha256) ?? '',
      start: claim.start,
      end: claim.end,
      quote: sourceOf(bundle, claim.source).slice(claim.start, claim.end),
      selector,
      ...(claim.box ? { box: claim.box } : {}),
      confidence: claim.confidence,
    };
    if (isProven(fact, bundle)) facts.push(fact);
  }
  return facts;
}
