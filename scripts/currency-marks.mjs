// Writes facts/src/vocabulary/currency-marks.ts: every mark that `Intl.NumberFormat` prints for a currency of ISO 4217 in any
// locale that this Node knows, on which side it stands, and what a shared mark ("$", "kr") means where. Run by hand when Node's data or
// ISO's list changed: `node scripts/currency-marks.mjs`. Takes a minute.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import currencyCodes from 'currency-codes';
import prettier from 'prettier';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = 'facts/src/vocabulary/currency-marks.ts';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');
const SCRIPTS = ['Latn', 'Cyrl', 'Arab', 'Hans', 'Hant', 'Deva'];
/** Precious metals, bond units, tests: no shop asks for them. */
const NO_MONEY = /^X(?!AF|OF|PF|CD)/;

function isKnown(locale) {
  try {
    return new Intl.NumberFormat(locale).resolvedOptions().locale === locale;
  } catch {
    return false;
  }
}

function allLocales() {
  const languages = LETTERS.flatMap(a =>
    LETTERS.flatMap(b => [a + b, ...LETTERS.map(c => a + b + c)]),
  ).filter(isKnown);
  const regions = LETTERS.flatMap(a => LETTERS.map(b => (a + b).toUpperCase()));
  const bases = languages.flatMap(language => [
    language,
    ...SCRIPTS.map(script => `${language}-${script}`).filter(isKnown),
  ]);
  return bases.flatMap(base => [
    base,
    ...regions.map(region => `${base}-${region}`).filter(isKnown),
  ]);
}

/** Without the marks of direction and the spaces that Intl puts in. */
const tidy = text =>
  text
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/\s/g, ' ')
    .trim();
/** Spelt-out codes of scripts in which nobody prices anything, and slips of the data. */
const isOdd = mark =>
  /\p{Script=Nko}|\p{Script=Devanagari}.*\.|^Vote |dinaa$/u.test(mark);

const codes = currencyCodes.codes().filter(code => !NO_MONEY.test(code));
const locales = allLocales();
/** mark -> Set of currencies. */
const marks = new Map();
/** mark -> locale -> currency, as far as the locale prints the mark without being asked for a short one. */
const own = new Map();
for (const locale of locales) {
  for (const currency of codes) {
    for (const currencyDisplay of ['symbol', 'narrowSymbol']) {
      const parts = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay,
      }).formatToParts(1);
      const mark = tidy(parts.find(part => part.type === 'currency').value);
      if (mark === currency || mark === '¤' || isOdd(mark)) continue;
      if (!marks.has(mark)) marks.set(mark, new Set());
      marks.get(mark).add(currency);
      if (currencyDisplay !== 'symbol') continue;
      if (!own.has(mark)) own.set(mark, new Map());
      own.get(mark).set(locale, currency);
    }
  }
}

/** locale -> currency, by region and by language where all locales with it agree. */
function homes(byLocale) {
  const votes = new Map();
  for (const [locale, currency] of byLocale) {
    const { language, region } = new Intl.Locale(locale);
    const likely = region ?? new Intl.Locale(locale).maximize().region;
    for (const key of [likely, ...(region ? [] : [language])]) {
      if (!votes.has(key)) votes.set(key, new Map());
      const counts = votes.get(key);
      counts.set(currency, (counts.get(currency) ?? 0) + 1);
    }
  }
  const result = {};
  for (const [key, counts] of [...votes].sort()) {
    const [[currency, first], second] = [...counts].sort((a, b) => b[1] - a[1]);
    if (!second || first > second[1]) result[key] = currency;
  }
  return result;
}

const sorted = [...marks].sort(([a], [b]) => (a < b ? -1 : 1));
const unique = {};
const shared = {};
for (const [mark, currencies] of sorted) {
  if (currencies.size === 1) unique[mark] = [...currencies][0];
  else {
    const home = homes(own.get(mark) ?? new Map());
    const names = [...currencies].sort();
    shared[mark] = { among: names.join(' '), home };
  }
}
const digits = {};
for (const code of codes) {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
  }).resolvedOptions();
  if (maximumFractionDigits !== 2) digits[code] = maximumFractionDigits;
}
/** Languages whose numbers have a decimal comma, and locales that differ from their language. */
const decimal = { comma: [], dotRegions: [], commaRegions: [] };
const separatorOf = locale =>
  new Intl.NumberFormat(locale, { numberingSystem: 'latn' })
    .formatToParts(1.5)
    .find(part => part.type === 'decimal').value;
for (const locale of locales) {
  const { language, region, script } = new Intl.Locale(locale);
  if (script) continue;
  const comma = separatorOf(locale) === ',';
  if (!region) {
    if (comma) decimal.comma.push(language);
  } else if (comma !== (separatorOf(language) === ','))
    (comma ? decimal.commaRegions : decimal.dotRegions).push(locale);
}

const source = `/* eslint-disable max-lines -- generated */
/** Generated by scripts/currency-marks.mjs from Intl (ICU ${
  process.versions.icu
}, CLDR ${process.versions.cldr}) and ISO 4217 (${
  currencyCodes.publishDate
}); do not edit. */

/** ISO 4217, without metals and codes for tests. */
export const CODES = ${JSON.stringify(codes.sort().join(' '))};

/** Marks of one currency. */
export const UNIQUE_MARKS: Readonly<Record<string, string>> = ${JSON.stringify(
  unique,
)};

/** Marks of several currencies: all of them, and which one a region or a language means. */
export const SHARED_MARKS: Readonly<Record<string, { among: string; home: Readonly<Record<string, string>> }>> = ${JSON.stringify(
  shared,
)};

/** Currencies whose amounts do not have two decimals: how many they have. */
export const FRACTION_DIGITS: Readonly<Record<string, number>> = ${JSON.stringify(
  digits,
)};

/** Languages that write a decimal comma, and locales that differ from their language. */
export const COMMA_LANGUAGES = ${JSON.stringify(
  decimal.comma.sort().join(' '),
)};
export const DOT_LOCALES = ${JSON.stringify(
  decimal.dotRegions.sort().join(' '),
)};
export const COMMA_LOCALES = ${JSON.stringify(
  decimal.commaRegions.sort().join(' '),
)};
`;
const options = await prettier.resolveConfig(path.join(root, target));
writeFileSync(
  path.join(root, target),
  prettier.format(source, { ...options, parser: 'typescript' }),
);
console.log(
  `${locales.length} locales, ${codes.length} currencies, ${marks.size} marks: ${target}`,
);
