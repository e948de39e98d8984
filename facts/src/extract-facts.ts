import type { Fact } from '@agentworkloads/api';
import { createCurrencyReader, type CurrencyReader } from './money/currency';
import { toFacts } from './evidence';
import { usesCommaDecimal } from './money/numbers';
import { findOffers, type Offer } from './offers/offers';
import { buildOutline, type Outline, type OutlineNode } from './page/outline';
import {
  claimCallsToAction,
  claimContacts,
  claimFeatureTiles,
  claimHeadlines,
  claimProse,
  claimTrials,
} from './claims/page-claims';
import type { PageBundle } from './page/page-bundle';
import {
  pageLanguage,
  wordLanguages,
  type PageLanguage,
} from './page/page-language';
import { pageRole, type PageRole } from './page/page-role';
import { buildPieces } from './offers/pieces';
import { claimPlanDetails } from './claims/plan-details';
import { claimPrices } from './claims/price-facts';
import { findPeriodChoices } from './offers/period-choices';
import { findPriceMentions } from './money/price-mentions';
import { openLedger, type Candidate, type Ledger } from './money/refusals';
import { markRivals } from './offers/rivals';
import { siteName, hostCountry } from './page/site';
import { claimStructuredPrices } from './claims/structured-prices';
import type { Claim } from './claims/claim';
import { asksForMoney } from './offers/asks-for-money';
import type { PriceMention } from './money/mention';

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
  ledger: Ledger,
): Offer[] {
  const kept = role === 'story' ? onlySets(offers) : [...offers];
  if (asks && kept.length > 0) return kept;
  for (const { prices } of offers)
    for (const price of prices)
      ledger.refuse(price, asks ? 'storyPage' : 'asksForNothing');
  return [];
}

function cardsByNode(offers: readonly Offer[]): Map<OutlineNode, string> {
  const cards = new Map<OutlineNode, string>();
  for (const { card, column, name } of offers)
    if (card && !column && !cards.has(card)) cards.set(card, name.text);
  return cards;
}

/** What is read of a page, with what became of every amount of money on it. */
export interface Explained {
  facts: Fact[];
  /** In the order of the text. */
  candidates: Candidate[];
  company: string;
  /** Of the text, ISO 639; undefined where it can't be told. */
  language: string | undefined;
}

/** Whether the language of the text writes a decimal comma, in the region of the page: its own, its host's, its money's. */
function commaDecimalOf(
  { page }: PageBundle,
  { language, region }: PageLanguage,
  { dollarCountry }: CurrencyReader,
): boolean | undefined {
  if (!language) return undefined;
  const place =
    region ?? hostCountry(page.finalUrl ?? page.url) ?? dollarCountry;
  return usesCommaDecimal(place ? `${language}-${place}` : language);
}

function readMentions(
  bundle: PageBundle,
  outline: Outline,
  role: PageRole,
  language: PageLanguage,
  ledger: Ledger,
): PriceMention[] {
  const currency = createCurrencyReader(bundle, language);
  const mentions = findPriceMentions(outline, {
    currency,
    commaDecimal: commaDecimalOf(bundle, language, currency),
    languages: wordLanguages([language.language, bundle.page.lang]),
    ledger,
  });
  if (role !== 'jobs') return markRivals(bundle, outline, mentions);
  for (const mention of mentions) ledger.refuse(mention, 'vacancyPage');
  return [];
}

/** What is left over: amounts that no rule refused and no fact tells. */
function candidatesOf(
  mentions: readonly PriceMention[],
  facts: readonly Fact[],
  ledger: Ledger,
): Candidate[] {
  const told = new Map(
    facts
      .filter(fact => fact.kind === 'price' && fact.source === 'text')
      .map(fact => [fact.start, fact.id]),
  );
  for (const mention of mentions)
    if (!told.has(mention.start))
      ledger.refuse(mention, mention.added ? 'addOn' : 'sentence');
  const kept = mentions
    .filter(({ start }) => told.has(start))
    .map(({ start, end, value, currency }) => ({
      start,
      end,
      value,
      currency,
      factId: told.get(start),
    }));
  return [
    ...ledger.refused.filter(({ start }) => !told.has(start)),
    ...kept,
  ].sort((a, b) => a.start - b.start);
}

/** As {@link extractFacts}, and why each amount that is no fact is none. */
export function explainFacts(bundle: PageBundle): Explained {
  const site = siteName(bundle);
  if (bundle.page.reason)
    return { facts: [], candidates: [], company: site, language: undefined };
  const outline = buildOutline(bundle.text, bundle.layout, bundle.html);
  const role = pageRole(bundle, outline);
  const ledger = openLedger();
  const language = pageLanguage(bundle, outline);
  const mentions = readMentions(bundle, outline, role, language, ledger);
  const built = buildPieces(outline, mentions);
  const choices = findPeriodChoices(built, mentions);
  const pieces = built.map(piece =>
    choices.has(piece) ? { ...piece, nameLike: true } : piece,
  );
  const found = findOffers(outline, mentions, pieces, ledger);
  const asks = asksForMoney(language.language, outline, found);
  const offers = believed(found, role, asks, ledger);
  const cards = cardsByNode(offers);
  const inSight: Claim[] = [
    ...claimPrices(outline, offers, pieces, ledger),
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
    ...claimPlanDetails(outline, offers, pieces, mentions, ledger.refused),
    ...claimHeadlines(pieces, site, offers),
    ...claimFeatureTiles(pieces, site, cards),
    ...claimCallsToAction(pieces, site, cards),
    ...claimTrials(outline, site),
    ...claimContacts(outline, site),
  ];
  for (const { kind, start, end, value } of claims.slice(MAX_FACTS))
    if (kind === 'price' && typeof value === 'number')
      ledger.refuse({ start, end, value }, 'tooMany');
  const facts = toFacts(claims.slice(0, MAX_FACTS), bundle);
  return {
    facts,
    candidates: candidatesOf(mentions, facts, ledger),
    company: site,
    language: language.language,
  };
}

/**
 * Everything that the page says and a visitor sees, each with its proof. Pure: the same bundle gives the same facts in the same
 * order. A page that was not observed has none.
 */
export function extractFacts(bundle: PageBundle): Fact[] {
  return explainFacts(bundle).facts;
}
