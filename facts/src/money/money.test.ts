import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { bundleOf, twoCards, type Line } from '../testing/bundles';
import { savedPageOf } from '../testing/saved-pages';
import { isProven } from '../evidence';
import { explainFacts, extractFacts } from '../extract-facts';
import type { PageBundle } from '../page/page-bundle';

const card = (index: number, rest: string) =>
  `html > body > div:nth-of-type(1) > div:nth-of-type(${index}) > ${rest}`;
const pricesOf = (bundle: PageBundle) =>
  extractFacts(bundle).filter((fact: Fact) => fact.kind === 'price');
const read = (bundle: PageBundle) =>
  pricesOf(bundle).map(fact => [
    fact.subject,
    fact.value,
    fact.unit?.currency,
    fact.unit?.period,
  ]);

/** Two cards whose second says `price`, on a page in `lang`. */
function second(price: string, lang: string, page = {}): PageBundle {
  const lines = twoCards();
  lines[1].text = price;
  lines[3].text = price;
  return bundleOf(lines, { lang, ...page });
}
const secondOf = (price: string, lang: string, page = {}) =>
  read(second(price, lang, page)).find(([name]) => name === 'Deluxe');

describe('an amount with its mark', () => {
  it.each([
    ['29 $', 'fr-CA', 29, 'CAD'],
    ['29,99 $', 'de', 29.99, 'USD'],
    ['49 £', 'fr', 49, 'GBP'],
    ['AU $59.95', 'en', 59.95, 'AUD'],
    ['CAN$29', 'en', 29, 'CAD'],
    ['29 $ US', 'fr-CA', 29, 'USD'],
    ['R199', 'en-ZA', 199, 'ZAR'],
    ['499 TL', 'tr', 499, 'TRY'],
    ['199 грн', 'uk', 199, 'UAH'],
    ['RM 49', 'ms', 49, 'MYR'],
    ['Rp 150.000', 'id', 150000, 'IDR'],
    ['٢٩ ر.س', 'ar', 29, 'SAR'],
    ['99 د.إ', 'ar', 99, 'AED'],
    ['٣٬٤٣٩ ج.م.', 'ar-EG', 3439, 'EGP'],
    ['₹४९९', 'hi', 499, 'INR'],
    ['￥１，９８０', 'ja', 1980, 'JPY'],
    ['৳ ৪৯৯', 'bn', 499, 'BDT'],
    ['₹1.5 लाख', 'hi', 150000, 'INR'],
    ['₹5 lakh', 'en-IN', 500000, 'INR'],
    ['3万5000円', 'ja', 35000, 'JPY'],
    ['12만 원', 'ko', 120000, 'KRW'],
    ['新台幣 3 萬元', 'zh-TW', 30000, 'TWD'],
    ['85:-', 'sv-SE', 85, 'SEK'],
    ['29€99', 'fr', 29.99, 'EUR'],
    ['$119. 95', 'en', 119.95, 'USD'],
    ['1.837, 32 €', 'de', 1837.32, 'EUR'],
    ['Level 3, 29 €', 'de', 29, 'EUR'],
    ['12 euroa', 'fi', 12, 'EUR'],
    ['423.923 KD', 'en', 423.923, 'KWD'],
    ['Rs 2,49,999/-', 'en-IN', 249999, 'INR'],
    ['35€ 99', 'fr', 35.99, 'EUR'],
    ['$ SGD4.90', 'en', 4.9, 'SGD'],
    ['$.75,333', 'en', 75333, 'USD'],
    ['$.75', 'en', 0.75, 'USD'],
    ['140,00 pln', 'pl', 140, 'PLN'],
    ['6790 Dinara', 'sr', 6790, 'RSD'],
    ['199.90 Fr.', 'de', 199.9, 'CHF'],
    ['₤17', 'en', 17, 'GBP'],
    ['2963yen', 'en', 2963, 'JPY'],
    ['1 030 р.', 'ru', 1030, 'RUB'],
    ['99 DH', 'fr-MA', 99, 'MAD'],
    ['99 DH', 'en-AE', 99, 'AED'],
  ])('"%s" on a page in %s', (written, lang, value, currency) => {
    expect(secondOf(written, lang)?.slice(0, 3)).toEqual([
      'Deluxe',
      value,
      currency,
    ]);
  });

  it('takes no number from another line', () => {
    const lines: Line[] = twoCards();
    lines[1].text = '29 $';
    lines[3].text = '59 $';
    lines.splice(2, 0, { text: '10 projets', selector: card(1, 'ul > li') });
    lines.push({ text: '50 projets', selector: card(2, 'ul > li') });
    const bundle = bundleOf(lines, { lang: 'fr-CA' });
    expect(read(bundle).map(([, value]) => value)).toEqual([29, 59]);
    expect(pricesOf(bundle).every(fact => isProven(fact, bundle))).toBe(true);
  });

  it.each([
    ['TRY 14 days', 'en'],
    ['ALL 50 states', 'en'],
    ['TOP 10', 'en'],
  ])('"%s" has none', (written, lang) => {
    expect(secondOf(written, lang)).toBeUndefined();
  });

  it.each([
    // A toman is ten rials, and no currency of ISO 4217.
    ['157,000 تومان', 'fa', 157000],
    ['11,33 Br', 'en', 11.33],
    // Pesos of a country that nothing names.
    ['$89.000', 'es', 89000],
  ])('"%s" has an amount without a currency', (written, lang, value) => {
    const [name, amount, currency] = secondOf(written, lang) ?? [];
    expect([name, amount, currency]).toEqual(['Deluxe', value, undefined]);
  });

  it('"1250€600" can not be told', () => {
    expect(secondOf('1250€600', 'fr')).toBeUndefined();
  });

  it('"35€ 99 personnes" has no cents', () => {
    expect(secondOf('35€ 99 personnes', 'fr')?.[1]).toBe(35);
  });

  // Every locale that prints a mark behind, or digits of its own, comes from the same table as these.
  it.each([
    ['de-DE', 'EUR'],
    ['fr-CA', 'CAD'],
    ['fr-FR', 'USD'],
    ['pl-PL', 'PLN'],
    ['cs-CZ', 'CZK'],
    ['hu-HU', 'HUF'],
    ['pt-BR', 'BRL'],
    ['sv-SE', 'SEK'],
    ['nb-NO', 'NOK'],
    ['da-DK', 'DKK'],
    ['tr-TR', 'TRY'],
    ['uk-UA', 'UAH'],
    ['ru-RU', 'RUB'],
    ['he-IL', 'ILS'],
    ['ar-EG', 'EGP'],
    ['ar-AE', 'AED'],
    ['fa-IR', 'IRR'],
    ['hi-IN', 'INR'],
    ['th-TH', 'THB'],
    ['ja-JP', 'JPY'],
    ['ko-KR', 'KRW'],
    ['zh-CN', 'CNY'],
    ['vi-VN', 'VND'],
    ['id-ID', 'IDR'],
    ['ms-MY', 'MYR'],
    ['en-ZA', 'ZAR'],
    ['de-CH', 'CHF'],
  ])('is read as Intl prints it in %s', (locale, currency) => {
    const written = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      maximumFractionDigits: 0,
      minimumFractionDigits: 0,
    }).format(12450);
    expect(secondOf(written, locale)?.slice(0, 3)).toEqual([
      'Deluxe',
      12450,
      currency,
    ]);
  });
});

describe('three digits behind a sign', () => {
  it.each([
    ['are decimals where the language parts cents so', '$1.250', 'en', 1.25],
    [
      'are thousands where the language parts thousands so',
      '1.250 €',
      'de',
      1250,
    ],
    ['are decimals of a dinar', '1.250 KWD', 'en', 1.25],
    ['are thousands of a yen', '¥1,250', 'ja', 1250],
  ])('%s', (_rule, written, lang, value) => {
    expect(secondOf(written, lang)?.[1]).toBe(value);
  });

  it('are what the other amounts of the page say', () => {
    const lines = twoCards();
    lines[1].text = '0,958 €';
    lines[3].text = '1,125 €';
    expect(read(bundleOf(lines, { lang: 'en' })).map(([, v]) => v)).toEqual([
      0.958, 1.125,
    ]);
  });

  it('are no fact where language and currency disagree, and the reason is told', () => {
    const { candidates } = explainFacts(second('€1.290', 'en'));
    expect(candidates.map(each => each.refused)).toEqual([
      'ambiguousSeparator',
      'ambiguousSeparator',
    ]);
  });
});

describe('a price and its name', () => {
  const three = (...names: string[]) =>
    names.flatMap((name, index) => [
      { text: name, selector: card(index + 1, 'h3'), fontSize: 20, bold: true },
      {
        text: `$${index + 1}0 per month`,
        selector: card(index + 1, 'p'),
        fontSize: 30,
      },
    ]);

  it.each([
    [['Pro', 'Business+', 'C&']],
    [['For You', 'For Teams', 'With AI']],
    [['Solo', 'R&D', 'Home & Office']],
    [['Home', 'Limited', 'Partnership']],
  ])('belong together: %j', names => {
    expect(read(bundleOf(three(...names))).map(([name]) => name)).toEqual(
      names,
    );
  });

  it('stay apart where its own card has no name: it is no price of a neighbour', () => {
    const lines = three('Starter', 'Team', 'Most popular');
    const bundle = bundleOf(lines);
    expect(read(bundle).map(([name, value]) => [name, value])).toEqual([
      ['Starter', 10],
      ['Team', 20],
    ]);
    expect(explainFacts(bundle).candidates[2].refused).toBe('unnamed');
  });

  it('is none of a promotion over all plans', () => {
    const banner = {
      text: 'Black Friday: all plans only $9/mo until Friday',
      selector: 'html > body > aside',
    };
    const bundle = bundleOf([banner, ...twoCards()]);
    expect(read(bundle).map(([, value]) => value)).toEqual([10, 20]);
    expect(explainFacts(bundle).candidates[0].refused).toBe('promotionOverAll');
  });

  it('stand in a sentence', () => {
    const sentence = (text: string, lang: string) =>
      read(bundleOf(['Preise', text], { lang }))[0];
    expect(sentence('Das Abo Klein kostet 9 € monatlich.', 'de')).toEqual([
      'Klein',
      9,
      'EUR',
      'month',
    ]);
  });
});

describe('what is no price', () => {
  it.each([
    ['Na splátky od 202 Kč / měsíc', 'cs', 'instalment'],
    ['12x de R$ 44,00 sem juros', 'pt-BR', 'instalment'],
    ['As low as $67/mo with financing', 'en', 'instalment'],
    ['or 4 interest-free payments of $200.00', 'en', 'instalment'],
    ['Sie sparen 20 €', 'de', 'saving'],
    ['500円割引', 'ja', 'saving'],
    ['Versandkostenfrei ab 50 €', 'de', 'threshold'],
    ['Darmowa dostawa od 99 zł', 'pl', 'threshold'],
    ['Est. Value: $279.99', 'en', 'estimate'],
    ['Precio anterior 40 €', 'es', 'formerPrice'],
    ['12 990 Ft helyett', 'hu', 'formerPrice'],
  ])('"%s" (%s) is dropped as %s', (line, lang, reason) => {
    const bundle = bundleOf(twoCards(line), { lang });
    expect(read(bundle).map(([, value]) => value)).toEqual([10, 20]);
    expect(explainFacts(bundle).candidates.pop()?.refused).toBe(reason);
  });

  it('an empty mini cart takes no price away', () => {
    const cart = ['Your cart is empty', 'Subtotal $0.00'];
    expect(read(bundleOf(twoCards(...cart))).map(([, value]) => value)).toEqual(
      [10, 20],
    );
  });
});

describe('both ends of a range', () => {
  it.each([
    ['$300 – 600', 300, 600],
    ['$25–55 / hr', 25, 55],
    ['$300 – $600', 300, 600],
    ['3.500 – 7.500 €', 3500, 7500],
  ])('"%s"', (written, low, high) => {
    const lang = written.includes('€') ? 'de' : 'en';
    const [first, last] = pricesOf(second(written, lang)).filter(
      fact => fact.subject === 'Deluxe',
    );
    expect([first.value, first.unit?.upTo, last.value]).toEqual([
      low,
      high,
      high,
    ]);
  });
});

describe('periods', () => {
  it.each([
    ['bg', 'на месец'],
    ['cs', 'měsíčně'],
    ['da', 'pr. måned'],
    ['de', 'pro Monat'],
    ['el', 'τον μήνα'],
    ['en', 'pcm'],
    ['es', 'al mes'],
    ['et', 'kuus'],
    ['fi', '/kk'],
    ['fr', 'par mois'],
    ['ga', 'sa mhí'],
    ['hr', 'mjesečno'],
    ['hu', '/ hó'],
    ['it', 'al mese'],
    ['lt', 'per mėnesį'],
    ['lv', 'mēnesī'],
    ['mt', 'fix-xahar'],
    ['nl', 'p/m'],
    ['pl', '/ mies.'],
    ['pt', 'por mês'],
    ['ro', 'pe lună'],
    ['sk', 'mesačne'],
    ['sl', 'na mesec'],
    ['sv', 'i månaden'],
    ['ru', 'в месяц'],
    ['uk', 'на місяць'],
    ['tr', 'aylık'],
    ['ar', 'شهريًا'],
    ['hi', 'प्रति माह'],
    ['zh', '每月'],
    ['ja', '毎月'],
    ['ko', '매월'],
  ])('of a month in %s', (lang, words) => {
    expect(secondOf(`€49 ${words}`, lang)?.[3]).toBe('month');
  });

  it('are no name of another card, and lend nothing to it', () => {
    const lines: Line[] = twoCards();
    lines[0].text = 'Monthly retainer';
    lines[1].text = '$800 / mo';
    lines[2].text = 'Landing page';
    lines[3].text = '$300';
    expect(read(bundleOf(lines))).toEqual([
      ['Monthly retainer', 800, 'USD', 'month'],
      ['Landing page', 300, 'USD', undefined],
    ]);
  });

  it('say of a unit in any language what is bought', () => {
    const [, price] = pricesOf(second('5 евро на потребител на месец', 'bg'));
    expect(price.unit).toMatchObject({ per: 'user', period: 'month' });
  });
});

describe('the words around plans', () => {
  const features = (text: string) =>
    extractFacts(
      bundleOf(twoCards({ text, selector: card(2, 'ul > li') })),
    ).filter(fact => fact.kind === 'feature' && fact.value === text);

  it.each(['How do I cancel?', 'then', '✗ Analytics'])(
    '"%s" is no feature',
    text => expect(features(text)).toEqual([]),
  );

  it('"Analytics" is one', () => {
    expect(features('Analytics')).toHaveLength(1);
  });

  it.each([
    [{ title: 'Pricing | Sentriq' }, {}, 'Sentriq'],
    [{ title: 'x' }, { 'og:site_name': 'Acme Inc' }, 'Acme Inc'],
    [{ title: 'Pricing' }, {}, 'acme.example'],
  ])('the company of %j with %j is %s', (page, meta, name) => {
    const bundle = bundleOf(twoCards(), page, { meta });
    expect(explainFacts(bundle).company).toBe(name);
  });

  it('the language is that of the text, not of the tag', () => {
    const dutch = [
      'Tarieven voor volwassenen en kinderen',
      'Een gesprek van vijftig minuten in onze praktijk',
    ];
    expect(explainFacts(bundleOf(dutch, { lang: 'en' })).language).toBe('nl');
  });
});

it('takes no sign of a word for a mark: the name before the amount stays whole', () => {
  const card = (name: string, price: string) =>
    `<div><h3>${name}</h3><p>${price} / 1박</p></div>`;
  const page = savedPageOf(
    `<h1>객실 요금</h1><div>${card('스탠다드', '80,000원')}${card(
      '디럭스',
      '120,000원',
    )}</div><p>추가 인원 15,000원</p>`,
  );
  expect(read(page)).toContainEqual(['추가 인원', 15000, 'KRW', undefined]);
});
