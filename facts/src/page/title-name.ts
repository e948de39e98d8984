import { isCompanyName, nameOfHost } from '@agentworkloads/api';
import { PRICE_LABELS } from '../vocabulary/labels';

/** Which part of a page's title is the name of its company. */

const MAX_PART = 80;
/** What parts the page from its company in a title. */
const PARTS = /\s(?:[|–·•:/]|-)\s|\s*[|｜—·•»«]\s*|:\s|\s*：\s*/u;
const PAGE_TITLE =
  /^(?:home|pricing|prices?|plans?(?: (?:&|and) pricing)?|pricing (?:&|and) plans|plans and prices|preise|tarife|prix|tarifs?|precios|planes|prezzi|preços|planos|prijzen|tarieven|priser|hinnat|cennik|ceny|ceník|cenník|árak|prețuri|цени|цены|тарифы|ціни|тарифи|τιμές|fiyatlar|fiyatlandırma|الأسعار|מחירים|कीमत|मूल्य|価格|料金|요금|가격|价格|方案與價格|harga|giá|ราคา|welcome|official site|features|buy|shop|store)$/iu;
/** Words of pages, of calls and of what is sold: no company is told by them. */
const PAGE_WORDS = new Set(
  (
    'home homepage welcome official site website page help center centre docs documentation guide blog news press about contact support login ' +
    'signin sign register faq features product products solutions services software app apps platform online shop store buy order book get ' +
    'start try compare choose discover join save learn see view trial demo free cheap best top deals deal offers offer subscription ' +
    'subscriptions membership memberships billing checkout cart terms privacy careers jobs team startseite hilfe kontakt über angebote ' +
    'leistungen kaufen jetzt testen anmelden accueil aide acheter essayer inicio ayuda contacto comprar probar assistenza contatti home-page'
  ).split(' '),
);
/** Small words that stand inside of names. */
const JOINING =
  /^(?:&|\+|and|of|the|und|et|y|e|i|og|och|en|de|del|della|di|da|do|du|des|la|le|les|el|van|von|der|den)$/iu;
const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

const PRICE_WORDS = new Set(
  Object.values(PRICE_LABELS).flatMap(labels =>
    labels.map(label => label.toLowerCase()),
  ),
);
const PRICE_WORDS_JOINED = [...PRICE_WORDS].filter(
  word => word.length > 1 && NO_SPACES.test(word),
);
const MAX_GUESSED_WORDS = 3;

const wordsOf = (text: string): string[] =>
  text.split(/[^\p{L}\p{M}\p{N}&+'’.-]+/u).filter(Boolean);

/** The parts of a title, in its order. */
export function titleParts(title: string): string[] {
  return title
    .slice(0, 500)
    .split(PARTS)
    .map(part => part.trim())
    .filter(part => part.length > 1 && part.length <= MAX_PART);
}

/** Whether a part of a title says what page it is: "Plans & pricing", "料金プラン", "Compare plans". */
export function isPagePart(part: string): boolean {
  if (PAGE_TITLE.test(part)) return true;
  const lower = part.toLowerCase();
  if (PRICE_WORDS.has(lower)) return true;
  if (PRICE_WORDS_JOINED.some(word => lower.includes(word))) return true;
  return wordsOf(lower).some(
    word => PRICE_WORDS.has(word) || PAGE_WORDS.has(word),
  );
}

const letters = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** The words of the title that the host is made of: "Quillon" of "Quillon Pricing Plans" at `quillon.example`. */
function ofHost(parts: readonly string[], host: string): string | undefined {
  const label = letters(nameOfHost(host));
  if (label.length < 3) return undefined;
  for (const part of parts) {
    const words = part.split(/\s+/);
    for (let from = 0; from < words.length; from += 1)
      for (let to = words.length; to > from; to -= 1) {
        const some = words
          .slice(from, to)
          .join(' ')
          .replace(/^[^\p{L}\p{N}]+|[,;:]+$/gu, '');
        if (letters(some) === label) return some;
      }
  }
  return undefined;
}

/** Each word begins as a name's does; where letters have no case, any will do. */
function isNameLike(part: string, host: string): boolean {
  const words = wordsOf(part).filter(word => !JOINING.test(word));
  return (
    words.length > 0 &&
    words.length <= MAX_GUESSED_WORDS &&
    words.every(word => /^[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(word)) &&
    /\p{L}/u.test(part) &&
    !isPagePart(part) &&
    isCompanyName(part, host)
  );
}

/**
 * The company's name in a title: what its host is called, else the part that the page repeats where companies name themselves, else the
 * only part that could be a name. Undefined where two could: that would be a guess.
 * @param repeated texts of the link to the first page, and of the line with the copyright
 */
export function titleName(
  title: string,
  host: string,
  repeated: readonly string[],
): string | undefined {
  const parts = titleParts(title);
  const named = ofHost(parts, host);
  if (named && isCompanyName(named, host)) return named;
  const again = parts.find(
    part =>
      isCompanyName(part, host) &&
      !isPagePart(part) &&
      repeated.some(text => letters(text).includes(letters(part))),
  );
  if (again) return again;
  const likely = parts.filter(part => isNameLike(part, host));
  return parts.length > 1 && likely.length === 1 ? likely[0] : undefined;
}
