import {
  COMMA_LANGUAGES,
  COMMA_LOCALES,
  DOT_LOCALES,
} from '../vocabulary/currency-marks';

const COMMA = new Set(COMMA_LANGUAGES.split(' '));
const DOT_HERE = new Set(DOT_LOCALES.split(' '));
const COMMA_HERE = new Set(COMMA_LOCALES.split(' '));
/** "no" is how pages call Norwegian; the data knows Bokmål and Nynorsk. */
const norwegian = (language: string) => (language === 'no' ? 'nb' : language);

/** Whether a language, with its region where one is known, writes 1.290,00 for what English writes 1,290.00. */
export function usesCommaDecimal(lang: string | undefined): boolean {
  const [, language, region] =
    /^([a-z]{2,3})(?:[-_](?:[a-z]{4}[-_])?([a-z]{2})(?![a-z]))?/i.exec(
      lang ?? '',
    ) ?? [];
  if (!language) return false;
  const base = norwegian(language.toLowerCase());
  const locale = `${base}-${region?.toUpperCase() ?? ''}`;
  if (DOT_HERE.has(locale)) return false;
  return COMMA.has(base) || COMMA_HERE.has(locale);
}

/** What a page's numbers say about their signs. */
export interface NumberHabits {
  /** The comma (true) or the point (false) parts the cents, as the page's own amounts show; undefined where they do not. */
  own?: boolean;
  /** The same by the language of the page. */
  language?: boolean;
  /** Signs after which the page writes three decimals or more: "0.096", "$4.6080". */
  long: ReadonlySet<string>;
}

/** Reads the habits of a page off its amounts as written, spaces and apostrophes included. */
export function numberHabits(
  written: readonly string[],
  language: boolean | undefined,
): NumberHabits {
  const signs = new Set<string>();
  const long = new Set<string>();
  for (const each of written) {
    const [, whole, sign, rest] = /^(.*?)([.,])(\d+)$/.exec(each) ?? [];
    if (!sign) continue;
    const grouped = /[.,]/.test(whole) && !whole.includes(sign);
    if (rest.length < 3 || grouped) signs.add(sign);
    if (rest.length > 3 || (rest.length === 3 && /^0+$/.test(whole)))
      if (!whole.includes(sign)) long.add(sign);
  }
  for (const sign of long) signs.add(sign);
  return {
    own: signs.size === 1 ? signs.has(',') : undefined,
    language,
    long,
  };
}

/** How many decimals the currency has, and whether its home writes a decimal comma. */
export interface MoneyHabits {
  digits: number;
  comma?: boolean;
}

const PLAIN: MoneyHabits = { digits: 2 };

/** What a single sign before three digits is: 'decimal', 'group', or 'unknown' where page and currency disagree. */
function singleSign(
  whole: string,
  sign: string,
  habits: NumberHabits,
  money: MoneyHabits,
): 'decimal' | 'group' | 'unknown' {
  if (/^0+$/.test(whole)) return 'decimal';
  if (whole.length > 3) return 'decimal';
  if (money.digits === 0) return 'group';
  if (habits.long.has(sign)) return 'decimal';
  const comma = sign === ',';
  const { own, language } = habits;
  if (money.digits === 3)
    return own === undefined || own === comma ? 'decimal' : 'group';
  if (own !== undefined && own !== comma) return 'group';
  if (language !== undefined && language !== comma) return 'group';
  if (own === comma) return 'decimal';
  if (language === undefined) return 'group';
  // The language alone: believed where the currency is written so at home.
  if (money.comma === undefined || money.comma === comma) return 'decimal';
  return 'unknown';
}

/**
 * Reads an amount as people write it: `1,290.00`, `1.290,00`, `1 290`, `1'290.-`, `12,5`, `.75`. What a single sign before three digits
 * means, the page's own amounts say, then its currency (yen have no decimals, dinars three), then its language.
 * @param habits of the page; a boolean is a language that writes a decimal comma, or not
 * @returns undefined where it is no amount, or can't be told
 */
export function parseAmount(
  written: string,
  habits: NumberHabits | boolean,
  money: MoneyHabits = PLAIN,
): number | undefined {
  const known: NumberHabits =
    typeof habits === 'boolean'
      ? { language: habits, long: new Set() }
      : habits;
  const digits = written
    .replace(/[\s'’`´]/g, '')
    .replace(/[.,][-–—]+$/, '')
    .replace(/^[.,](?=\d{1,2}$)/, '0.');
  if (!/^\d[\d.,]*$/.test(digits) || /[.,]$/.test(digits)) return undefined;
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  let decimal = '';
  if (dot >= 0 && comma >= 0) decimal = dot > comma ? '.' : ',';
  else if (dot >= 0 || comma >= 0) {
    const sign = dot >= 0 ? '.' : ',';
    const groups = digits.split(sign);
    if (groups.length === 2) {
      const what =
        groups[1].length === 3
          ? singleSign(groups[0], sign, known, money)
          : 'decimal';
      if (what === 'unknown') return undefined;
      decimal = what === 'decimal' ? sign : '';
    }
  }
  const at = decimal ? digits.lastIndexOf(decimal) : digits.length;
  const whole = digits.slice(0, at).replace(/[.,]/g, '');
  const value = Number(`${whole}.${digits.slice(at + 1) || '0'}`);
  return Number.isFinite(value) ? value : undefined;
}
