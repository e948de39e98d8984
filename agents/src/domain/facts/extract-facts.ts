import type { Fact } from '@agentic/api';
import { createCurrencyReader } from './currency';
import { toFacts, type Claim } from './evidence';
import { usesCommaDecimal } from './numbers';
import { findOffers } from './offers';
import { buildOutline } from './outline';
import type { PageBundle } from './page-bundle';
import { buildPieces } from './pieces';
import { claimPrices } from './price-facts';
import { findPriceMentions } from './price-mentions';

/**
 * Everything that the page says and a visitor sees, each with its proof. Pure: the same bundle gives the same facts in the same
 * order. A page that was not observed has none.
 */
export function extractFacts(bundle: PageBundle): Fact[] {
  if (bundle.page.reason) return [];
  const outline = buildOutline(bundle.text, bundle.layout, bundle.html);
  const mentions = findPriceMentions(outline, {
    currency: createCurrencyReader(bundle),
    commaDecimal: usesCommaDecimal(bundle.page.lang),
  });
  const pieces = buildPieces(outline, mentions);
  const offers = findOffers(outline, mentions, pieces);
  const claims: Claim[] = [...claimPrices(outline, offers, pieces)];
  return toFacts(claims, bundle);
}
