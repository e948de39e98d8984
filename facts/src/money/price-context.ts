import type { Refusal } from './refusals';
import { isForFirst } from './first-months';
import { savesNoMoney } from './innocent';
import { byConcept, CLOSE, type Surroundings } from './price-concepts';
import { UP_TO } from '../vocabulary/range-words';
import { FROM_BEHIND, FROM_WORDS } from '../vocabulary/price-words';
import { BILLED_WORDS } from '../vocabulary/periods';
import { LOWEST_WORDS, TAX_WORDS } from '../vocabulary/tax-words';
import { lexiconOf, lexiconsOf, lowerCase } from '../vocabulary/words';

/** Words beside an amount that say it is no price of the thing on offer. All are anchored or bounded: no pattern looks further than its slice. */

const BEFORE =
  /(?:\b(?:comparable|competitors?|alternatives|rivals|other tools|similar (?:tools|products|services)|sav(?:e|es|ed|ing|ings)|rais(?:e|ed|es|ing)|worth|valued(?: at)?|(?:was|were)(?=:?\s?$)|formerly|previously|originally|normally|usually|regular(?:ly)?(?: price)?(?=:?\s?$)|reg\.|list price|retail(?: price)?|r\.?r\.?p\.?|msrp|uvp|statt|instead of|au lieu de|en lugar de|invece di|compare(?:d)? (?:at|to)|orders? (?:over|above|under|below|of)|liability|limited to|average|shipping (?:on|over|from)|spend(?:s|ing)?|spent|earn(?:s|ed|ing)?|win|won|donat(?:e|ed|ion)|bonus(?: of)?|credits? (?:of|worth)|refund(?: of)?|budgets?(?: of)?|revenues?(?: of)?|funding(?: of)?|lost|loses?|losing|loss(?: of)?|subtotal|balance of|limits? (?:of|from|to)|we(?:'re|’re| are) at|prize pool(?: of)?|fines?(?: of)?|insured(?: up)? (?:to|for)|incomes?|maximum|rebates?|fund(?:s|ed)?|assets?|coverage(?: of)?|generat(?:e|ed|es|ing)|recover(?:ed|s)|processed|manag(?:es|ing)|invest(?:ed|s)|sales? of|sold|reduc(?:e|ed|ing)|cut(?:s|ting)? (?:our|their|your|his|her|its|the|costs?|spend(?:ing)?)|off(?![-\s]?(?:peak|season|grid|site|line|road))|discounts?(?: of)?|rabatt|sparen(?: sie)?|économisez|ahorra|risparmi|grants?(?: of)?|prize|reward|salary|wages?|income|turnover|valuation(?: of)?|acquired for|bought for|backed by|leak|debt|profit|returned|returns? of|gmv|arr|mrr|roi|aum|gift card|voucher|coupon|cup[óo]n|cupom|c[óo]digo|gutschein(?:code)?|recibe|ahorras?|ahorre|économisez|economize|ganhe|risparmia|bespaar|oszczędź)\b|[+~≈]\s?$)[^.!?\n]{0,45}$/i;
/** "-$15" takes off; "Single room – $80" does not. */
const TIGHT_NEGATIVE =
  /(?:\b(?:get|gets|receive|give|gift of|tip|up to)\s{1,2}|(?:^|[\s(])[-−–]|[+~≈]\s?)$/i;
/** Somebody else's words: a quotation that is still open. */
const OPEN_QUOTE = /(?:^|\s)[“„«"]\p{L}[^”“»"]{0,88}$/u;
/** "Was $49, now $29": what is said before "now" is about the other amount. */
const NOW = /\b(?:now|today|jetzt|maintenant|ahora|adesso)\b/gi;
/** "Was $79 $49": an amount right before this one is what the words before it are about. */
const TOLD_BEFORE =
  /\p{Sc}\s?\d[\d.,'’]{0,12}\s{1,3}$|\d[\d.,'’]{0,12}\s?(?:\p{Sc}|[A-Z]{3}|zł|kr\.?|Kč|Ft)\s{1,3}$/u;
/** A line under an amount that says what the amount was, and that is no price: "$340,000 / recovered revenue". */
const BELOW =
  /^(?:[\p{L}-]+\s){0,4}(?:saved|savings?|less|fewer|processed|revenues?|raised|recovered|earned|donated|funding|volume|assets|sales|turnover|invested|payouts?|paid out|salary|wages|profits?|in damages|bonus|rewards?|prize|approved|pending|overdue|paid on|paid \d+)(?![\p{L}])/iu;
const RANGE_BEFORE = new RegExp(
  `(?:\\d|\\dk|\\p{Sc}|[円圓元원]|(?<=\\d ?)(?:zł|kr\\.?|Kč|Ft|грн\\.?|руб\\.?|TL|lei|EUR|USD))\\s{0,2}(?:${UP_TO}|until)\\s{0,2}$`,
  'iu',
);
const AFTER =
  /^\s{0,2}(?:\+(?!\s?\p{Sc}?\s?\d)|(?:in\s+)?(?:\w+\s+)?(?:off\b|discount|savings?\b|saved\b|credits?\b|cash ?back|bonus|refund|revenue|funding|sales\b|arr\b|mrr\b|gmv\b|assets|damages|raised|worth\b|gift|coupon|voucher|rebate|donation|grant\b|prize|investment|seed\b|series [a-f]\b|less\b|cheaper|rabatt|gespart|invested|budget|leak|value\b|in (?:the )?(?:first|last|its)|lost\b|spend\b|profit|coverage|of coverage|rebates?\b|reimbursement|deductible|income\b|in assets|in benefits|back\b|fine\b|minimum (?:spend|order)|(?:free )?shipping|saved|de descuento|de desconto|de r[ée]duction|de remise|offert(?:s|es)?(?![\p{L}])|di sconto|korting|rabatu|zniżki|taniej|gutschein|guthaben|geschenkt|割引|オフ|引き|キャッシュバック|की छूट|की बचत|volume\b|goal\b|target\b|overdraft|limit\b|of our\b))/iu;
const MAGNITUDE =
  /^\s?(?:(?:mm|bn|mn|mio|mrd|mill|mln|tn)\b\.?|(?:m|b|t)(?![\p{L}\d/])|million|billion|trillion|milliarde|millones|millón|milioni|milione|milhões|milhão|miljoen|miljard|miljon|miljoona|milion|millió|milyon|milyar|мільйон|миллион|млн|млрд|милион|εκατομ|εκατ\.|مليون|ملايين|מיליון|crore)/iu;
const THOUSAND = /^\s?k(?![\p{L}\d])/iu;
/** Adjectives that name goods as well: "Regular trim". */
const FORMER_LABEL =
  /^(?:regular|list|original|old|former|retail)(?: (?:price|rate|cost|value|retail))?:?$/i;
const LABEL_BEFORE =
  /^(?:outstanding|invoice|amount due|mrr|arr|balance|revenue|income|expenses|payouts?|profit|(?:net|gross)(?: (?:revenue|income|profit|sales|pay|amount|total|worth|value|volume))|volume|paid|budget|was|r\.?r\.?p|msrp|uvp|compare at|you(?: will|'ll|’ll)? save|saving|save|sub-?total|total|grand total|order total|discount|shipping|delivery|estimated|your (?:cart|basket|bag)|cart|tax|vat|before|statt|vorher|unverbindliche)\b.{0,25}:?$/i;
const CUE =
  /(?:\b(?:from|starting(?: (?:at|from|price))?|starts?(?: at| from)?|begin(?:s|ning)? at|as low as|for (?:just|only)|only|just|costs?|priced? (?:at|from)|price(?: is)?|pay|at|is|are|ab|nur|für|kostet|à partir de|dès|desde|a partire da|vanaf|fra|från|od|plans?|subscription)\b[\s:]{0,3})$/i;

export type Verdict = 'price' | 'cued' | Refusal;

/** "ca. 300 kr", "約3万円": what something comes to, and nobody asks. */
const ABOUT =
  /(?:^|[\s(])(?:ca\.?|cca\.?|circa|approx\.?|approximately|about|around|roughly|etwa|rund|ungefähr|environ|aprox\.?|aproximadamente|ongeveer|omkring|noin|ok\.|około|přibližně|približne|körülbelül|kb\.|aproximativ|около|примерно|приблизно|близько|περίπου|yaklaşık|khoảng)\s{0,2}$|[約约]\s?$|(?<![\uac00-\ud7af])약\s?$/iu;
/** "+2.1 %" under an amount: what a thing is traded at. */
const CHANGE = /^[+−–-]\s?\d{1,3}[.,]\d{1,2}\s?%/;

const LETTERS = /^\s?(?:mm|bn|mn|tn|[mbtk])(?![\p{L}])/iu;

/**
 * `thousand` when the amount is written "10k".
 * @param apart the text stands on another line or in another place, where a letter may be anything: the next card may be called "B"
 */
export function magnitudeOf(
  after: string,
  apart = false,
): 'none' | 'thousand' | 'large' {
  if (apart && LETTERS.test(after)) return 'none';
  if (MAGNITUDE.test(after)) return 'large';
  return THOUSAND.test(after) ? 'thousand' : 'none';
}

/** The words that are about this amount. */
function saidNear(line: string, languages: readonly string[]): string {
  const said = line.slice(-90).split(NOW).pop() ?? '';
  return savesNoMoney(said, languages) ? '' : said;
}

const LOWEST = lexiconOf(LOWEST_WORDS);

/** "Lowest price of the 30 days before the sale: 40 €", "(najniższa cena z 30 dni)": 30 days is what the law asks for. */
const isLowestOfDays = (said: string): boolean =>
  /(?<!\d)30(?!\d)/.test(said) && LOWEST.spansIn(lowerCase(said)).length > 0;

const TAXES = lexiconOf(TAX_WORDS);

/** "9 € + IVA / mese": the tax comes on top, and what follows it stands behind the amount. */
function withoutTax(after: string): string {
  const at = after.length - after.trimStart().length;
  const tax = TAXES.longestAt(lowerCase(after), at);
  return tax ? after.slice(at + tax.length) : after;
}

/** Words behind an amount, over it and under it. */
function saysOther({ after, label, below }: Surroundings): boolean {
  const own = label?.trim() ?? '';
  return (
    AFTER.test(withoutTax(after)) ||
    LABEL_BEFORE.test(own) ||
    FORMER_LABEL.test(own) ||
    (below !== undefined &&
      (BELOW.test(below.trim()) || CHANGE.test(below.trim())))
  );
}

/** What the words around an amount say it is. @param languages that the page is written in, English among them */
export function judgeContext(
  around: Surroundings,
  languages: readonly string[],
): Verdict {
  const { before, label } = around;
  const line = TOLD_BEFORE.test(before) ? '' : before;
  const near = saidNear(line, languages);
  if (OPEN_QUOTE.test(near)) return 'quotation';
  const range = RANGE_BEFORE.test(near);
  if (!range && TIGHT_NEGATIVE.test(near)) return 'notAPriceByWords';
  const concept = byConcept({ ...around, before: near }, languages);
  if (concept) return concept;
  if (ABOUT.test(near)) return 'estimate';
  if (isForFirst(around.after, languages)) return 'firstPeriod';
  if (isLowestOfDays(before) || isLowestOfDays(label ?? ''))
    return 'formerPrice';
  if ((BEFORE.test(near) && !range) || saysOther(around))
    return 'notAPriceByWords';
  return CUE.test(near) || isFrom(around, languages) ? 'cued' : 'price';
}

const fromWords = lexiconsOf(FROM_WORDS);
const fromBehind = lexiconsOf(FROM_BEHIND);
const billedWords = lexiconsOf(BILLED_WORDS);

/** "from $29", "29 €-tól": the amount is the lowest of several. */
export function isFrom(
  { before, after, label }: Surroundings,
  languages: readonly string[],
): boolean {
  const own = lowerCase(before.trim() === '' ? label ?? '' : before);
  const behind = lowerCase(after);
  return (
    fromWords(languages)
      .endsIn(own)
      .some(end => /^[\s:]{0,2}$/.test(own.slice(end))) ||
    fromBehind(languages).longestAt(behind, /^\s?/.exec(behind)![0].length) !==
      undefined
  );
}

/** "billed $348 a year": what is taken at once, and no second price. */
export function isBilledTotal(
  before: string,
  languages: readonly string[],
): boolean {
  const own = lowerCase(before);
  return billedWords(languages)
    .endsIn(own)
    .some(end => CLOSE.test(own.slice(end)));
}
