import type { Fact } from '@agentic/api';
import { createCurrencyReader } from './currency';
import { toFacts, type Claim } from './evidence';
import { usesCommaDecimal } from './numbers';
import { findOffers, type Offer } from './offers';
import { buildOutline, type OutlineNode } from './outline';
import {
  claimCallsToAction,
  claimContacts,
  claimFeatureTiles,
  claimHeadlines,
  claimProse,
  claimTrials,
} from './page-claims';
import type { PageBundle } from './page-bundle';
import { asksForMoney, pageRole, type PageRole } from './page-role';
import { buildPieces } from './pieces';
import { claimPlanDetails } from './plan-details';
import { claimPrices } from './price-facts';
import { findPeriodChoices } from './period-choices';
import { findPriceMentions } from './price-mentions';
import { siteName } from './site';
import { claimStructuredPrices } from './structured-prices';

const MAX_FACTS = 1000;

/** Two offers or more with a period, side by side, are no talk of prices but prices. */
function onlySets(offers: readonly Offer[]): Offer[] {
  const firm = offers.filter(
    offer =>
      offer.set && offer.prices.some(price => price.terms.period !== undefined),
  );
  return firm.length > 1 ? [...offers] : [];
}

function believed(
  offers: readonly Offer[],
  role: PageRole,
  asks: boolean,
): Offer[] {
  if (!asks) return [];
  return role === 'story' ? onlySets(offers) : [...offers];
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
  const role = pageRole(bundle, outline);
  const mentions =
    role === 'jobs'
      ? []
      : findPriceMentions(outline, {
          currency: createCurrencyReader(bundle),
          commaDecimal: usesCommaDecimal(bundle.page.lang),
        });
  const built = buildPieces(outline, mentions);
  const choices = findPeriodChoices(built, mentions);
  const pieces = built.map(piece =>
    choices.has(piece) ? { ...piece, nameLike: true } : piece,
  );
  const found = findOffers(outline, mentions, pieces);
  const offers = believed(found, role, asksForMoney(bundle, outline, found));
  const cards = cardsByNode(offers);
  const inSight: Claim[] = [
    ...claimPrices(outline, offers, pieces),
    ...claimProse(
      mentions,
      outline,
      site,
      pieces,
      found.length > 0 || role === 'story',
    ),
  ];
  const priced = inSight.some(claim => claim.kind === 'price');
  const claims: Claim[] = [
    ...inSight,
    ...(priced ? [] : claimStructuredPrices(bundle)),
    ...claimPlanDetails(outline, offers, pieces, mentions),
    ...claimHeadlines(pieces, site, offers),
    ...claimFeatureTiles(pieces, site, cards),
    ...claimCallsToAction(pieces, site, cards),
    ...claimTrials(outline, site),
    ...claimContacts(outline, site),
  ];
  return toFacts(claims.slice(0, MAX_FACTS), bundle);
}
