import { describe, expect, it } from '@jest/globals';
import { bundleOf, type Line } from '../testing/bundles';
import { extractFacts } from '../extract-facts';

const read = (
  lines: readonly Line[],
  page: Parameters<typeof bundleOf>[1] = {},
) =>
  extractFacts(bundleOf(lines, page))
    .filter(fact => fact.kind === 'price')
    .map(fact => [
      fact.subject,
      fact.value,
      fact.unit?.currency,
      fact.unit?.period,
    ]);

describe('like cards', () => {
  const card = (index: number, name: string, price: string): Line[] => {
    const at = `html > body > div > div:nth-of-type(${index})`;
    return [
      { text: name, selector: `${at} > h3`, fontSize: 20, bold: true },
      { text: price, selector: `${at} > p`, fontSize: 30 },
      { text: 'Zorblats', selector: `${at} > dl > dt` },
      { text: 'many', selector: `${at} > dl > dd` },
    ];
  };

  it('have their names at one place, whatever the word there means elsewhere', () => {
    expect(
      read([
        ...card(1, 'Base', '€7 a month'),
        ...card(2, 'Comfort', '€12 a month'),
        ...card(3, 'Benefits', '€21 a month'),
      ]),
    ).toEqual([
      ['Base', 7, 'EUR', 'month'],
      ['Comfort', 12, 'EUR', 'month'],
      ['Benefits', 21, 'EUR', 'month'],
    ]);
  });

  it('have no name where a sticker stands at that place', () => {
    const names = read([
      ...card(1, 'Base', '€7 a month'),
      ...card(2, 'Comfort', '€12 a month'),
      ...card(3, 'Most popular', '€21 a month'),
    ]).map(([name]) => name);
    expect(names).not.toContain('Most popular');
  });
});

describe('a list of terms', () => {
  const list = (...items: readonly [string, string][]): Line[] =>
    items.map(([tag, text], index) => ({
      text,
      selector: `html > body > dl > ${tag}:nth-of-type(${index + 1})`,
      bold: tag === 'dt',
    }));

  it('names its amounts by the term before them, not by the next one', () => {
    expect(
      read(
        list(
          ['dt', 'Nano'],
          ['dd', '$4/mo ($0.006/hr)'],
          ['dt', 'Micro'],
          ['dd', '$8/mo ($0.012/hr)'],
        ),
      ),
    ).toEqual([
      ['Nano', 4, 'USD', 'month'],
      ['Nano', 0.006, 'USD', 'hour'],
      ['Micro', 8, 'USD', 'month'],
      ['Micro', 0.012, 'USD', 'hour'],
    ]);
  });
});

describe('what stands beside an amount', () => {
  const cards = (price: string, name = 'Base'): Line[] =>
    [name, 'Comfort'].flatMap((each, index) => [
      {
        text: each,
        selector: `html > body > div > div:nth-of-type(${index + 1}) > h3`,
        bold: true,
      },
      {
        text: price,
        selector: `html > body > div > div:nth-of-type(${index + 1}) > p`,
        fontSize: 24,
      },
    ]);

  it.each([
    ['9,90 € netto / Monat', 'de'],
    ['9,90 € exkl. moms / mån', 'sv'],
    ['9,90 € без ДДС / месец', 'bg'],
    ['9,90 € + TVA / lună', 'ro'],
  ])('may be the tax before the period: %s', (price, lang) => {
    expect(read(cards(price), { lang })[0]).toEqual([
      'Base',
      9.9,
      'EUR',
      'month',
    ]);
  });

  it.each([
    ['249,– /md.', 'nb', 'NOK'],
    ['249,- /md.', 'da', 'DKK'],
  ])('may be a dash and no other mark: %s', (price, lang, currency) => {
    const words = {
      text: 'Alle priser er inkludert avgift, og du kan si opp når du vil',
      selector: 'html > body > p',
    };
    expect(read([words, ...cards(price)], { lang })[0]).toEqual([
      'Base',
      249,
      currency,
      'month',
    ]);
  });

  it('is no mark where no country writes so: 249,– on an English page', () => {
    expect(read(cards('249,– / month'), { lang: 'en' })).toEqual([]);
  });

  it('may be a volume as the name: 20 GB', () => {
    expect(read(cards('€9 a month', '20 GB'))[0][0]).toBe('20 GB');
  });

  it('is no name where it says for how long: 월 19,900원', () => {
    const lines = cards('월 19,900원', '정수기 슬림');
    expect(read(lines, { lang: 'ko' })[0]).toEqual([
      '정수기 슬림',
      19900,
      'KRW',
      'month',
    ]);
  });

  it.each([
    'Lowest price in the last 30 days: €12',
    'Najniższa cena z 30 dni przed obniżką: €12',
    'Prix le plus bas des 30 derniers jours : 12 €',
  ])('may say that it was asked before: %s', line => {
    const product = (text: string, tag: string, fontSize: number) => ({
      text,
      selector: `html > body > div > ${tag}`,
      fontSize,
    });
    expect(
      read([
        product('Kettle', 'h1', 30),
        product('€15', 'p:nth-of-type(1)', 24),
        product(line, 'p:nth-of-type(2)', 14),
      ]).map(([, value]) => value),
    ).toEqual([15]);
  });
});

it('a sentence that begins with its prices says for how long they all are', () => {
  const room = (index: number, name: string, price: string): Line[] => [
    {
      text: name,
      selector: `html > body > div > div:nth-of-type(${index}) > h3`,
      bold: true,
    },
    {
      text: price,
      selector: `html > body > div > div:nth-of-type(${index}) > p`,
    },
  ];
  const note = {
    text: 'Prezzi in euro per camera a notte, colazione inclusa.',
    selector: 'html > body > p',
  };
  expect(
    read([note, ...room(1, 'Singola', '€ 62'), ...room(2, 'Doppia', '€ 98')], {
      lang: 'it',
    }),
  ).toEqual([
    ['Singola', 62, 'EUR', 'day'],
    ['Doppia', 98, 'EUR', 'day'],
  ]);
});

describe('cards that begin with how much one gets', () => {
  const card = (index: number, texts: readonly string[]): Line[] =>
    texts.map((text, line) => ({
      text,
      selector: `html > body > div > a:nth-of-type(${index}) > span:nth-of-type(${
        line + 1
      })`,
    }));

  it('are named by it, whatever stands below the price', () => {
    expect(
      read([
        ...card(1, ['2 m²', '€7 a month', 'A wardrobe']),
        ...card(2, ['4 m²', '€12 a month', 'A whole tove']),
        ...card(3, ['12 m²', '€21 a month', 'Wabe and gimble']),
      ]),
    ).toEqual([
      ['2 m²', 7, 'EUR', 'month'],
      ['4 m²', 12, 'EUR', 'month'],
      ['12 m²', 21, 'EUR', 'month'],
    ]);
  });
});
