import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { bundleOf, twoCards, type Line } from '../testing/bundles';
import { extractFacts } from '../extract-facts';
import type { PageBundle } from '../page/page-bundle';

const prices = (bundle: PageBundle) =>
  extractFacts(bundle)
    .filter((fact: Fact) => fact.kind === 'price')
    .map(fact => [fact.subject, fact.value, fact.unit?.period]);
const limits = (bundle: PageBundle) =>
  extractFacts(bundle)
    .filter(fact => fact.kind === 'limit')
    .map(fact => [fact.subject, fact.value]);
const swiss = { lang: 'de-CH' };
const CARDS = [
  ['Basic', 10, 'month'],
  ['Deluxe', 20, 'month'],
];
const card = (index: number, rest: string) =>
  `html > body > div:nth-of-type(1) > div:nth-of-type(${index}) > ${rest}`;

describe('choices that are called by their period', () => {
  const choices = (...above: Line[]): Line[] => [
    ...above,
    { text: 'Monthly', selector: card(1, 'p:nth-of-type(1)') },
    { text: '$5', selector: card(1, 'p:nth-of-type(2)'), fontSize: 30 },
    { text: 'Yearly', selector: card(2, 'p:nth-of-type(1)') },
    { text: '$50', selector: card(2, 'p:nth-of-type(2)'), fontSize: 30 },
  ];

  it('have that name where only the heading of the page stands over them', () => {
    const h1 = { text: 'Become a member', selector: 'html > body > h1' };
    expect(prices(bundleOf(choices(h1)))).toEqual([
      ['Monthly', 5, 'month'],
      ['Yearly', 50, 'year'],
    ]);
  });

  it('are two prices of the plan whose heading stands over them', () => {
    const h2 = { text: 'Lark', selector: 'html > body > h2', bold: true };
    expect(prices(bundleOf(choices(h2)))).toEqual([
      ['Lark', 5, 'month'],
      ['Lark', 50, 'year'],
    ]);
  });

  it('name nothing where the same words stand twice', () => {
    const again = { text: 'Monthly', selector: 'html > body > p' };
    const names = prices(bundleOf(choices(again))).map(([name]) => name);
    expect(names).not.toContain('Monthly');
  });
});

describe('what comes on top of a price', () => {
  const added = (text: string) =>
    bundleOf(twoCards({ text, selector: card(2, 'p:nth-of-type(2)') }));

  it.each([
    '+ $5 per agent / month',
    '+$5/agent',
    'plus $5 per agent per month',
  ])('"%s" is a limit of the plan and no price of it', text => {
    expect(prices(added(text))).toEqual(CARDS);
    expect(limits(added(text))).toEqual([['Deluxe', text]]);
  });

  it('is nothing that is known where it has neither a period nor a unit', () => {
    expect(prices(added('+ $5'))).toEqual(CARDS);
    expect(limits(added('+ $5'))).toEqual([]);
  });

  it('is no plan that is called Plus', () => {
    const lines = twoCards();
    lines[2].text = 'Plus';
    expect(prices(bundleOf(lines))).toEqual([
      ['Basic', 10, 'month'],
      ['Plus', 20, 'month'],
    ]);
  });

  it('keeps the whole line of a list that says what more costs', () => {
    const text = '250 GB included, then $0.09 per GB';
    const bundle = bundleOf(
      twoCards({ text, selector: card(2, 'ul > li:nth-of-type(1)') }),
    );
    expect(prices(bundle)).toEqual(CARDS);
    expect(limits(bundle)).toEqual([['Deluxe', text]]);
  });
});

describe('francs', () => {
  const page = (text: string, about = {}) => {
    const lines = twoCards();
    lines[1].text = text;
    lines[3].text = text;
    return prices(bundleOf(lines, about)).map(([, value]) => value);
  };

  it.each([
    ['Fr. 89.–', swiss, 89],
    ['Fr. 89.–', {}, 89],
    ['SFr. 89.50', swiss, 89.5],
    ['89.– Fr.', swiss, 89],
    ["Fr. 1'250.–", { url: 'https://acme.ch/preise' }, 1250],
  ])('"%s" is an amount', (text, about, value) => {
    expect(page(text, about)).toEqual([value, value]);
  });

  it.each([
    ['Fr. 14.30', {}],
    ['Fr. 14.30 Uhr', swiss],
    ['Mo.–Fr. 8.30', swiss],
    ['Fr. 8–12', swiss],
  ])('"%s" is a Friday', (text, about) => {
    expect(page(text, about)).toEqual([]);
  });
});

describe('a range whose mark stands at its end', () => {
  const ends = (text: string) => {
    const lines = twoCards();
    lines[3].text = text;
    return prices(bundleOf(lines, { lang: 'de' }))
      .filter(([name]) => name === 'Deluxe')
      .map(([, value]) => value);
  };

  it.each([
    ['3.500 – 7.500 €', [3500, 7500]],
    ['von 20 bis 80 €', [20, 80]],
    ['Paket 3 – 25 €', [25]],
    ['90 – 25 €', [25]],
  ])('"%s"', (text, values) => {
    expect(ends(text)).toEqual(values);
  });
});

describe('amounts that somebody else paid', () => {
  const bill = (...words: string[]) =>
    bundleOf([
      ...twoCards(),
      ...words.map((text, index) => ({
        text,
        selector: `html > body > section > p:nth-of-type(${index + 1})`,
      })),
    ]);

  it.each([
    ['Paint', '$48.00', 'Brushes', '$12.00', 'Subtotal', '$60.00'],
    ['Invoice #7', 'Paint', '$48.00', 'Brushes', '$12.00', 'Total', '$60.00'],
    ['Order summary', 'Paint', '$48.00', 'Tax', '$4.00', 'Total', '$52.00'],
    ['Farbe', '48,00 €', 'Pinsel', '12,00 €', 'Zwischensumme', '60,00 €'],
  ])('are no prices in a bill: %s …', (...words) => {
    expect(prices(bill(...words))).toEqual(CARDS);
  });

  it.each([
    'https://acme.example/receipts',
    'https://acme.example/product/expenses',
  ])('are no prices on %s', url => {
    const lines = ['Taxi – $38.20', 'Lunch – $112.00'].map((text, index) => ({
      text,
      selector: `html > body > ul > li:nth-of-type(${index + 1})`,
    }));
    expect(prices(bundleOf(lines, { url }))).toEqual([]);
  });
});

describe('vouchers', () => {
  it.each([
    'Usa el cupón SOL y recibe $100',
    'Con el código SOL, 20 € de descuento',
    '50 € offerts pour tout parrainage',
    'Ganhe R$ 30 de desconto',
    '20 € Rabatt für neue Kunden',
    '今だけ500円割引',
  ])('"%s" is no price', line => {
    expect(prices(bundleOf(twoCards(line)))).toEqual(CARDS);
  });
});
