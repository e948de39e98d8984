import type { Refusal } from './refusals';
import {
  ALL_PLANS_WORDS,
  CART_WORDS,
  ESTIMATE_LABEL_ONLY,
  ESTIMATE_WORDS,
  FORMER_LABEL_ONLY,
  FORMER_WORDS,
  FROM_BEHIND,
  FROM_WORDS,
  INSTALMENT_WORDS,
  SAVING_WORDS,
  THRESHOLD_BEHIND,
  THRESHOLD_WORDS,
} from './vocabulary/price-words';
import {
  GIFT_WORDS,
  LEVY_WORDS,
  MINIMUM_WORDS,
  SECURITY_WORDS,
} from './vocabulary/aside-words';
import { BILLED_WORDS } from './vocabulary/periods';
import {
  lexiconOf,
  lowerCase,
  type Lexicon,
  type Words,
} from './vocabulary/words';

/** Words beside an amount that say it is no price of the thing on offer. All are anchored or bounded: no pattern looks further than its slice. */

const BEFORE =
  /(?:\b(?:comparable|competitors?|alternatives|rivals|other tools|similar (?:tools|products|services)|sav(?:e|es|ed|ing|ings)|rais(?:e|ed|es|ing)|worth|valued(?: at)?|was|were|formerly|previously|originally|normally|usually|regular(?:ly)?|reg\.?|list(?: price)?|retail(?: price)?|r\.?r\.?p\.?|msrp|uvp|statt|instead of|au lieu de|en lugar de|invece di|compare(?:d)? (?:at|to)|orders? (?:over|above|under|below|of)|excess(?: of)?|liability|limited to|average|shipping (?:on|over|from)|spend(?:s|ing)?|spent|earn(?:s|ed|ing)?|win|won|donat(?:e|ed|ion)|bonus(?: of)?|credits? (?:of|worth)|refund(?: of)?|budgets?(?: of)?|revenues?(?: of)?|funding(?: of)?|lost|loses?|losing|loss(?: of)?|cart|basket|subtotal|balance|deposit(?: of)?|limits? (?:of|from|to)|we(?:'re|’re| are) at|prize pool(?: of)?|fines?(?: of)?|insured(?: up)? (?:to|for)|incomes?|maximum|deductibles?|rebates?|fund(?:s|ed)?|assets?|coverage(?: of)?|generat(?:e|ed|es|ing)|recover(?:ed|s)?|process(?:ed|es|ing)?|manag(?:e|ed|es|ing)|invest(?:ed|ment|s)?(?: of)?|sales? of|sold|reduc(?:e|ed|ing)|cut|off|discounts?(?: of)?|rabatt|sparen(?: sie)?|économisez|ahorra|risparmi|grants?(?: of)?|prize|reward|salary|wages?|income|turnover|valuation(?: of)?|acquired for|bought for|backed by|leak|debt|profit|return(?:ed|s)?|gmv|arr|mrr|roi|aum|gift card|voucher|coupon|cup[óo]n|cupom|c[óo]digo|gutschein(?:code)?|recibe|ahorras?|ahorre|économisez|economize|ganhe|risparmia|bespaar|oszczędź)\b|[+~≈]\s?$)[^.!?\n]{0,45}$/i;
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
  /^(?:[\p{L}-]+\s){0,4}(?:saved|savings|less|fewer|processed|revenues?|raised|recovered|earned|donated|funding|volume|assets|sales|turnover|invested|payouts?|paid out|salary|wages|profits?|in damages|bonus|rewards?|prize|approved|pending|overdue|paid on|paid \d+)(?![\p{L}])/iu;
const RANGE_BEFORE =
  /\d\s{0,2}(?:[-–—−~]|to|bis|à|a|do|até|til|tot|till|до|until)\s{0,2}$/iu;
const AFTER =
  /^\s{0,2}(?:\+|(?:in\s+)?(?:\w+\s+)?(?:off\b|discount|savings?\b|saved\b|credits?\b|cash ?back|bonus|refund|revenue|funding|sales\b|arr\b|mrr\b|gmv\b|assets|damages|raised|worth\b|gift|coupon|voucher|rebate|donation|grant\b|prize|investment|seed\b|series [a-f]\b|less\b|cheaper|rabatt|gespart|invested|budget|leak|value\b|in (?:the )?(?:first|last|its)|lost\b|spend\b|profit|coverage|of coverage|rebates?\b|reimbursement|deductible|income\b|in assets|in benefits|back\b|fine\b|minimum (?:spend|order)|(?:free )?shipping|saved|de descuento|de desconto|de r[ée]duction|de remise|offert(?:s|es)?(?![\p{L}])|di sconto|korting|rabatu|zniżki|taniej|gutschein|guthaben|geschenkt|割引|オフ|引き|キャッシュバック|की छूट|की बचत|volume\b|goal\b|target\b|overdraft|limit\b|of our\b))/iu;
const MAGNITUDE =
  /^\s?(?:(?:mm|bn|mn|mio|mrd|mill|mln|tn)\b\.?|(?:m|b|t)(?![\p{L}\d/])|million|billion|trillion|milliarde|millones|milioni|crore)/iu;
const THOUSAND = /^\s?k(?![\p{L}\d])/iu;
const LABEL_BEFORE =
  /^(?:outstanding|invoice|amount due|mrr|arr|balance|revenue|income|expenses|payouts?|profit|(?:net|gross)(?: (?:revenue|income|profit|sales|pay|amount|total|worth|value|volume))|volume|paid|budget|regular|list|original|old|former|was|retail|r\.?r\.?p|msrp|uvp|compare at|you(?: will|'ll|’ll)? save|saving|save|sub-?total|total|grand total|order total|discount|shipping|delivery|estimated|your (?:cart|basket|bag)|cart|tax|vat|before|statt|vorher|unverbindliche)\b.{0,25}:?$/i;
const CUE =
  /(?:\b(?:from|starting(?: (?:at|from|price))?|starts?(?: at| from)?|begin(?:s|ning)? at|as low as|for (?:just|only)|only|just|costs?|priced? (?:at|from)|price(?: is)?|pay|at|is|are|ab|nur|für|kostet|à partir de|dès|desde|a partire da|vanaf|fra|från|od|plans?|subscription)\b[\s:]{0,3})$/i;

export type Verdict = 'price' | 'cued' | Refusal;

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

/** How far a word may stand before its amount: no number, no end of a sentence lies between. */
const CLOSE = /^[^\d.!?\n，。；！？]{0,22}$/;
const SAME_SENTENCE = /^[^!?\n]{0,60}$/;
const LEAD_IN = /^[\s-]{0,2}(?:(?:in|en|di|de|af|på)\s)?/;

interface Finder {
  refusal: Refusal;
  anywhere: boolean;
  before: Lexicon<true>;
  label: Lexicon<true>;
  after: Lexicon<true>;
}

interface Concept {
  refusal: Refusal;
  words: Words;
  /** Words that say it only in a label of their own. */
  labelOnly?: ReadonlySet<string>;
  /** Words behind the amount; `true` where the same words stand there. */
  behind?: Words | true;
  /** The words may stand anywhere in the line. */
  anywhere?: boolean;
  /** As a label of their own the words may be the name of what is sold. */
  unlabelled?: boolean;
}

const CONCEPTS: readonly Concept[] = [
  {
    refusal: 'instalment',
    words: INSTALMENT_WORDS,
    behind: true,
    anywhere: true,
  },
  {
    refusal: 'promotionOverAll',
    words: ALL_PLANS_WORDS,
    anywhere: true,
    behind: true,
  },
  {
    refusal: 'formerPrice',
    words: FORMER_WORDS,
    labelOnly: FORMER_LABEL_ONLY,
    behind: {
      hu: ['helyett'],
      tr: ['yerine'],
      hi: ['की जगह', 'के बजाय'],
      ja: ['の代わりに'],
      ko: ['대신'],
    },
  },
  { refusal: 'saving', words: SAVING_WORDS, behind: true },
  { refusal: 'threshold', words: THRESHOLD_WORDS, behind: THRESHOLD_BEHIND },
  {
    refusal: 'estimate',
    words: ESTIMATE_WORDS,
    labelOnly: ESTIMATE_LABEL_ONLY,
  },
  { refusal: 'cart', words: CART_WORDS },
  { refusal: 'security', words: SECURITY_WORDS, behind: true },
  { refusal: 'gift', words: GIFT_WORDS, behind: true, unlabelled: true },
  { refusal: 'levy', words: LEVY_WORDS, behind: true },
  { refusal: 'threshold', words: MINIMUM_WORDS },
];

const known = new Map<string, readonly Finder[]>();

function findersFor(languages: readonly string[]): readonly Finder[] {
  const key = languages.join(' ');
  let list = known.get(key);
  if (!list) {
    list = CONCEPTS.map(
      ({ refusal, words, labelOnly, behind, anywhere, unlabelled }) => ({
        refusal,
        anywhere: anywhere ?? false,
        before: lexiconOf(words, languages, labelOnly),
        label: lexiconOf(unlabelled ? {} : words, languages),
        after: lexiconOf(behind === true ? words : behind ?? {}, languages),
      }),
    );
    known.set(key, list);
  }
  return list;
}

const bare = (label: string): string =>
  label.replace(/^[^\p{L}]{1,3}/u, '').replace(/[\s:：]{1,3}$/, '');

function says(
  finder: Finder,
  before: string,
  after: string,
  label: string | undefined,
): boolean {
  const reach = finder.anywhere ? SAME_SENTENCE : CLOSE;
  if (finder.before.endsIn(before).some(end => reach.test(before.slice(end))))
    return true;
  if (label !== undefined && finder.label.has(bare(label))) return true;
  if (finder.anywhere)
    return finder.after
      .endsIn(after)
      .some(end => SAME_SENTENCE.test(after.slice(0, end)));
  const at = LEAD_IN.exec(after)![0].length;
  return finder.after.longestAt(after, at) !== undefined;
}

/** "12x de R$ 44", "4 × $20": one of several payments. */
const TIMES_BEFORE =
  /(?:^|[^\d])\d{1,2}\s?[x×х]\s?(?:de|of|à|a|zu|di|da|по|mal|van)?\s?$/iu;
const TIMES_AFTER = /^\s?[x×х]\s?\d{1,2}(?![\d.,])(?!\s?(?:gb|tb|mb|cm|mm))/iu;

/** "As low as $63/mo with Paywise": whoever lends is named. */
const AS_LOW_AS = /\b(?:as low as|from|starting at)\s$/i;
const LENT = /^\s?(?:\/|per |a )\s?mo(?:nth)?\b[^!?\n]{0,12}\bwith \p{Lu}/u;

function byConcept(
  { before, after, label }: Surroundings,
  languages: readonly string[],
): Refusal | undefined {
  if (TIMES_BEFORE.test(before) || TIMES_AFTER.test(after)) return 'instalment';
  if (AS_LOW_AS.test(before) && LENT.test(after)) return 'instalment';
  const own = before.trim() === '' ? label?.trim() : undefined;
  const [near, behind] = [lowerCase(before), lowerCase(after)];
  return findersFor(languages).find(finder =>
    says(finder, near, behind, own && lowerCase(own)),
  )?.refusal;
}

/** What the words around an amount say it is. @param languages that the page is written in, English among them */
export function judgeContext(
  around: Surroundings,
  languages: readonly string[],
): Verdict {
  const { before, after, label, below } = around;
  const own = TOLD_BEFORE.test(before) ? '' : before;
  const near = own.slice(-90).split(NOW).pop() ?? '';
  if (OPEN_QUOTE.test(near)) return 'quotation';
  const range = RANGE_BEFORE.test(near);
  if (!range && TIGHT_NEGATIVE.test(near)) return 'notAPriceByWords';
  const concept = byConcept({ ...around, before: near }, languages);
  if (concept) return concept;
  if (BEFORE.test(near) && !range) return 'notAPriceByWords';
  if (AFTER.test(after)) return 'notAPriceByWords';
  if (label && LABEL_BEFORE.test(label.trim())) return 'notAPriceByWords';
  if (below && BELOW.test(below.trim())) return 'notAPriceByWords';
  return CUE.test(near) || isFrom(around, languages) ? 'cued' : 'price';
}

const cached = (
  words: Words,
): ((languages: readonly string[]) => Lexicon<true>) => {
  const lexicons = new Map<string, Lexicon<true>>();
  return languages => {
    const key = languages.join(' ');
    let lexicon = lexicons.get(key);
    if (!lexicon) lexicons.set(key, (lexicon = lexiconOf(words, languages)));
    return lexicon;
  };
};
const fromWords = cached(FROM_WORDS);
const fromBehind = cached(FROM_BEHIND);
const billedWords = cached(BILLED_WORDS);

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
