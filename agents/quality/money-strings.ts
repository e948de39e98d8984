import { readMoney } from '@agentworkloads/facts';

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
  outcome:
    | 'right'
    | 'wrong amount'
    | 'wrong currency'
    | 'no currency'
    | 'not read';
}

const LOCALES =
  'en de fr es it nl pt pl cs sk hu ro bg el sv nb da fi ru uk tr ar fa he hi bn th vi id ms ja ko zh sr hr az kk ka hy uz en-CA en-AU fr-CA es-MX pt-BR en-ZA en-IN'.split(
    ' ',
  );

/** ISO code -> marks, as price-parser's own table of currencies has them. */
export type Marks = Readonly<Record<string, readonly string[]>>;

/** What is measured with: strings of shops, and the marks that they are written in. */
export interface MoneyTable {
  examples: readonly MoneyString[];
  marks: Marks;
}

/** Marks of the examples that neither the table nor a locale of Intl has. `Р` is the Cyrillic letter. */
const ALSO: Marks = {
  RUB: ['руб', 'р'],
  KWD: ['KD'],
  RSD: ['Dinara'],
  TRY: ['TL'],
  // Shops write the sign of the lira for that of the pound, which it looks like.
  GBP: ['₤'],
  CAD: ['CAN$', 'CAD$', 'C$'],
  PLN: ['zl'],
  CNY: ['元', '圆'],
  TWD: ['圓'],
  THB: ['บาท'],
  JPY: ['yen'],
  UAH: ['грн'],
  AED: ['درهم', 'Dh', 'Dhs'],
  SAR: ['ريال'],
  EGP: ['جنيه'],
  ETB: ['ብር'],
  ILS: ['ש״ח'],
  GYD: ['G$'],
  LRD: ['LD'],
  VND: ['VNĐ'],
};

const plain = (mark: string) =>
  mark
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[.\s:]/g, '');

/** Every way in which some locale, or the table, writes this currency. */
function marksOf(code: string, table: Marks): Set<string> {
  const marks = new Set(
    [code, ...(table[code] ?? []), ...(ALSO[code] ?? [])].map(plain),
  );
  for (const locale of LOCALES)
    for (const currencyDisplay of ['symbol', 'narrowSymbol', 'name'] as const)
      for (const { type, value } of new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: code,
        currencyDisplay,
      }).formatToParts(5))
        if (type === 'currency') marks.add(plain(value));
  return marks;
}

/** Reads every string of the table. A currency is right when the one that was read is written with that mark. */
export function readMoneyStrings({
  examples,
  marks: table,
}: MoneyTable): MoneyResult[] {
  const known = new Map<string, Set<string>>();
  const writes = (code: string, mark: string) => {
    const marks = known.get(code) ?? marksOf(code, table);
    known.set(code, marks);
    return marks.has(plain(mark));
  };
  return examples.map(each => {
    const read = readMoney(each.text);
    let outcome: MoneyResult['outcome'] = 'right';
    if (!read) outcome = 'not read';
    else if (Math.abs(read.amount - each.amount) > 1e-9)
      outcome = 'wrong amount';
    else if (!read.currency) outcome = 'no currency';
    else if (!writes(read.currency, each.currency)) outcome = 'wrong currency';
    return { ...each, ...(read ? { read } : {}), outcome };
  });
}
