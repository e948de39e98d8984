/** Currencies by their full names, which say their country, in small letters and parted by "|". By code (ISO 4217). */
const NAMES: Readonly<Record<string, string>> = {
  USD: 'us dollar|us dollars|us-dollar|us-dollars|u.s. dollars|american dollars|dollar us|dollars us|dollars américains|dólares americanos|dólares estadounidenses|dollari americani|dollari usa|amerikaanse dollar|amerikanische dollar|amerikanska dollar|dolarów amerykańskich|американских долларов|доларів сша|долларов сша',
  CAD: 'canadian dollars|canadian dollar|dollars canadiens|dólares canadienses|dólares canadenses|dollari canadesi|kanadische dollar|canadese dollar|dolarów kanadyjskich',
  AUD: 'australian dollars|australian dollar|dollars australiens|dólares australianos|dollari australiani|australische dollar',
  NZD: 'new zealand dollars|new zealand dollar|dollars néo-zélandais',
  SGD: 'singapore dollars|singapore dollar|dollars de singapour',
  HKD: 'hong kong dollars|hong kong dollar|dollars de hong kong',
  MXN: 'pesos mexicanos|mexican pesos',
  ARS: 'pesos argentinos|argentine pesos',
  CLP: 'pesos chilenos|chilean pesos',
  COP: 'pesos colombianos|colombian pesos',
  UYU: 'pesos uruguayos|uruguayan pesos',
  DOP: 'pesos dominicanos|dominican pesos',
  PHP: 'philippine pesos|pesos filipinos',
  CHF: 'swiss francs|swiss franc|schweizer franken|francs suisses|franchi svizzeri|francos suizos|zwitserse frank',
  GBP: 'pounds sterling|british pounds|livres sterling|libras esterlinas|sterline|britische pfund',
  EGP: 'egyptian pounds',
  LBP: 'lebanese pounds',
  INR: 'indian rupees',
  PKR: 'pakistani rupees',
  LKR: 'sri lankan rupees',
  NPR: 'nepalese rupees',
  JPY: 'japanese yen',
  SEK: 'svenska kronor|swedish kronor',
  NOK: 'norske kroner|norwegian kroner',
  DKK: 'danske kroner|danish kroner',
  ISK: 'icelandic krónur|íslenskar krónur',
};

const upperFirst = (word: string) =>
  word.charAt(0).toUpperCase() + word.slice(1);

/** As people write such a name: all small, its first word large, each word large. */
const spellings = (name: string): string[] => [
  name,
  upperFirst(name),
  name.replace(/[\p{L}.]+/gu, upperFirst),
  name.replace(/^(?:us|u\.s\.)(?=[ -])/, letters => letters.toUpperCase()),
  name
    .replace(/[\p{L}.]+/gu, upperFirst)
    .replace(/^U[sS](?=[ -])/, 'US')
    .replace(/^U\.s\./, 'U.S.'),
];

/** Each such name with its code (ISO 4217). */
export const NAMED_MARKS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).flatMap(([code, names]) =>
    names
      .split('|')
      .flatMap(spellings)
      .map(name => [name, code] as const),
  ),
);
