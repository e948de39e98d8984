import type { PageBundle } from './page-bundle';

/** ISO 4217 codes that sites write out. Those that are also everyday words or product names are left out on purpose. */
const CODES =
  'USD EUR GBP CHF SEK NOK DKK ISK PLN CZK HUF RON BGN AUD CAD NZD SGD HKD JPY CNY RMB INR KRW BRL MXN ZAR ILS AED SAR QAR THB IDR MYR VND TWD UAH RUB CLP COP ARS PEN NGN KES EGP MAD PKR LKR BDT KZT GEL RSD';

const SYMBOLS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  '₽': 'RUB',
  '₩': 'KRW',
  '₺': 'TRY',
  '₴': 'UAH',
  '₫': 'VND',
  '₪': 'ILS',
  '₱': 'PHP',
  '฿': 'THB',
  '₦': 'NGN',
  '₵': 'GHS',
  '₸': 'KZT',
  '₾': 'GEL',
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD',
  CA$: 'CAD',
  CAD$: 'CAD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  SG$: 'SGD',
  MX$: 'MXN',
  NT$: 'TWD',
  R$: 'BRL',
  zł: 'PLN',
  Kč: 'CZK',
  Ft: 'HUF',
  lei: 'RON',
  лв: 'BGN',
  руб: 'RUB',
  euros: 'EUR',
  euro: 'EUR',
  Euro: 'EUR',
  円: 'JPY',
  元: 'CNY',
  원: 'KRW',
  RMB: 'CNY',
  dollars: '$',
  'SFr.': 'CHF',
  'Fr.': 'CHF',
};

/** A symbol that several currencies share, by country of the page. */
const SHARED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  $: {
    AU: 'AUD',
    CA: 'CAD',
    NZ: 'NZD',
    SG: 'SGD',
    HK: 'HKD',
    MX: 'MXN',
    AR: 'ARS',
    CL: 'CLP',
    CO: 'COP',
    TW: 'TWD',
    '': 'USD',
  },
  '¥': { JP: 'JPY', CN: 'CNY', ja: 'JPY', zh: 'CNY', '': 'JPY' },
  kr: {
    SE: 'SEK',
    NO: 'NOK',
    DK: 'DKK',
    IS: 'ISK',
    sv: 'SEK',
    nb: 'NOK',
    nn: 'NOK',
    no: 'NOK',
    da: 'DKK',
    is: 'ISK',
    '': 'SEK',
  },
  'Rs.': { PK: 'PKR', LK: 'LKR', NP: 'NPR', '': 'INR' },
  Rs: { PK: 'PKR', LK: 'LKR', NP: 'NPR', '': 'INR' },
};

/** Matches one currency mark. No quantifier in it can run away. */
export const CURRENCY_MARK = new RegExp(
  `(?:(?<![A-Za-z])(?:(?<!\\d\\s?)(?:USD|AUD|CAD|NZD|SGD|HKD|MXN|TWD|CLP|COP|ARS)\\s?|US|AU?|CA?D?|NZ|HK|SG?|MX|NT|R))?\\$|[€£¥₹₽₩₺₴₫₪₱฿₦₵₸₾円元원]|(?<![A-Za-z])(?:${CODES.split(
    ' ',
  ).join(
    '|',
  )}|Rs(?:\\.(?=\\s?\\d))?|kr|SEK|Euros?|euros?|dollars|lei|Ft)(?![A-Za-z])|(?<![A-Za-z])S?Fr\\.|zł|Kč|лв|руб`,
  'g',
);

/** Marks that stand before the amount where both sides hold a number. */
export const LEADS = /^(?:[A-Z]{0,3}\s?\$|[£¥₹₩₱₦₵฿]|Rs\.?)$/;

/** "Fr." is a franc on Swiss pages, and elsewhere where the amount is written as francs are: "Fr. 89.–". */
export const FRANCS = /^S?Fr\.$/;

export interface CurrencyReader {
  /** True for a page of Switzerland: its language, its host, or its words say so. */
  swiss: boolean;
  /** ISO 4217 of a mark on this page. */
  read(mark: string): string | undefined;
}

const TOP_LEVEL: Readonly<Record<string, string>> = {
  au: 'AU',
  ca: 'CA',
  nz: 'NZ',
  sg: 'SG',
  hk: 'HK',
  mx: 'MX',
  ar: 'AR',
  cl: 'CL',
  jp: 'JP',
  cn: 'CN',
  tw: 'TW',
  se: 'SE',
  no: 'NO',
  dk: 'DK',
  is: 'IS',
  pk: 'PK',
  lk: 'LK',
  np: 'NP',
};

function hostCountry(url: string): string | undefined {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? '';
  return TOP_LEVEL[host.split('.').pop()?.toLowerCase() ?? ''];
}

/** "All prices in AUD" and the like: what the page itself says about its dollar. */
function statedDollar(text: string): string | undefined {
  const said =
    /(?:prices?|pricing|amounts?|charges?)[^.\n]{0,40}?\b(?:in|are)\s+(?:(US|Australian|Canadian|New Zealand|Singapore|Hong Kong) dollars|(USD|AUD|CAD|NZD|SGD|HKD|MXN)\b)/i.exec(
      text.slice(0, 400_000),
    );
  const names: Readonly<Record<string, string>> = {
    us: 'USD',
    australian: 'AUD',
    canadian: 'CAD',
    'new zealand': 'NZD',
    singapore: 'SGD',
    'hong kong': 'HKD',
  };
  if (said?.[1]) return names[said[1].toLowerCase()];
  return said?.[2]?.toUpperCase();
}

function metaCurrency(meta: Readonly<Record<string, string>>) {
  const value =
    meta['product:price:currency'] ?? meta['og:price:currency'] ?? '';
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

/** Reads a page's currency marks: its own words first, then its metadata, its language and region, its host name. */
export function createCurrencyReader(bundle: PageBundle): CurrencyReader {
  const { page, layout, text } = bundle;
  const lang = page.lang ?? layout.meta['og:locale'] ?? '';
  const language = lang.slice(0, 2).toLowerCase();
  const region = /[-_]([A-Za-z]{2})\b/.exec(lang)?.[1]?.toUpperCase();
  const country = hostCountry(page.finalUrl ?? page.url);
  const meta = metaCurrency(layout.meta) ?? structuredCurrency(layout.jsonLd);
  const stated = statedDollar(text);
  const shared = (mark: string): string | undefined => {
    const table = SHARED[mark];
    if (!table) return undefined;
    const possible = new Set(Object.values(table));
    if (mark === '$' && stated) return stated;
    if (meta && possible.has(meta)) return meta;
    return (
      table[country ?? '?'] ??
      table[region ?? '?'] ??
      table[language || '?'] ??
      table['']
    );
  };
  return {
    swiss:
      region === 'CH' ||
      /^https?:\/\/[^/:?#]+\.(?:ch|swiss)(?:[/:?#]|$)/i.test(
        page.finalUrl ?? page.url,
      ) ||
      /\bCHF\b|Schweizer Franken|francs suisses/.test(text.slice(0, 400_000)),
    read(mark) {
      const coded = /^([A-Z]{3})\s?\$$/.exec(mark);
      const direct = SYMBOLS[mark] ?? coded?.[1] ?? shared(mark);
      if (direct === '$') return shared('$');
      if (direct) return direct;
      return /^[A-Z]{3}$/.test(mark) ? mark : undefined;
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
const CODE = new RegExp(`\\b(?:${CODES.split(' ').join('|')})\\b`, 'g');
const SIGN =
  /(?:\b(?:US|A|AU|CA|C|NZ|HK|S|R|MX|NT))?\$|[€£¥₹₽₩₺₴₪₱฿円]|(?<![\p{L}])(?:zł|Kč)(?![\p{L}])/gu;

/** The one currency that a label names: by code, word or sign. Undefined where it names none, or two. */
export function numberCurrency(
  label: string,
  reader: CurrencyReader,
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
