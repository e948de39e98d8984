import { readMoney } from '../src/domain/facts/read-money';

/** One line of price-parser's table: what it is given, and what it reads. */
export interface MoneyString {
  list: string;
  text: string;
  /** As written in the text. */
  currency: string;
  amount: number;
}

export interface MoneyResult extends MoneyString {
  read?: { amount: number; currency?: string };
  outcome: 'right' | 'wrong amount' | 'wrong currency' | 'not read';
}

const LOCALES =
  'en de fr es it nl pt pl cs sk hu ro bg el sv nb da fi ru uk tr ar fa he hi bn th vi id ms ja ko zh sr hr az kk ka hy uz en-CA en-AU fr-CA es-MX pt-BR en-ZA en-IN'.split(
    ' ',
  );

/** Marks of the table that no locale of Intl writes so. `Р` is the Cyrillic letter. */
const ALSO: Readonly<Record<string, string>> = {
  руб: 'RUB',
  р: 'RUB',
  kč: 'CZK',
  rs: 'INR',
  र: 'INR',
  tl: 'TRY',
  rm: 'MYR',
  kd: 'KWD',
  br: 'BYN',
  dinara: 'RSD',
  lei: 'RON',
  leu: 'RON',
  лв: 'BGN',
  грн: 'UAH',
  تومان: 'IRR',
  ریال: 'IRR',
  ريال: 'SAR',
  درهم: 'AED',
  جنيه: 'EGP',
  원: 'KRW',
  円: 'JPY',
  fr: 'CHF',
  đ: 'VND',
  '₤': 'GBP',
  r: 'ZAR',
  c$: 'CAD',
  a$: 'AUD',
};

const plain = (mark: string) =>
  mark
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.\s:]/g, '');

/** Every way in which some locale writes this currency. */
function marksOf(code: string): Set<string> {
  const marks = new Set([plain(code)]);
  for (const locale of LOCALES)
    for (const currencyDisplay of ['symbol', 'narrowSymbol', 'name'] as const)
      for (const { type, value } of new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: code,
        currencyDisplay,
      }).formatToParts(5))
        if (type === 'currency') marks.add(plain(value));
  for (const [mark, own] of Object.entries(ALSO))
    if (own === code) marks.add(plain(mark));
  return marks;
}

/** Reads every string of the table. A currency is right when some locale writes the one that was read with that mark. */
export function readMoneyStrings(
  strings: readonly MoneyString[],
): MoneyResult[] {
  const known = new Map<string, Set<string>>();
  const writes = (code: string, mark: string) => {
    const marks = known.get(code) ?? marksOf(code);
    known.set(code, marks);
    return marks.has(plain(mark));
  };
  return strings.map(each => {
    const read = readMoney(each.text);
    let outcome: MoneyResult['outcome'] = 'right';
    if (!read) outcome = 'not read';
    else if (Math.abs(read.amount - each.amount) > 1e-9)
      outcome = 'wrong amount';
    else if (!read.currency || !writes(read.currency, each.currency))
      outcome = 'wrong currency';
    return { ...each, ...(read ? { read } : {}), outcome };
  });
}
