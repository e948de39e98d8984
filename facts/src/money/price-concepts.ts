import { upToOr, withoutInnocent } from './innocent';
import type { Refusal } from './refusals';
import {
  FEES_BEHIND,
  GIFT_WORDS,
  LEVY_WORDS,
  RISE_WORDS,
  SECURITY_WORDS,
} from '../vocabulary/aside-words';
import { BEHIND_ONLY, TIGHT, WHOLE_LABEL } from '../vocabulary/innocent-words';
import {
  ALL_PLANS_WORDS,
  CART_WORDS,
  ESTIMATE_LABEL_ONLY,
  ESTIMATE_WORDS,
  FORMER_BEHIND,
  FORMER_LABEL_ONLY,
  FORMER_WORDS,
  INSTALMENT_WORDS,
  SAVING_WORDS,
  THRESHOLD_BEHIND,
  THRESHOLD_WORDS,
} from '../vocabulary/price-words';
import {
  lowerCase,
  UNPARTED,
  wordLexicon,
  wordsOf,
  type Lexicon,
  type Words,
} from '../vocabulary/words';

/** What words of the tables say that an amount is, by concept. */

export interface Surroundings {
  /** The line up to the amount, at most 90 characters. */
  before: string;
  /** The line after the amount, at most 60. */
  after: string;
  /** The text of the element or line above, where that is a short label. */
  label?: string;
  /** The line under an amount that stands alone on its own. */
  below?: string;
  /** The head of its column in a table. */
  head?: string;
}

/** How far a word may stand before its amount: no number, no end of a sentence lies between. */
export const CLOSE = /^[^\d.!?\n，。；！？]{0,22}$/;
const SAME_SENTENCE = /^[^!?\n]{0,60}$/;
const GAP = /^[\s-]{0,2}/;
const LEAD_IN = /^[\s-]{0,2}(?:(?:in|en|di|de|af|på)\s)?/;

/** Right before its amount, or with a colon. */
const TIGHT_REACH = /^[\s:：]{0,2}$|^[^\d.,!?\n，。；！？]{0,22}[:：]\s?$/;

interface Finder {
  refusal: Refusal;
  anywhere: boolean;
  before: Lexicon<true>;
  /** Words that are believed right before the amount only. */
  tight: Lexicon<true>;
  label: Lexicon<true>;
  /** Words that are believed where they are all that stands before the amount. */
  whole: Lexicon<true>;
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
    behind: FORMER_BEHIND,
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
  { refusal: 'fee', words: {}, behind: FEES_BEHIND },
  { refusal: 'rise', words: RISE_WORDS },
];

/** A single sign of a script that parts no words is a part of many. */
const isTight = (word: string): boolean =>
  TIGHT.has(word) || (word.length === 1 && UNPARTED.test(word));

const known = new Map<string, readonly Finder[]>();

function findersFor(languages: readonly string[]): readonly Finder[] {
  const key = languages.join(' ');
  let list = known.get(key);
  if (!list) {
    list = CONCEPTS.map(
      ({ refusal, words, labelOnly, behind, anywhere, unlabelled }) => {
        const all = wordsOf(words, languages);
        const whole = new Set([...(labelOnly ?? []), ...WHOLE_LABEL]);
        const afterWords =
          behind === true ? all : wordsOf(behind ?? {}, languages);
        return {
          refusal,
          anywhere: anywhere ?? false,
          before: wordLexicon(
            all.filter(
              word =>
                !isTight(word) && !BEHIND_ONLY.has(word) && !whole.has(word),
            ),
          ),
          tight: wordLexicon(all.filter(isTight)),
          label: wordLexicon(unlabelled ? [] : all),
          whole: wordLexicon(all.filter(word => whole.has(word))),
          after: wordLexicon(afterWords),
        };
      },
    );
    known.set(key, list);
  }
  return list;
}

const bare = (label: string): string =>
  label.replace(/^[^\p{L}]{1,3}/u, '').replace(/[\s:：]{1,3}$/, '');

/** "Cart (2)", "Panier 0 article", "Varukorg: 3 varor": how much is in it stands between the word and the sum. */
const IN_CART =
  /\s?[:·•|–-]?\s?(?:\(\s?\d{1,3}\s?\)|\[\d{1,3}\]|(?<=[\p{L}\p{M}][\s:·•|–-]{1,3})\d{1,3}(?:\s?\p{L}{1,12}\.?)?)\s?[:·•|–-]?\s?$/u;
/** Goods as well as carts, unless they are counted: "Bag (0)", "Items: 0". */
const COUNTED_CART =
  /(?:^|[^\p{L}])(?:bag|items?|articles?|artikel|artículos?|articoli|itens|товаров|товарів)\s?[:·(]\s?\d{1,3}\)?\s?[:·–-]?\s?$/u;

const ofCart = (finder: Finder, text: string): string =>
  finder.refusal === 'cart' ? text.replace(IN_CART, '') : text;

/** Whether the text before an amount says it, in a word that is not denied, nor a part of another. */
function saysBefore(
  finder: Finder,
  before: string,
  languages: readonly string[],
): boolean {
  const reach = finder.anywhere ? SAME_SENTENCE : CLOSE;
  const near = [
    ...finder.before
      .spansIn(before)
      .filter(({ end }) => reach.test(before.slice(end))),
    ...finder.tight
      .spansIn(before)
      .filter(({ end }) => TIGHT_REACH.test(before.slice(end))),
  ];
  return withoutInnocent(before, near, languages).length > 0;
}

function saysBehind(
  finder: Finder,
  after: string,
  languages: readonly string[],
): boolean {
  if (finder.anywhere) {
    const own = upToOr(after, languages);
    const spans = finder.after
      .spansIn(own)
      .filter(({ end }) => SAME_SENTENCE.test(own.slice(0, end)));
    return withoutInnocent(own, spans, languages).length > 0;
  }
  // "15 € de regalo" begins with a lead-in that belongs to the word.
  return [GAP, LEAD_IN].some(
    lead =>
      finder.after.longestAt(after, lead.exec(after)![0].length) !== undefined,
  );
}

/** What the head of a column says of all its amounts. "Regular" beside "Reduced" is no former price, "Delivery" beside "Pick-up" no threshold. */
const OF_COLUMNS: ReadonlySet<Refusal> = new Set([
  'security',
  'levy',
  'saving',
]);

/** @param around in small letters */
function says(
  finder: Finder,
  { before, after, label, head }: Surroundings,
  languages: readonly string[],
): boolean {
  const own = ofCart(finder, before);
  if (saysBefore(finder, own, languages)) return true;
  if (finder.whole.has(bare(own.trim()))) return true;
  const labelled = label !== undefined && bare(ofCart(finder, label));
  if (labelled && finder.label.has(labelled)) return true;
  if (head !== undefined && OF_COLUMNS.has(finder.refusal))
    if (finder.label.has(bare(head))) return true;
  return saysBehind(finder, after, languages);
}

/** "12x de R$ 44", "4 × $20": one of several payments. */
const TIMES_BEFORE =
  /(?:^|[^\d])\d{1,2}\s?[x×х]\s?(?:de|of|à|a|zu|di|da|по|mal|van)?\s?$/iu;
const TIMES_AFTER = /^\s?[x×х]\s?\d{1,2}(?![\d.,])(?!\s?(?:gb|tb|mb|cm|mm))/iu;

/** "As low as $63/mo with Paywise": whoever lends is named. */
const AS_LOW_AS = /\b(?:as low as|from|starting at)\s$/i;
const LENT = /^\s?(?:\/|per |a )\s?mo(?:nth)?\b[^!?\n]{0,12}\bwith \p{Lu}/u;

/** What words of a table say that an amount is. @param languages that the page is written in, English among them */
export function byConcept(
  { before, after, label, head }: Surroundings,
  languages: readonly string[],
): Refusal | undefined {
  if (TIMES_BEFORE.test(before) || TIMES_AFTER.test(after)) return 'instalment';
  if (AS_LOW_AS.test(before) && LENT.test(after)) return 'instalment';
  const own = before.trim() === '' ? label?.trim() : undefined;
  const around: Surroundings = {
    before: lowerCase(before),
    after: lowerCase(after),
    label: own && lowerCase(own),
    head: head && lowerCase(head.trim()),
  };
  if (COUNTED_CART.test(around.before) || COUNTED_CART.test(around.label ?? ''))
    return 'cart';
  return findersFor(languages).find(finder => says(finder, around, languages))
    ?.refusal;
}

/** Whether it was asked before: "statt 120 €", "120 TL yerine". */
export function isFormerPrice(
  before: string,
  after: string,
  languages: readonly string[],
): boolean {
  const around = { before: lowerCase(before), after: lowerCase(after) };
  return findersFor(languages).some(
    finder =>
      finder.refusal === 'formerPrice' && says(finder, around, languages),
  );
}
