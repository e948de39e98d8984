import {
  BILLED_WORDS,
  LINK_WORDS,
  PERIOD_WORDS,
  type PeriodName,
} from '../vocabulary/periods';
import { passStarted } from './started-units';
import { AND } from '../vocabulary/range-words';
import { TAX_WORDS } from '../vocabulary/tax-words';
import {
  NIGHT_WORDS,
  NIGHTLY_WORDS,
  PER_USER_WORDS,
} from '../vocabulary/units';
import { unitName } from './unit-names';
import {
  createLexicon,
  lexiconOf,
  lowerCase,
  UNPARTED,
  wordLexicon,
  wordsOf,
  type Lexicon,
} from '../vocabulary/words';

/** What stands beside an amount: for how long, for how many, how it is billed. */
export interface Terms {
  period?: Period;
  per?: string;
  billed?: string;
}

export type Period = PeriodName;

const NAMES = Object.keys(PERIOD_WORDS) as Period[];

/** Every word of a period with its period; of one language, or of all. */
function periodWords(
  part: 'nouns' | 'adverbs',
  language?: string,
): (readonly [string, Period])[] {
  return NAMES.flatMap(name => {
    const table = PERIOD_WORDS[name][part];
    const words = language
      ? table[language] ?? []
      : Object.values(table).flat();
    return words.map(word => [word, name] as const);
  });
}

const ADVERBS = periodWords('adverbs');
const ALL = [...periodWords('nouns'), ...ADVERBS];
/** Words that mean a period without "per" before them. */
const BARE = createLexicon(ADVERBS);
const WORD = createLexicon(ALL);
/** Words of a language after links of that language: "par mois", but not "by an". */
const BY_LANGUAGE = new Map(
  Object.keys(LINK_WORDS).map(language => [
    language,
    createLexicon([
      ...periodWords('nouns', language),
      ...periodWords('adverbs', language),
    ]),
  ]),
);
/** A link with the languages that it links in. */
const LINKS = createLexicon(
  (() => {
    const links = new Map<string, string[]>();
    for (const [language, words] of Object.entries(LINK_WORDS))
      for (const word of words)
        links.set(word, [...(links.get(word) ?? []), language]);
    return links;
  })(),
);
/** "/", "per": a word of any language may follow. */
const ANY_LINK = /^(?:\/|(?:per|pro|je)(?![\p{L}\p{M}])|[&×])\s*/u;

/** "/", "per", "a": a unit follows. */
const LINK =
  /^(?:\/|pr\.|p\.\s?|all'|à l'|每|&|×|(?:per|a|an|each|every|by the|by|pro|je|im|par|por|al|a la|à la|प्रति|हर|na|za|pe|po|в|за|на|och|og|ja|en|and|und|et|y|e|i|și|és|ve|και|ανά|لكل|כל|לכל|x)(?![\p{L}\p{M}]))\s*/iu;
const FILLER =
  /^(?:[\s,;:()[\].·•|*+†‡¹²³–—-]+|\+ ?(?:vat|tax|gst)\b|(?:excl|incl|ex|inc)\.?(?:uding|usive)?(?: of)? ?(?:vat|tax(?:es)?|gst|mwst|ttc|ht)?\b|plus (?:vat|tax)\b|zzgl\.? mwst\.?|inkl\.? mwst\.?|(?:ht|ttc|only|just|flat(?: fee| rate)?|starting|from|t[óő]l(?!\p{L})|alkaen(?!\p{L})|usd|eur|gbp|aud|cad|nzd|sgd|hkd|mxn|cop|clp|ars|pen|uyu|brl|chf|sek|nok|dkk|pln|czk|huf|inr|php|zar|kes|aed|sar|when|if|is)\b|\+ ?(?:iva|tva|mwst|btw|moms|dph|áfa|kdv)\b|(?:消費)?税[込抜別]み?|含税|未税|부가세 ?(?:별도|포함))/iu;
const BILLED =
  /^(?:(?:(?:when|if|and|is)\s+)?(?:billed|paid|paying|you pay|invoiced|charged|pay|payable|with|on)\s+(?:an?\s+|once\s+(?:an?\s+)?|per\s+|every\s+|in\s+)?(?:annual(?:ly)?|yearly|year|monthly|month|quarterly|quarter|weekly|upfront|advance|12 months)(?:\s+(?:upfront|in advance|billing|plan|commitment|contract|subscription))?|(?:annual|yearly|monthly|quarterly) (?:billing|contract|commitment|payment|subscription|plan)|bei (?:jährlicher|monatlicher) (?:zahlung|abrechnung|zahlweise)|(?:jährlich|monatlich) (?:abgerechnet|bezahlt|zahlbar)|facturé(?:e|s)? (?:annuellement|mensuellement|par an|par mois)|facturado (?:anualmente|mensualmente)|fatturat[oi] (?:annualmente|mensilmente))/iu;
const BILLING = createLexicon(
  Object.values(BILLED_WORDS)
    .flat()
    .map(word => [word, true] as const),
);
/** Words of months and years as they begin, for languages that inflect them. */
const STEMS = ALL.filter(
  ([word, period]) =>
    (period === 'month' || period === 'year') &&
    (word.length > 2 || UNPARTED.test(word)),
).map(([word]) => lowerCase(word));
const MAX_ENDING = 4;
const TOKEN = /[\p{L}\p{M}][\p{L}\p{M}'’.-]*|[^\s]/gu;
const MAX_TOKENS = 8;

const STEMS_BY_FIRST = new Map(
  [...new Set(STEMS.map(stem => stem[0]))].map(first => [
    first,
    STEMS.filter(stem => stem.startsWith(first)),
  ]),
);

/** A word of a month or a year, however it ends. @param token in small letters */
export function isInflected(token: string): boolean {
  return (STEMS_BY_FIRST.get(token[0]) ?? []).some(
    stem => token.startsWith(stem) && token.length <= stem.length + MAX_ENDING,
  );
}

/** The length of "jährlich abgerechnet", "facturé par an", "請求" with "年額" at the start of `text`; 0 where there is none. */
function billedLength(text: string): number {
  const lower = lowerCase(text.slice(0, 80));
  let billing: number | undefined;
  let period: number | undefined;
  let seen = 0;
  for (const match of lower.matchAll(TOKEN)) {
    const [token] = match;
    seen += 1;
    if (
      seen > MAX_TOKENS ||
      /[!?;,\d–—•|]/.test(token) ||
      (/\.$/.test(token) && token.length > 6)
    )
      return 0;
    const lone = UNPARTED.test(token) && token.length > 2;
    const known = BILLING.longestAt(lower, match.index);
    const within = lone && BILLING.endsIn(token).length > 0;
    if (known || within)
      billing ??= match.index + Math.max(known?.length ?? 0, token.length);
    if (
      isInflected(token) ||
      (lone && STEMS.some(stem => token.includes(stem)))
    )
      period ??= match.index + token.length;
    if (seen === 1 && !/^\p{L}/u.test(token)) return 0;
    if (billing !== undefined && period !== undefined) {
      const end = Math.max(billing, period);
      // "month, billed annually": the period before is not what is billed.
      const next = /^\s?([\p{L}\p{M}]+)/u.exec(lower.slice(end));
      return billing > period && next && isInflected(next[1]) ? 0 : end;
    }
    // What begins with neither of the two within three words says nothing of billing.
    if (seen >= 3 && billing === undefined && period === undefined) return 0;
  }
  return 0;
}

/** Things that are bought by the piece. `/x` needs one of them; `per x` takes any word. */
const UNITS =
  '\\d{1,2}\\s?(?:months?|mo|years?|weeks?|days?)|quarters?|users?|seats?|members?|agents?|editors?|people|person|persons|sites?|websites?|stores?|domains?|employees?|hosts?|contacts?|projects?|licen[sc]es?|workspaces?|devices?|teams?|locations?|servers?|instances?|nodes?|cores?|vcpus?|cpus?|gb|gib|tb|tib|mb|requests?|calls?|credits?|events?|messages?|emails?|sms|minutes?|mins?|transactions?|orders?|invoices?|customers?|subscribers?|clients?|accounts?|companies|company|students?|learners?|teachers?|classes|class|rooms?|beds?|units?|properties|property|vehicles?|drivers?|technicians?|developers?|devs?|contributors?|committers?|admins?|creators?|collaborators?|participants?|attendees?|guests?|tickets?|documents?|docs?|pages?|images?|videos?|streams?|monitors?|endpoints?|assets?|tests?|builds?|repos?|repositories|repository|clusters?|pods?|containers?|tables?|rows?|records?|visitors?|views?|sessions?|impressions?|clicks?|leads?|kg|lb|piece|pack|box|bottle|nutzer|benutzer|arbeitsplatz|mitarbeiter|platz|lizenz|utilisateurs?|usuarios?|utent[ei]|gebruikers?|användare|bruker|brugere?|pracownika?|użytkownika?|użytkowników|os(?:oba|oby|obę)|usuários?|उपयोगकर्ता|यूज़र|ユーザー|アカウント|名|人';
const UNIT_WORD = new RegExp(
  `^((?:(?:active|additional|extra|named|full|paid|billable|monthly active|million|thousand|billion|${
    /[\d.,]{1,12}\s?[kKmM]?/.source
  })\\s+){0,2}(?:${UNITS}))(?![\\p{L}])`,
  'iu',
);
/** Where words are not parted by spaces. */
const EAST_UNIT =
  /^(?:位|个|個)?(ユーザー|アカウント|使用者|用户|用戶|成员|成員|席位|账号|帳號|사용자|인|명|人|名|台)(?=[每/／・あに당\s]|$)/u;
const ANY_UNIT =
  /^((?:[\d.,]{1,12}\s?[kKmM]?\s+)?[\p{L}][\p{L}-]{1,24})(?![\p{L}])/u;
const NOT_UNITS =
  /^(?:the|your|our|this|that|all|any|more|than|for|with|to|and|or|of|in|on|at|from|plan|free|save|get|up|month|year|no|not|is|are|will|you|we|it|includes?|including|billed|paid|start|buy|try|courriel|e-mail|mail|courrier|post|chat|t[ée]l[ée]phone|telefon[oe]?|teléfono|correo|posta|brief)$/i;

interface Found<Value> {
  value: Value;
  length: number;
}

/**
 * A link and a word behind it at the start of `text`, which is in small letters.
 * @param any words of all languages
 * @param byLanguage words of each language that has links
 * @param own languages of the page: what a word means in them goes first
 */
function linkedWord<Value>(
  text: string,
  any: Lexicon<Value>,
  byLanguage: ReadonlyMap<string, Lexicon<Value>>,
  own: readonly string[] = [],
): Found<Value> | undefined {
  const anyLink = ANY_LINK.exec(text)?.[0].length;
  if (anyLink !== undefined) {
    // "грн/год." is an hour in Kyiv, and "₽/год" a year in Moscow.
    const [home] = own.flatMap(
      language => byLanguage.get(language)?.longestAt(text, anyLink) ?? [],
    );
    const word = home ?? any.longestAt(text, anyLink);
    if (word) return { value: word.value, length: anyLink + word.length };
  }
  for (const link of LINKS.allAt(text, 0)) {
    const gap = /^\s*/.exec(text.slice(link.length))![0].length;
    const at = passStarted(text, link.length + gap);
    for (const language of link.value) {
      const word = byLanguage.get(language)?.longestAt(text, at);
      if (word) return { value: word.value, length: at + word.length };
    }
  }
  return undefined;
}

/** "par mois", "/mo" at the start of `text`, which is in small letters. */
function linkedPeriod(
  text: string,
  own?: readonly string[],
): Found<Period> | undefined {
  return linkedWord(text, WORD, BY_LANGUAGE, own);
}

/** Without the "+", which has been passed over with the white space. */
const TAXES = wordLexicon(
  wordsOf(TAX_WORDS).map(word => word.replace(/^\+\s?/, '')),
);
const NIGHT = lexiconOf(NIGHT_WORDS);
const NIGHT_BY_LANGUAGE = new Map(
  Object.keys(NIGHT_WORDS).map(language => [
    language,
    lexiconOf(NIGHT_WORDS, [language]),
  ]),
);
const NIGHTLY = lexiconOf(NIGHTLY_WORDS);
const PER_USER = lexiconOf(PER_USER_WORDS);

/** A word of a night and nothing else. @param label in small letters */
export const isNight = (label: string): boolean => NIGHT.has(label);

/** "par nuit", "cada noche" at the start of `text`, which is in small letters. */
function linkedNight(text: string): Found<true> | undefined {
  return linkedWord(text, NIGHT, NIGHT_BY_LANGUAGE);
}

/** The period that a word or a few say: "month", "jährlich", "par mois". */
export function periodOf(word: string): Period | undefined {
  const lower = lowerCase(word);
  return WORD.longestAt(lower, 0)?.value ?? linkedPeriod(lower)?.value;
}

export interface ParsedTerms {
  terms: Terms;
  /** Characters from the start that were understood. */
  used: number;
  /** True when something was learnt, not only skipped. */
  found: boolean;
}

interface Cursor {
  rest: string;
  used: number;
  lastUsed: number;
}

function take(cursor: Cursor, length: number, learnt: boolean): void {
  cursor.used += length;
  cursor.rest = cursor.rest.slice(length);
  if (learnt) cursor.lastUsed = cursor.used;
}

function tidy(words: string): string {
  return words.replace(/\s+/g, ' ').trim().toLowerCase().slice(0, 60);
}

/** "на потребител на месец": a word between two links is a unit in any language. */
function goesOnWithPeriod(rest: string): boolean {
  const word = /^[\p{L}\p{M}]{2,24}\s?/u.exec(rest);
  if (!word) return false;
  const behind = lowerCase(rest.slice(word[0].length, 60));
  return (linkedPeriod(behind) ?? linkedNight(behind)) !== undefined;
}

function takePeriod(
  cursor: Cursor,
  terms: Terms,
  own: readonly string[],
): boolean {
  const lower = lowerCase(cursor.rest);
  const linked = linkedPeriod(lower, own);
  const bare = BARE.longestAt(lower, 0);
  const found =
    (bare?.length ?? 0) > (linked?.length ?? 0) ? bare : linked ?? bare;
  if (!found) return false;
  terms.period ??= found.value;
  take(cursor, found.length, true);
  return true;
}

/** A night is a day of the calendar, and a unit of its own beside it. */
function takeNight(cursor: Cursor, terms: Terms, linked: string): boolean {
  const text = lowerCase(cursor.rest.slice(0, 40));
  const night =
    linked === ''
      ? linkedNight(text) ?? NIGHTLY.longestAt(text, 0)
      : NIGHT.longestAt(text, 0);
  if (!night) return false;
  terms.per ??= 'night';
  terms.period ??= 'day';
  take(cursor, night.length, true);
  return true;
}

/** "kasutaja kohta", "لكل مستخدم": said in one phrase. */
function takePerUser(cursor: Cursor, terms: Terms): boolean {
  const phrase = PER_USER.longestAt(lowerCase(cursor.rest.slice(0, 60)), 0);
  if (!phrase) return false;
  terms.per ??= 'user';
  take(cursor, phrase.length, true);
  return true;
}

const AND_BEFORE = new RegExp(`^(?:${AND}|&)\\s+`, 'iu');

/** "par utilisateur et par mois": a second term follows. */
function takeAnd(cursor: Cursor): boolean {
  const and = AND_BEFORE.exec(cursor.rest)?.[0];
  if (!and || cursor.lastUsed === 0) return false;
  if (!linkedPeriod(lowerCase(cursor.rest.slice(and.length, 60)))) return false;
  take(cursor, and.length, false);
  return true;
}

function takeUnit(cursor: Cursor, terms: Terms, linked: string): boolean {
  if (linked !== '' && takeNight(cursor, terms, linked)) return true;
  const unit = UNIT_WORD.exec(cursor.rest) ?? EAST_UNIT.exec(cursor.rest);
  const goesOn = /^\s*(?:\/|per\b|a\b|pro\b)/i;
  const bare =
    unit !== null &&
    !/^\d/.test(unit[1]) &&
    goesOn.test(cursor.rest.slice(unit[0].length));
  if (unit && (linked !== '' || bare)) {
    terms.per ??= unitName(tidy(unit[1]));
    take(cursor, unit[0].length, true);
    return true;
  }
  // "/line/month": any word between two strokes is a unit.
  const stroke =
    linked.startsWith('/') && /^[\p{L}-]{2,24}\s?\//u.test(cursor.rest);
  const any =
    stroke ||
    /^(?:per|pro|par|por|each)\b/i.test(linked) ||
    (linked !== '' && goesOnWithPeriod(cursor.rest))
      ? ANY_UNIT.exec(cursor.rest)
      : null;
  if (!any || NOT_UNITS.test(any[1])) return false;
  terms.per ??= unitName(tidy(any[1]));
  take(cursor, any[0].length, true);
  return true;
}

/**
 * Reads terms from the start of `text` and stops at the first word that is none: "/user / month, billed annually — includes" gives
 * user, month, "billed annually".
 *
 * @param own languages of the page, for words that mean another period in another one
 */
export function parseTerms(
  text: string,
  own: readonly string[] = [],
): ParsedTerms {
  const terms: Terms = {};
  const cursor: Cursor = { rest: text.slice(0, 160), used: 0, lastUsed: 0 };
  for (let guard = 0; guard < 24 && cursor.rest !== ''; guard += 1) {
    const length =
      BILLED.exec(cursor.rest)?.[0].length ?? billedLength(cursor.rest);
    if (length > 0) {
      const billed = cursor.rest.slice(0, length);
      terms.billed ??= tidy(billed).replace(/^(?:when|if|and|is) /, '');
      take(cursor, length, true);
      continue;
    }
    if (takePeriod(cursor, terms, own) || takeNight(cursor, terms, ''))
      continue;
    if (takePerUser(cursor, terms) || takeAnd(cursor)) continue;
    const link = LINK.exec(cursor.rest);
    if (link && link[0].length < cursor.rest.length) {
      const ahead: Cursor = { ...cursor };
      take(ahead, link[0].length, false);
      if (takeUnit(ahead, terms, link[0])) {
        Object.assign(cursor, ahead);
        continue;
      }
    }
    if (takeUnit(cursor, terms, '')) continue;
    const filler =
      FILLER.exec(cursor.rest)?.[0].length ??
      TAXES.longestAt(lowerCase(cursor.rest), 0)?.length;
    if (!filler) break;
    take(cursor, filler, false);
  }
  return { terms, used: cursor.lastUsed, found: cursor.lastUsed > 0 };
}

/** "Monthly plans" over cards says for how long they are; "billed annually" does not. */
function plannedPeriod(billed: string | undefined): Period | undefined {
  const planned = /^(annual|yearly|monthly) /.exec(billed ?? '');
  return planned ? periodOf(planned[1]) : undefined;
}

/** A label that is a word of a period and nothing else: "Month". */
function wholePeriod(label: string): Period | undefined {
  if (label.length < 2 && !UNPARTED.test(label)) return undefined;
  const found = WORD.longestAt(lowerCase(label), 0);
  return found?.length === label.length ? found.value : undefined;
}

/** A label that says for how long and nothing else: "Monthly", "월간". Single letters are none. */
export function isPeriodOnly(label: string): boolean {
  const word = label.trim();
  const long = UNPARTED.test(word) ? word.length > 1 : word.length > 4;
  return long && wholePeriod(word) !== undefined;
}

const NOUN = createLexicon(periodWords('nouns'));

/** "Month", "месец", and not "Daily", which may be how often something is done. */
export const isPeriodNoun = (label: string): boolean =>
  isPeriodOnly(label) && NOUN.has(lowerCase(label.trim()));

/** A period said anywhere in a label: a column head "Price per month", a caption "Monthly plans". */
export function termsInLabel(label: string): Terms {
  const whole = wholePeriod(label.trim());
  if (whole) return { period: whole };
  const words = label.slice(0, 200).split(/(?<=[\s(/])|(?=[/(])/u);
  const found: Terms = {};
  for (let index = 0; index < words.length; index += 1) {
    const { terms } = parseTerms(words.slice(index, index + 8).join(''));
    found.billed ??= terms.billed;
    if (/^(?:\/|per|pro|par|por|a)\b/i.test(words[index]) || !terms.per)
      found.per ??= terms.per;
    found.period ??= terms.period ?? plannedPeriod(terms.billed);
  }
  return found;
}

/** Fills what `terms` leaves open from `more`. */
export function mergeTerms(terms: Terms, more: Terms): Terms {
  return {
    period: terms.period ?? more.period,
    per: terms.per ?? more.per,
    billed: terms.billed ?? more.billed,
  };
}
