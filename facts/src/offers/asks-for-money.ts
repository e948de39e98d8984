import { closest, type Outline } from '../page/outline';
import type { Offer } from './offers';
import { isHeading } from './pieces';
import { TABLES } from '../page/table-columns';

const CHROME = new Set(['nav', 'header', 'footer']);
const ASKING =
  /\b(?:pric(?:e|es|ing|ed)|plans?|buy|purchase|cart|basket|bag|orders?|shop|store|tickets?|fees?|rates?|costs?|sales?|book(?:ings?)?|subscri\w+|member\w*|offers?|deals?|check ?out|tiers?|packages?|licen[sc]es?|editions?|add-?ons?|from|starting|free|per|rent|hire|services?|sessions?|menu|sponsor|discount|stock|delivery|upgrade|options?|choose|credits?|vouchers?)\b/i;

/**
 * Amounts without a period or unit are prices only where the page, apart from its frame, asks for money in some word, or sets them in a
 * table or under headings of like cards: the figures of a drawn dashboard are none. Judged for English alone.
 * @param language of the text, ISO 639
 */
export function asksForMoney(
  language: string | undefined,
  outline: Outline,
  offers: readonly Offer[],
): boolean {
  if (language !== undefined && language !== 'en') return true;
  const prices = offers.flatMap(offer => offer.prices);
  const firm = prices.some(
    ({ terms, node }) =>
      terms.period || terms.per || terms.billed || closest(node, TABLES),
  );
  const headed = offers.filter(offer => offer.set && isHeading(offer.name));
  return (
    firm ||
    headed.length > 1 ||
    outline.runs.some(
      run => ASKING.test(run.text) && !closest(run.node, CHROME),
    )
  );
}
