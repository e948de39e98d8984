/** Words beside an amount that say it is no price of the thing on offer. All are anchored or bounded: no pattern looks further than its slice. */

const BEFORE =
  /(?:\b(?:sav(?:e|es|ed|ing|ings)|rais(?:e|ed|es|ing)|worth|valued(?: at)?|was|were|formerly|previously|originally|normally|usually|regular(?:ly)?|reg\.?|list(?: price)?|retail(?: price)?|r\.?r\.?p\.?|msrp|uvp|statt|instead of|au lieu de|en lugar de|invece di|compare(?:d)? (?:at|to)|orders? (?:over|above|under|below|of)|excess(?: of)?|liability|limited to|average|shipping (?:on|over|from)|spend(?:s|ing)?|spent|earn(?:s|ed|ing)?|win|won|donat(?:e|ed|ion)|bonus(?: of)?|credits? (?:of|worth)|refund(?: of)?|budgets?(?: of)?|revenues?(?: of)?|funding(?: of)?|lost|loses?|losing|loss(?: of)?|cart|basket|subtotal|balance|deposit(?: of)?|limits? (?:of|from|to)|we(?:'re|’re| are) at|prize pool(?: of)?|fines?(?: of)?|insured(?: up)? (?:to|for)|incomes?|maximum|deductibles?|rebates?|fund(?:s|ed)?|assets?|coverage(?: of)?|generat(?:e|ed|es|ing)|recover(?:ed|s)?|process(?:ed|es|ing)?|manag(?:e|ed|es|ing)|invest(?:ed|ment|s)?(?: of)?|sales? of|sold|reduc(?:e|ed|ing)|cut|off|discounts?(?: of)?|rabatt|sparen(?: sie)?|économisez|ahorra|risparmi|grants?(?: of)?|prize|reward|salary|wages?|income|turnover|valuation(?: of)?|acquired for|bought for|backed by|leak|debt|profit|return(?:ed|s)?|gmv|arr|mrr|roi|aum|gift card|voucher|coupon|cup[óo]n|cupom|c[óo]digo|gutschein(?:code)?|recibe|ahorras?|ahorre|économisez|economize|ganhe|risparmia|bespaar|oszczędź)\b|[+~≈]\s?$)[^.!?\n]{0,45}$/i;
/** "-$15" takes off; "Single room – $80" does not. */
const TIGHT_NEGATIVE =
  /(?:\b(?:get|gets|receive|give|gift of|tip|up to)\s{1,2}|(?:^|[\s(])[-−–]|[+~≈]\s?)$/i;
/** Somebody else's words: a quotation that is still open. */
const OPEN_QUOTE = /(?:^|\s)[“„«"]\p{L}[^”“»"]{0,88}$/u;
/** "Was $49, now $29": what is said before "now" is about the other amount. */
const NOW = /\b(?:now|today|jetzt|maintenant|ahora|adesso)\b/gi;
/** A line under an amount that says what the amount was, and that is no price: "$340,000 / recovered revenue". */
const BELOW =
  /^(?:[\p{L}-]+\s){0,4}(?:saved|savings|less|fewer|processed|revenues?|raised|recovered|earned|donated|funding|volume|assets|sales|turnover|invested|payouts?|paid out|salary|wages|profits?|in damages|bonus|rewards?|prize|approved|pending|overdue|paid on|paid \d+)(?![\p{L}])/iu;
const RANGE_BEFORE = /\d\s{0,2}(?:[-–—−]|to|bis|à|a|until)\s{0,2}$/i;
const AFTER =
  /^\s{0,2}(?:\+|(?:in\s+)?(?:\w+\s+)?(?:off\b|discount|savings?\b|saved\b|credits?\b|cash ?back|bonus|refund|revenue|funding|sales\b|arr\b|mrr\b|gmv\b|assets|damages|raised|worth\b|gift|coupon|voucher|rebate|donation|grant\b|prize|investment|seed\b|series [a-f]\b|less\b|cheaper|rabatt|gespart|invested|budget|leak|value\b|in (?:the )?(?:first|last|its)|lost\b|spend\b|profit|coverage|of coverage|rebates?\b|reimbursement|deductible|income\b|in assets|in benefits|back\b|fine\b|minimum (?:spend|order)|(?:free )?shipping|saved|de descuento|de desconto|de r[ée]duction|de remise|offert(?:s|es)?(?![\p{L}])|di sconto|korting|rabatu|zniżki|taniej|gutschein|guthaben|geschenkt|割引|オフ|引き|キャッシュバック|की छूट|की बचत|volume\b|goal\b|target\b|overdraft|limit\b|of our\b))/iu;
const MAGNITUDE =
  /^\s?(?:(?:mm|bn|mn|mio|mrd|mill|mln|tn)\b\.?|(?:m|b|t)(?![\p{L}\d/])|million|billion|trillion|milliarde|millones|milioni|crore)/iu;
const THOUSAND = /^\s?k(?![\p{L}\d])/iu;
const LABEL_BEFORE =
  /^(?:outstanding|invoice|amount due|mrr|arr|balance|revenue|income|expenses|payouts?|profit|net|gross|volume|paid|budget|regular|list|original|old|former|was|retail|r\.?r\.?p|msrp|uvp|compare at|you(?: will|'ll|’ll)? save|saving|save|sub-?total|total|grand total|order total|discount|shipping|delivery|estimated|your (?:cart|basket|bag)|cart|tax|vat|before|statt|vorher|unverbindliche)\b.{0,25}:?$/i;
const CUE =
  /(?:\b(?:from|starting(?: (?:at|from|price))?|starts?(?: at| from)?|begin(?:s|ning)? at|as low as|for (?:just|only)|only|just|costs?|priced? (?:at|from)|price(?: is)?|pay|at|is|are|ab|nur|für|kostet|à partir de|dès|desde|a partire da|vanaf|fra|från|od|plans?|subscription)\b[\s:]{0,3})$/i;

export type Verdict = 'price' | 'cued' | 'no price';

export interface Surroundings {
  /** The line up to the amount, at most 90 characters. */
  before: string;
  /** The line after the amount, at most 60. */
  after: string;
  /** The text of the element or line above, where that is a short label. */
  label?: string;
  /** The line under an amount that stands alone on its own. */
  below?: string;
}

/** `thousand` when the amount is written "10k". */
export function magnitudeOf(after: string): 'none' | 'thousand' | 'large' {
  if (MAGNITUDE.test(after)) return 'large';
  return THOUSAND.test(after) ? 'thousand' : 'none';
}

export function judgeContext({
  before,
  after,
  label,
  below,
}: Surroundings): Verdict {
  const near = before.slice(-90).split(NOW).pop() ?? '';
  if (OPEN_QUOTE.test(near)) return 'no price';
  const range = RANGE_BEFORE.test(near);
  if (!range && TIGHT_NEGATIVE.test(near)) return 'no price';
  if (BEFORE.test(near) && !range) return 'no price';
  if (AFTER.test(after)) return 'no price';
  if (label && LABEL_BEFORE.test(label.trim())) return 'no price';
  if (below && BELOW.test(below.trim())) return 'no price';
  return CUE.test(near) ? 'cued' : 'price';
}
