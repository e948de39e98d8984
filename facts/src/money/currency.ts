import type { PageBundle } from '../page/page-bundle';
import type { PageLanguage } from '../page/page-language';
import type { MoneyHabits } from './numbers';
import {
  CODES,
  FRACTION_DIGITS,
  SHARED_MARKS,
  UNIQUE_MARKS,
} from '../vocabulary/currency-marks';
import {
  RISKY,
  WORD_CODES,
  WRITTEN_MARKS,
  WRITTEN_SHARED,
} from '../vocabulary/written-marks';
import { hostCountry } from '../page/site';
import { createSharedReader, keyOf } from './shared-marks';

/** Codes that shops still print though ISO 4217 gave them up. */
const FORMER_CODES = 'HRK DEM ITL FRF PTE BYR MRO STD VEF ZMK RMB NIS';
const ALL_CODES = new Set([...CODES.split(' '), ...FORMER_CODES.split(' ')]);
const FORMER: Readonly<Record<string, string>> = {
  RMB: 'CNY',
  NIS: 'ILS',
};

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const byLength = (a: string, b: string) => b.length - a.length;
/** Marks that stand beside digits and letters alike: "3万円". */
const UNBOUND =
  /^[\p{Sc}円圓元块원บา:,]|^(?:元人民币|人民币|บาท|ユーロ|ドル)$/u;

const DOLLAR_CODES = 'USD|AUD|CAD|NZD|SGD|HKD|MXN|TWD|CLP|COP|ARS';
/** What may stand before a dollar sign: "US $99", "AU$5". */
const DOLLARS = `(?:(?:${DOLLAR_CODES}|NTD|CAN|AUS|MEX|US|AU|CA|NZ|HK|SG|MX|NT|BR)\\s?|U\\.S\\.|[ACS]|R)\\$`;

function markSource(): string {
  const marks = new Set([
    ...Object.keys(UNIQUE_MARKS),
    ...Object.keys(SHARED_MARKS),
    ...Object.keys(WRITTEN_MARKS),
  ]);
  const all = [...marks, ...ALL_CODES].sort(byLength);
  const free = all.filter(mark => UNBOUND.test(mark));
  const bound = all.filter(mark => !UNBOUND.test(mark));
  const list = (each: readonly string[]) => each.map(escape).join('|');
  // "29 $ US" and "29 $ CA" are what Québec writes.
  return `(?<![A-Za-z])${DOLLARS}|\\$ ?(?:${DOLLAR_CODES})(?=\\s?\\d)|\\$ ?(?:US|CA|AU|NZ|HK)(?![A-Za-z])|(?<![\\p{L}\\p{M}])(?:${list(
    bound,
  )})(?![\\p{L}\\p{M}])|${list(free)}`;
}

/** Matches one currency mark. No quantifier in it can run away. */
export const CURRENCY_MARK = new RegExp(markSource(), 'gu');

/** A dash in the place of the cents, behind a number that has no other mark. */
export const DASHED = /^,[-–—]$/;

/** Marks that stand before the amount where both sides hold a number and the page shows no habit. */
export const LEADS =
  /\$$|^(?:[£¥₹₩₱₦₵฿₪￥]|Rs\.?|₨|R|RM|Rp\.?|Php|KSh|KSH|[A-Z]{3})$/;

/** "Fr." is a franc on Swiss pages, and elsewhere where the amount is written as francs are: "Fr. 89.–". */
export const FRANCS = /^[Ss]?Fr\.?$/;

export interface CurrencyReader {
  /** True for a page of Switzerland: its language, its host, or its words say so. */
  swiss: boolean;
  /** Country whose dollar or peso the page itself names; undefined for US dollars, which pages of all countries ask for. */
  dollarCountry: string | undefined;
  /** ISO 4217 of a mark on this page. */
  read(mark: string): string | undefined;
  /** True for a mark that is a word or a letter of other meanings on this page, unless nothing else stands beside it. */
  isRisky(mark: string): boolean;
  /** How amounts of a currency are written. */
  habits(currency: string | undefined): MoneyHabits;
}

const DOLLAR_NAMES: Readonly<Record<string, string>> = {
  us: 'USD',
  australian: 'AUD',
  canadian: 'CAD',
  'new zealand': 'NZD',
  singapore: 'SGD',
  'hong kong': 'HKD',
  américains: 'USD',
  canadiens: 'CAD',
};
const SAID =
  /(?:prices?|pricing|amounts?|charges?|prix|tarifs|precios|preise|valores|preços)[^.\n]{0,40}?(?<!\p{L})(?:in|are|en|em)\s+(?:(US|Australian|Canadian|New Zealand|Singapore|Hong Kong) dollars|(?:dollars?|pesos?) (américains|canadiens|mexicanos)|(USD|AUD|CAD|NZD|SGD|HKD|MXN|COP|CLP|ARS)(?![A-Za-z]))/iu;
const CODED =
  /\$\s?\d[\d.,]{0,12}\s?(USD|AUD|CAD|NZD|SGD|HKD|MXN|COP|CLP|ARS)(?![A-Za-z])/g;
/** The head of a column or a heading: "Precio (MXN)", "Price, CAD". */
const HEADED =
  /(?<![^\n\t])(?:[\p{L}/]+ ){0,3}(?:prices?|pricing|costs?|fees?|rates?|precios?|costos?|tarifas?|prix|tarifs?|preços?|valor(?:es)?)(?: [\p{L}/]+){0,3}[ ,:]{0,2}[([]?(USD|AUD|CAD|NZD|SGD|HKD|MXN|COP|CLP|ARS)[)\]]?(?![^\n\t])/giu;
const MAX_TEXT = 400_000;

/** "All prices in AUD", "$29 CAD", "Precio (MXN)": what the page itself says about its dollar. */
function statedDollar(text: string): string | undefined {
  const said = SAID.exec(text.slice(0, MAX_TEXT));
  if (said?.[1]) return DOLLAR_NAMES[said[1].toLowerCase()];
  if (said?.[2]) return DOLLAR_NAMES[said[2].toLowerCase()] ?? 'MXN';
  if (said?.[3]) return said[3].toUpperCase();
  const only = (pattern: RegExp) => {
    const codes = new Set(
      [...text.slice(0, MAX_TEXT).matchAll(pattern)].map(([, code]) =>
        code.toUpperCase(),
      ),
    );
    return codes.size === 1 ? [...codes][0] : undefined;
  };
  return only(CODED) ?? only(HEADED);
}

function metaCurrency(meta: Readonly<Record<string, string>>) {
  const value =
    meta['product:price:currency'] ??
    meta['og:price:currency'] ??
    meta.priceCurrency ??
    '';
  return /^[A-Z]{3}$/.test(value) ? value : undefined;
}

function structuredCurrency(jsonLd: readonly string[]): string | undefined {
  for (const block of jsonLd) {
    const said = /"priceCurrency"\s{0,4}:\s{0,4}"([A-Z]{3})"/.exec(
      block.slice(0, 200_000),
    );
    if (said) return said[1];
  }
  return undefined;
}

/** A mark that says its country itself: "US$", "$ CA", "CAN $". */
function countryOfDollar(mark: string): string | undefined {
  const letters = mark.replace(/[\s.$]/g, '');
  if (!mark.includes('$') || letters === '') return undefined;
  const tight = mark.replace(/\s/g, '');
  const known =
    WRITTEN_MARKS[tight] ?? UNIQUE_MARKS[tight] ?? UNIQUE_MARKS[mark];
  if (known) return known;
  return ALL_CODES.has(letters) ? letters : UNIQUE_MARKS[`${letters}$`];
}

/** Home writes a decimal comma, for the currencies where the answer is clear. */
const HOME_COMMA =
  'EUR BRL ARS CLP COP UYU PYG TRY PLN CZK HUF RON BGN DKK NOK SEK ISK RUB UAH BYN KZT RSD MKD BAM IDR VND MAD DZD TND ZAR'.split(
    ' ',
  );
const HOME_DOT =
  'USD GBP AUD CAD NZD SGD HKD MXN TWD JPY CNY KRW INR PKR BDT LKR ILS AED SAR EGP QAR THB MYR PHP NGN KES GHS CHF'.split(
    ' ',
  );

/** Reads a page's currency marks: its own words first, then its metadata, its host, its region, and the language of its text. */
export function createCurrencyReader(
  bundle: PageBundle,
  { language, region }: PageLanguage = {},
): CurrencyReader {
  const { page, layout, text } = bundle;
  const country = hostCountry(page.finalUrl ?? page.url);
  const meta = metaCurrency(layout.meta) ?? structuredCurrency(layout.jsonLd);
  const stated = statedDollar(text);
  const shared = createSharedReader(bundle, { language, region }, [
    stated,
    meta,
  ]);
  const home = new Set([country, region].filter(Boolean));
  const meant = new Map<string, string | undefined>();
  const read = (mark: string): string | undefined => {
    if (!meant.has(mark)) meant.set(mark, decide(mark));
    return meant.get(mark);
  };
  const decide = (mark: string): string | undefined => {
    const dollar = countryOfDollar(mark);
    if (dollar) return FORMER[dollar] ?? dollar;
    const common = shared(mark);
    // What two share is of neither where nothing says whose it is.
    if (common || WRITTEN_SHARED[keyOf(mark)]) return common;
    const direct = WRITTEN_MARKS[mark];
    if (direct) return /^[A-Z]{3}$/.test(direct) ? direct : shared(direct);
    const printed = UNIQUE_MARKS[mark];
    if (printed) return printed;
    return ALL_CODES.has(mark) ? FORMER[mark] ?? mark : undefined;
  };
  return {
    swiss:
      region === 'CH' ||
      /^https?:\/\/[^/:?#]+\.(?:ch|swiss)(?:[/:?#]|$)/i.test(
        page.finalUrl ?? page.url,
      ) ||
      /\bCHF\b|Schweizer Franken|francs suisses/.test(text.slice(0, MAX_TEXT)),
    dollarCountry: stated === 'USD' ? undefined : stated?.slice(0, 2),
    read,
    isRisky(mark) {
      if (!RISKY.has(mark) && !WORD_CODES.has(mark)) return false;
      const code = read(mark);
      return !(code && home.has(code.slice(0, 2)));
    },
    habits(currency) {
      const digits = FRACTION_DIGITS[currency ?? ''] ?? 2;
      if (currency && HOME_COMMA.includes(currency))
        return { digits, comma: true };
      if (currency && HOME_DOT.includes(currency))
        return { digits, comma: false };
      return { digits };
    },
  };
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:US|U\.S\.|American) dollars?\b|\bUS-Dollar\b/i, 'USD'],
  [
    /\b(?:Swiss francs|Schweizer Franken|francs suisses|franchi svizzeri)\b/i,
    'CHF',
  ],
  [/\b(?:Australian dollars)\b/i, 'AUD'],
  [/\b(?:Canadian dollars)\b/i, 'CAD'],
  [/\b(?:pounds sterling|British pounds)\b/i, 'GBP'],
  [/\beuros?\b/i, 'EUR'],
  [/\bpesos mexicanos\b/i, 'MXN'],
  [/\breais\b/i, 'BRL'],
  [/(?<![\p{L}])złotych(?![\p{L}])/iu, 'PLN'],
  [/\b(?:Indian )?rupees\b/i, 'INR'],
];
const CODE = new RegExp(
  `\\b(?:${[...ALL_CODES].filter(code => !WORD_CODES.has(code)).join('|')})\\b`,
  'g',
);
const SIGN =
  /(?:\b(?:US|A|AU|CA|C|NZ|HK|S|R|MX|NT))?\$|[€£¥₹₽₩₺₴₪₱฿円]|(?<![\p{L}])(?:zł|Kč|kr|Ft|лв|lei|грн|руб|TL|RM|Rp)(?![\p{L}])|[元円圓원]/gu;

/** The one currency that a label names: by code, word or sign. Undefined where it names none, or two. */
export function numberCurrency(
  label: string,
  reader: Pick<CurrencyReader, 'read'>,
): { code: string; written: string } | undefined {
  const found = new Map<string, string>();
  for (const [pattern, code] of WORDS) {
    const word = pattern.exec(label);
    if (word) found.set(code, word[0]);
  }
  for (const [written] of label.matchAll(CODE)) {
    const code = reader.read(written);
    if (code) found.set(code, written);
  }
  if (found.size === 0)
    for (const [written] of label.matchAll(SIGN)) {
      const code = reader.read(written);
      if (code) found.set(code, written);
    }
  const [entry] = found;
  return entry && found.size === 1
    ? { code: entry[0], written: entry[1] }
    : undefined;
}
