import type { Fact } from '@agentic/api';
import { createCurrencyReader } from './currency';
import { toFacts, type Claim } from './evidence';
import { usesCommaDecimal } from './numbers';
import { findOffers, type Offer } from './offers';
import {
  buildOutline,
  closest,
  type Outline,
  type OutlineNode,
} from './outline';
import {
  claimCallsToAction,
  claimContacts,
  claimFeatureTiles,
  claimHeadlines,
  claimProse,
  claimTrials,
} from './page-claims';
import type { PageBundle } from './page-bundle';
import { buildPieces } from './pieces';
import { claimPlanDetails } from './plan-details';
import { claimPrices } from './price-facts';
import { findPriceMentions } from './price-mentions';
import { siteName } from './site';
import { claimStructuredPrices } from './structured-prices';

const H1 = new Set(['h1']);
const MAX_FACTS = 1000;

const JOBS =
  /^(?:[^a-z]*(?:our |open |current |we[’']re )?(?:careers?|jobs?|vacanc(?:y|ies)|hiring|job openings|open (?:roles|positions)|salar(?:y|ies)|work (?:with|for) us|join (?:us|our team)|karriere|stellen\p{L}*|emplois?))(?!\p{L})(?!.*\b(?:pric|plan|post a))/iu;

/** What a page of vacancies writes amounts of is what people are paid. */
function isAboutJobs(bundle: PageBundle, outline: Outline): boolean {
  const heading = outline.runs.find(run => closest(run.node, H1));
  return JOBS.test(heading?.text ?? bundle.page.title ?? '');
}

function cardsByNode(offers: readonly Offer[]): Map<OutlineNode, string> {
  const cards = new Map<OutlineNode, string>();
  for (const { card, column, name } of offers)
    if (card && !column && !cards.has(card)) cards.set(card, name.text);
  return cards;
}

/**
 * Everything that the page says and a visitor sees, each with its proof. Pure: the same bundle gives the same facts in the same
 * order. A page that was not observed has none.
 */
export function extractFacts(bundle: PageBundle): Fact[] {
  if (bundle.page.reason) return [];
  const site = siteName(bundle);
  const outline = buildOutline(bundle.text, bundle.layout, bundle.html);
  const mentions = isAboutJobs(bundle, outline)
    ? []
    : findPriceMentions(outline, {
        currency: createCurrencyReader(bundle),
        commaDecimal: usesCommaDecimal(bundle.page.lang),
      });
  const pieces = buildPieces(outline, mentions);
  const offers = findOffers(outline, mentions, pieces);
  const cards = cardsByNode(offers);
  const inSight: Claim[] = [
    ...claimPrices(outline, offers, pieces),
    ...claimProse(mentions, outline, site, offers.length > 0),
  ];
  const priced = inSight.some(claim => claim.kind === 'price');
  const claims: Claim[] = [
    ...inSight,
    ...(priced ? [] : claimStructuredPrices(bundle)),
    ...claimPlanDetails(outline, offers, pieces),
    ...claimHeadlines(pieces, site, offers),
    ...claimFeatureTiles(pieces, site, cards),
    ...claimCallsToAction(pieces, site, cards),
    ...claimTrials(outline, site),
    ...claimContacts(outline, site),
  ];
  return toFacts(claims.slice(0, MAX_FACTS), bundle);
}
