/** What stands beside an amount: for how long, for how many, how it is billed. */
export interface Terms {
  period?: Period;
  per?: string;
  billed?: string;
}

export type Period = 'month' | 'year' | 'week' | 'day' | 'hour' | 'once';

const PERIODS: readonly (readonly [Period, string])[] = [
  [
    'month',
    'months?|monthly|mon\\b|mo\\b|mth\\b|monat(?:lich)?|mtl|mt\\b|mois|mensuel(?:le)?|mes\\b|mensual(?:es)?|mese|mensile|m[êe]s\\b|mensal|maand(?:elijks)?|m[åa]ned(?:lig)?|md\\b|m[åa]nad|mån\\b|mies(?:i[ąa]c|ięcznie)?|měsíc(?:ně)?|mesec|ay\\b|aylık|мес(?:яц)?|ежемесячно|havonta|माह|महीन[ाे]|मासिक|ヶ?月|个?月|월|kuukausi|kk\\b|hónap|hó\\b|lun[ăa]',
  ],
  [
    'year',
    'years?|yearly|yr|annum|annual(?:ly)?|p\\.?a\\b|jahr|jährlich|an\\b|année|annuel(?:le)?|año|anual(?:es)?|anno|annuale|ano\\b|jaar(?:lijks)?|år(?:lig(?:t)?)?|rok\\b|rocznie|ročně|god|год|yıl(?:lık)?|ежегодно|évente|वर्ष|साल|वार्षिक|年|년|vuosi|év\\b',
  ],
  ['week', 'weeks?|weekly|wk|woche|wöchentlich|semaine|semana|settimana|week'],
  ['day', 'days?|daily|tag\\b|täglich|jour|día|dia\\b|giorno|dag\\b'],
  ['hour', 'hours?|hourly|hrs?\\b|stunde|std\\b|heure|hora|ora\\b|uur'],
  [
    'once',
    'one[- ]?time(?: (?:payment|fee|purchase|charge))?|once(?: only| off)?|one[- ]off|lifetime|life time|forever access|einmalig|einmalzahlung|paiement unique|pago único|una tantum|eenmalig|up-?front|setup(?: fee)?|set-up(?: fee)?',
  ],
];

const PERIOD_SOURCE = PERIODS.map(([, source]) => source).join('|');
const PERIOD_WORD = new RegExp(`^(?:${PERIOD_SOURCE})(?![\\p{L}])`, 'iu');
const PERIOD_TABLE = PERIODS.map(
  ([period, source]) =>
    [period, new RegExp(`^(?:${source})(?![\\p{L}])`, 'iu')] as const,
);

/** "/", "per", "a": a unit follows. */
const LINK =
  /^(?:\/|per\b|pr\.|p\.\s?|a\b|an\b|each\b|every\b|by the\b|by\b|pro\b|je\b|im\b|par\b|por\b|al\b|a la\b|all'|à la\b|à l'|प्रति|हर|na\b|za\b|в\b|за\b|och\b|and\b|und\b|et\b|y\b|e\b|每|&|×|x\b)\s*/iu;
const FILLER =
  /^(?:[\s,;:()[\].·•|*+†‡¹²³–—-]+|\+ ?(?:vat|tax|gst)\b|(?:excl|incl|ex|inc)\.?(?:uding|usive)?(?: of)? ?(?:vat|tax(?:es)?|gst|mwst|ttc|ht)?\b|plus (?:vat|tax)\b|zzgl\.? mwst\.?|inkl\.? mwst\.?|(?:ht|ttc|only|just|flat(?: fee| rate)?|starting|from|usd|eur|gbp|aud|cad|when|if|is)\b)/iu;
const BILLED =
  /^(?:(?:(?:when|if|and|is)\s+)?(?:billed|paid|invoiced|charged|pay|payable|with|on)\s+(?:an?\s+|once\s+(?:an?\s+)?|per\s+|every\s+|in\s+)?(?:annual(?:ly)?|yearly|year|monthly|month|quarterly|quarter|weekly|upfront|advance|12 months)(?:\s+(?:upfront|in advance|billing|plan|commitment|contract|subscription))?|(?:annual|yearly|monthly|quarterly) (?:billing|contract|commitment|payment|subscription|plan)|bei (?:jährlicher|monatlicher) (?:zahlung|abrechnung|zahlweise)|(?:jährlich|monatlich) (?:abgerechnet|bezahlt|zahlbar)|facturé(?:e|s)? (?:annuellement|mensuellement|par an|par mois)|facturado (?:anualmente|mensualmente)|fatturat[oi] (?:annualmente|mensilmente))/iu;

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
const EAST_UNIT = /^(ユーザー|アカウント|用户|人|名|台)(?=[每/／・あに])/u;
const ANY_UNIT =
  /^((?:[\d.,]{1,12}\s?[kKmM]?\s+)?[\p{L}][\p{L}-]{1,24})(?![\p{L}])/u;
const NOT_UNITS =
  /^(?:the|your|our|this|that|all|any|more|than|for|with|to|and|or|of|in|on|at|from|plan|free|save|get|up|month|year|no|not|is|are|will|you|we|it|includes?|including|billed|paid|start|buy|try)$/i;

/** Words that mean a period without "per" before them. "an" and "mes" are years and months only after a link. */
const BARE_PERIOD =
  /^(?:months?|monthly|mo\b|mth\b|monatlich|mtl|mensuel(?:le)?|mensual(?:es)?|mensile|mensal|maandelijks|m[åa]nedlig|years?|yearly|yr\b|annual(?:ly)?|jährlich|annuel(?:le)?|anual(?:es)?|annuale|jaarlijks|årlig|weekly|wöchentlich|daily|täglich|hourly|hrs?\b|one[- ]time|once|one[- ]off|lifetime|life time|einmalig|einmalzahlung|paiement unique|pago único|una tantum|eenmalig|up-?front|set-?up(?: fee)?|aylık|yıllık|मासिक|वार्षिक|ежемесячно|ежегодно|havonta|évente|rocznie|miesięcznie|ročně|měsíčně|월|个?月|年|년|ヶ?月)(?![\p{L}])/iu;

export function periodOf(word: string): Period | undefined {
  return PERIOD_TABLE.find(([, pattern]) => pattern.test(word))?.[0];
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

/** Units in other languages, so that companies can be compared. The quote keeps the word of the page. */
const IN_ENGLISH: Readonly<Record<string, string>> = {
  nutzer: 'user',
  benutzer: 'user',
  utilisateur: 'user',
  usuario: 'user',
  utente: 'user',
  utenti: 'user',
  gebruiker: 'user',
  användare: 'user',
  bruker: 'user',
  bruger: 'user',
  użytkownik: 'user',
  arbeitsplatz: 'seat',
  platz: 'seat',
  mitarbeiter: 'employee',
  pracownik: 'employee',
  pracownika: 'employee',
  użytkownika: 'user',
  użytkowników: 'user',
  usuário: 'user',
  उपयोगकर्ता: 'user',
  यूज़र: 'user',
  ユーザー: 'user',
  用户: 'user',
  人: 'user',
  名: 'user',
  lizenz: 'license',
  licence: 'license',
};

function unitName(unit: string): string {
  const name = singular(tidy(unit));
  return IN_ENGLISH[name] ?? name;
}

function singular(unit: string): string {
  return /^(?:.*\d|.*\b(?:million|thousand))/.test(unit) ||
    !/[a-z]s$/.test(unit)
    ? unit
    : unit.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}

function takeTerm(cursor: Cursor, terms: Terms, linked: string): boolean {
  const period = PERIOD_WORD.exec(cursor.rest);
  if (period && (linked !== '' || BARE_PERIOD.test(cursor.rest))) {
    terms.period ??= periodOf(period[0]);
    take(cursor, period[0].length, true);
    return true;
  }
  const unit = UNIT_WORD.exec(cursor.rest) ?? EAST_UNIT.exec(cursor.rest);
  const goesOn = /^\s*(?:\/|per\b|a\b|pro\b)/i;
  const bare =
    unit !== null &&
    !/^\d/.test(unit[1]) &&
    goesOn.test(cursor.rest.slice(unit[0].length));
  if (unit && (linked !== '' || bare)) {
    terms.per ??= unitName(unit[1]);
    take(cursor, unit[0].length, true);
    return true;
  }
  // "/line/month": any word between two strokes is a unit.
  const stroke =
    linked.startsWith('/') && /^[\p{L}-]{2,24}\s?\//u.test(cursor.rest);
  const any =
    stroke || /^(?:per|pro|par|por|each)\b/i.test(linked)
      ? ANY_UNIT.exec(cursor.rest)
      : null;
  if (!any || NOT_UNITS.test(any[1])) return false;
  terms.per ??= unitName(any[1]);
  take(cursor, any[0].length, true);
  return true;
}

/**
 * Reads terms from the start of `text` and stops at the first word that is none: "/user / month, billed annually — includes" gives
 * user, month, "billed annually".
 */
export function parseTerms(text: string): ParsedTerms {
  const terms: Terms = {};
  const cursor: Cursor = { rest: text.slice(0, 160), used: 0, lastUsed: 0 };
  for (let guard = 0; guard < 24 && cursor.rest !== ''; guard += 1) {
    const billed = BILLED.exec(cursor.rest);
    if (billed) {
      terms.billed ??= tidy(billed[0]).replace(/^(?:when|if|and|is) /, '');
      take(cursor, billed[0].length, true);
      continue;
    }
    const link = LINK.exec(cursor.rest);
    if (link && link[0].length < cursor.rest.length) {
      const ahead: Cursor = { ...cursor };
      take(ahead, link[0].length, false);
      if (takeTerm(ahead, terms, link[0])) {
        Object.assign(cursor, ahead);
        continue;
      }
    }
    if (takeTerm(cursor, terms, '')) continue;
    const filler = FILLER.exec(cursor.rest);
    if (!filler) break;
    take(cursor, filler[0].length, false);
  }
  return { terms, used: cursor.lastUsed, found: cursor.lastUsed > 0 };
}

/** "Monthly plans" over cards says for how long they are; "billed annually" does not. */
function plannedPeriod(billed: string | undefined): Period | undefined {
  const planned = /^(annual|yearly|monthly) /.exec(billed ?? '');
  return planned ? periodOf(planned[1]) : undefined;
}

const WHOLE_PERIOD =
  /^(?:months?|years?|weeks?|days?|hours?|monat|jahr|mois|mes|mese)$/i;

/** A period said anywhere in a label: a column head "Price per month", a caption "Monthly plans". */
export function termsInLabel(label: string): Terms {
  if (WHOLE_PERIOD.test(label.trim()))
    return { period: periodOf(label.trim()) };
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
