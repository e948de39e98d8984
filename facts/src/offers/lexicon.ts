import { isNight, isPeriodOnly } from '../money/terms';
import { STICKERS } from '../vocabulary/labels';
import { saysWhatIsLeftOut } from '../money/innocent';
import { FREE_WORDS } from '../vocabulary/free-words';
import { REQUEST_WORDS } from '../vocabulary/request-words';
import { lexiconOf, lowerCase } from '../vocabulary/words';
import { PRICE } from '../vocabulary/lexicons';

const STICKER_WORDS = lexiconOf(STICKERS);

/** Short texts that sites use everywhere. All patterns are anchored at both ends or bounded. */

/** Buttons and links that ask the visitor to act. */
const CTA_WORDS =
  /^(?:get|start|try|buy|sign ?up|join|book|request|contact|talk|schedule|choose|select|subscribe|upgrade|create|download|order|shop|add to|go|see|view|claim|register|apply|chat|call|open|launch|deploy|switch|learn|explore|discover|continue|activate|install|build|see|watch|jetzt|kostenlos|starten|testen|kaufen|bestellen|anmelden|registrieren|auswählen|buchen|kontakt|demo|essayer|commencer|acheter|choisir|réserver|contacter|probar|empezar|comprar|elegir|contratar|prova|inizia|acquista|scegli|proberen|bestellen|kies|prøv|köp|välj|kup|wybierz|experimente|assinar)(?![\p{L}]|-\p{L})/iu;
const CTA_WHOLE =
  /^(?:free trial|contact(?: us| sales)?|sales|demo|live demo|let[’']s talk|buy|start|select|choose|kontakt|mehr erfahren|more|details|log ?in|sign in|request a quote|\w+ now|\w+ kaufen|\w+ wählen|\w+ starten|\w+ testen)$/i;
/** Links that lead on, but ask for nothing. */
const NOT_CTA =
  /^(?:see more|view all|learn more|read more|show (?:more|all)|see all|view (?:more|details)|go back|log ?in|sign in|explore|discover|more|details|open menu|close|skip to.*|see (?:docs|documentation)|view (?:docs|documentation))$/i;

export function looksLikeCta(text: string): boolean {
  return (
    text.length <= 40 &&
    text.split(/\s+/).length <= 6 &&
    (CTA_WORDS.test(text) || CTA_WHOLE.test(text))
  );
}

export function isCallToAction(text: string): boolean {
  if (text.length > 60) return false;
  const words = text.replace(/[→›»>↗\s]+$/u, '').trim();
  return looksLikeCta(words) && !NOT_CTA.test(words) && words.length > 2;
}

const FREE =
  /^(?:free(?: forever| for ?ever| plan| tier)?|forever free|always free|(?:completely|100 ?%) free|free of charge|no cost)[.!*]?$/i;
const FREE_IN = lexiconOf(FREE_WORDS);

export function isFreeText(text: string): boolean {
  const words = text.trim();
  return (
    FREE.test(words) || FREE_IN.has(lowerCase(words.replace(/[.!*]$/, '')))
  );
}

const ON_REQUEST =
  /^(?:custom(?: pricing| price| quote| plan)?|contact (?:us|sales|our (?:sales )?team|our sales)(?: for (?:a )?(?:pricing|price|quote|details))?|let[’']?s (?:talk|chat)|talk to (?:us|sales|an expert|our team)|get (?:a quote|in touch|a custom quote|custom pricing|pricing)|request (?:a )?(?:quote|pricing|price)|(?:price |pricing |available )?(?:up)?on request|call (?:us|for (?:pricing|price|quote))|tailored(?: pricing| to you)?|bespoke(?: pricing)?|(?:by|ask for a) quote|quote(?:-based)?|p\.?o\.?a\.?|contact for pricing|individual pricing|(?:preis )?auf anfrage|individuell(?:er preis)?|kontakt(?:ieren sie uns)?|sur devis|sur mesure|nous contacter|contactez[- ]nous|a medida|contáctanos|contactar|consultar|su richiesta|contattaci|op (?:aanvraag|maat)|neem contact op|på forespørsel|kontakta oss|na zapytanie|na vyžádání|sob consulta|fale conosco|お問い合わせ(?:ください)?|要お問い合わせ|お見積り|要相談|संपर्क करें|हमसे संपर्क करें|skontaktuj się(?: z nami)?|wycena indywidualna|fale com (?:vendas|a gente)|consulte-nos|kontaktieren sie uns|联系我们)[.!*]?$/i;
const REQUESTS = lexiconOf(REQUEST_WORDS);

export function isOnRequestText(text: string): boolean {
  const words = text.trim();
  const bare = words.replace(/[\s→›»>↗.!*:]+$/u, '');
  return ON_REQUEST.test(words) || REQUESTS.has(lowerCase(bare));
}

const PLAN_NAME =
  /^(?:the )?(?:free|basic|starter|start|starting|standard|plus|pro|professional|premium|business|team|teams|enterprise|growth|scale|ultimate|advanced|essential|essentials|personal|individual|solo|hobby|hobbyist|developer|creator|small business|startup|company|corporate|agency|unlimited|lite|light|core|elite|max|mini|micro|small|medium|large|xl|silver|gold|platinum|bronze|diamond|single|family|student|education|community|cloud|self[- ]hosted|expert|organization|organisation|custom|pay as you go|build|launch|accelerate|complete|deluxe|regular|extended|explorer|freelancer|entry|bundle)(?: (?:plan|tier|edition|package|team|plus|pro|license|\d))?$/i;
export function isKnownPlanName(text: string): boolean {
  return PLAN_NAME.test(text);
}

const GENERIC =
  /^(?:\+ ?(?:vat|gst|hst|sales tax|tax(?:es)?|fees|mwst\.?|tva|iva)|first (?:month|year|\d+ months).{0,30}|(?:total )?due (?:today|now)|total.{0,20}|faqs?|billed as.{0,30}|frequently asked questions|questions|most popular|popular|best (?:value|seller|deal|choice|for .{1,40})|recommended|our (?:pick|choice|favou?rite)|featured|limited(?: time)?(?: offer)|special offer|great value|beliebt|empfohlen|am beliebtesten|populaire|recommandé|más popular|recomendado|consigliato|aanbevolen|monthly|annual(?:ly)?|yearly|month|year|per .{1,30}|\/.{1,30}|billed .{1,40}|paid .{1,40}|save.{0,30}|\d+ ?% .{0,20}|from|starting (?:at|from)|starts (?:at|from)|start(?:ing)? price|as low as|only|just|now|was|up to|price|prices?|pricing|plans?|plan|plans? (?:&|and) pricing|cost|fee|total|features?|key features|top features|what[’']s included:?|includes?:?|included:?|including:?|everything in .{1,40}|all .{1,30} features.{0,10}|plus:?|and more|benefits|details|specs|compare(?: (?:all )?(?:plans|features))?|free trial|\d+[- ]day.{0,30}|no credit card.{0,20}|cancel any ?time.{0,10}|excl?\.? .{1,20}|incl?\.? .{1,20}|ab|pro monat|monatlich|jährlich|à partir de|desde|a partire da|vanaf|preis|prix|precio|prezzo|prijs|or|and|oder|ou|\+|usd|eur|gbp|unlimited|yes|no|included|–|—|-|✓|✔|✗|×|•|core features|quantity|qty|rating|reviews?|(?:low )?in stock.{0,25}|out of stock|sold out|(?:vat|tax).{0,12}(?:included|excluded)|special order|one-time purchase|total amount|picture \d.{0,10}|quick (?:view|shop|add)|add to (?:cart|bag|basket|wish ?list)|[+]?.{0,8}\d shipping|free (?:shipping|delivery).{0,20}|best ?seller|new arrival|sale price|our price|current price|regular price|unit price|price per .{1,30}|(?:monthly|annual|yearly) (?:price|fee|cost|billing|plan|payment|rate|subscription)s?|set-?up fee|one[- ]time(?: fee| payment)?|discount.{0,20}|for (?:individuals|teams|small|large|growing|businesses|people|companies|startups).{0,60}|ideal for.{0,60}|perfect for.{0,60}|great for.{0,60}|designed for.{0,60}|built for.{0,60}|good for.{0,60}|everything you.{0,60}|.{0,20}free for ?ever|forever|free|custom|contact us|contact sales|let[’']s talk|talk to us|on request|auf anfrage|sur devis)$/i;

const FRAGMENT =
  /(?:^(?:(?:[Tt]o|of|for|from|in|on|at|by|with|and|or|per|up|plus|then|most|about|over|under|less than|more than|[Ff]rom|[Uu]p to|[Ll]ess than|[Mm]ore than|[Tt]hen|[Aa]nd|[Oo]r|[Pp]er)\b))|(?:\b(?:of|at|to|from|for|in|with|a|an|the|and|or|just|is|are|by|per|only|then|dann|puis|luego|your|our|than|cost|costs|least|has)$)|\/$/;
/** Part of a sentence around an amount, and no name. */
export function isFragment(text: string): boolean {
  return FRAGMENT.test(text) || /^\p{Ll}\p{L}* /u.test(text);
}

const PAGE_WORDS =
  /^(?:home|menu|about(?: us)?|contact|log ?in|sign ?in|search|blog|image|faqs?|overview|footnotes?|terms|privacy|help|support|read more|learn more|value|compare|amount|description|total)$/i;
/** Words of every page's frame. */
export function isPageWord(text: string): boolean {
  return PAGE_WORDS.test(text.trim());
}

const STICKER =
  /^(?:(?:most )?popular|best (?:value|seller|deal|choice)|recommended|featured|limited(?: time)?(?: offer)|save .{1,20}|[-–]?\d{1,2} ?% .{0,12}|our (?:pick|choice)|popular choice|beliebt|empfohlen|recommandé|recomendado|new|beta|sale|hot|coming soon)[!.]?$/i;
/** Words on a sticker beside or inside of a heading: not a part of the name. */
export function isSticker(text: string): boolean {
  return STICKER.test(text.trim()) || STICKER_WORDS.has(lowerCase(text.trim()));
}

const BADGE = /^(?:new|beta|sale|hot|top|soon|coming soon|pro tip|best)[!.]?$/i;
/** Words on a sticker, unless they stand where a heading stands. */
export function isBadge(text: string): boolean {
  return BADGE.test(text.trim());
}

/** Labels of a price that name nothing that one buys. "Free" and "Custom" are judged by the caller, since plans are called so too. */
export function isGenericLabel(text: string): boolean {
  const label = text.trim();
  const lower = lowerCase(label).replace(/[\s:：]+$/, '');
  return (
    /^(?:月額|年額|月々|初期|月间|每月)?(?:料金|価格|費用|利用料|费用|價格|价格)(?:[(（].*[)）])?$/u.test(
      label,
    ) ||
    /^(?:[\p{L}-]+ ){0,2}price:?$/iu.test(label) ||
    GENERIC.test(label) ||
    PRICE.has(lower) ||
    isNight(lower) ||
    STICKER_WORDS.has(lower) ||
    saysWhatIsLeftOut(lower) ||
    isPeriodOnly(label)
  );
}

/** "For Teams", "With AI": a plan's name where nothing longer follows. "For growing teams of any size" is none. */
export function isForName(text: string): boolean {
  return /^(?:For|With|In) (?:an? |the )?\p{Lu}[\p{L}\p{N}&+-]*(?: \p{Lu}[\p{L}\p{N}&+-]*)?$|^(?:For|With) (?:you|me|teams|business|everyone)$/u.test(
    text,
  );
}
