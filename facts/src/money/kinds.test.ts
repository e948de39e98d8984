import { describe, expect, it } from '@jest/globals';
import { bundleOf, twoCards } from '../testing/bundles';
import { explainFacts, extractFacts } from '../extract-facts';

/** Two cards whose second says `price`, on a page in `lang`. */
function second(price: string, lang: string, page = {}) {
  const lines = twoCards();
  lines[1].text = price;
  lines[3].text = price;
  return bundleOf(lines, { lang, ...page });
}

/** Of the second card: each price with its currency, period and upper end. */
const read = (price: string, lang: string, page = {}) =>
  extractFacts(second(price, lang, page))
    .filter(({ kind, subject }) => kind === 'price' && subject === 'Deluxe')
    .map(({ value, unit }) => [
      value,
      unit?.currency,
      unit?.period,
      unit?.upTo,
    ]);

describe('a word that multiplies a number', () => {
  it.each([
    ['₹1.5 Lakh / year', 'en-IN', 150_000, 'INR'],
    ['₹3 Lac', 'en-IN', 300_000, 'INR'],
    ['₹1.5L per year', 'en-IN', 150_000, 'INR'],
    ['Rs. 2.5 Cr per year', 'en-IN', 25_000_000, 'INR'],
    ['R$ 1,2 mil por mês', 'pt-BR', 1200, 'BRL'],
    ['€ 5 mila', 'it', 5000, 'EUR'],
    ['$5 thousand per year', 'en', 5000, 'USD'],
    ['₺15 bin', 'tr', 15_000, 'TRY'],
    ['15 bin TL', 'tr', 15_000, 'TRY'],
    ['1,5 tys. zł', 'pl', 1500, 'PLN'],
    ['15 tis. Kč', 'cs', 15_000, 'CZK'],
    ['15 ezer Ft', 'hu', 15_000, 'HUF'],
    ['2 mii lei', 'ro', 2000, 'RON'],
    ['월 3천만원', 'ko', 30_000_000, 'KRW'],
    ['연 1억 2천만원', 'ko', 120_000_000, 'KRW'],
  ])('%s', (price, lang, value, currency) => {
    expect(read(price, lang)[0]?.slice(0, 2)).toEqual([value, currency]);
  });

  it.each([
    ['$15 mil al mes', 'es'],
    ['$ 5 mil per year', 'en'],
  ])('leaves %s untold: it is a thousand or a million', (price, lang) => {
    expect(read(price, lang)).toEqual([]);
    const refused = explainFacts(second(price, lang)).candidates;
    expect(JSON.stringify(refused)).toContain('unreadableNumber');
  });

  it('is none where it is the name of a thing', () => {
    expect(read('$15 bin', 'en')[0]?.[0]).not.toBe(15_000);
  });
});

describe('a currency by its name', () => {
  it.each([
    ['590 pesos al mes', 'es', {}, undefined],
    ['590 pesos al mes', 'es-MX', {}, 'MXN'],
    ['590 pesos mexicanos al mes', 'es', {}, 'MXN'],
    ['590 pesos argentinos al mes', 'es', {}, 'ARS'],
    ['59 dollars canadiens par mois', 'fr', {}, 'CAD'],
    ['59 dólares canadienses al mes', 'es', {}, 'CAD'],
    ['59 Canadian dollars per month', 'en', {}, 'CAD'],
    ['59 US dollars per month', 'en', {}, 'USD'],
    ['59 US-Dollar im Monat', 'de', {}, 'USD'],
    ['59 Schweizer Franken im Monat', 'de', {}, 'CHF'],
    ['59 Swiss francs per month', 'en', {}, 'CHF'],
    ['15 000 FCFA', 'fr', { url: 'https://acme.sn/tarifs' }, 'XOF'],
    ['15 000 F CFA', 'fr', { url: 'https://acme.cm/tarifs' }, 'XAF'],
    ['15 000 FCFA', 'fr', { url: 'https://acme.example/tarifs' }, undefined],
  ])('%s, in %s', (price, lang, page, currency) => {
    expect(read(price, lang, page)[0]?.slice(0, 2)).toEqual([
      Number(/[\d ]+/.exec(price)![0].replace(/ /g, '')),
      currency,
    ]);
  });
});

describe('both ends of a range', () => {
  it.each([
    ['$600 to 900 per project', 'en', 600, 900],
    ['$2k–$5k per month', 'en', 2000, 5000],
    ['$2.5k - 5k / month', 'en', 2500, 5000],
    ['3,000円〜5,000円/月', 'ja', 3000, 5000],
    ['월 30,000원 ~ 50,000원', 'ko', 30_000, 50_000],
    ['between $300 and $500', 'en', 300, 500],
    ['zwischen 300 € und 500 €', 'de', 300, 500],
    ['entre 300 € y 500 €', 'es', 300, 500],
    ['tussen € 300 en € 500', 'nl', 300, 500],
    ['600 έως 900 €', 'el', 600, 900],
    ['tra 600 e 900 €', 'it', 600, 900],
    ['mellan 600 och 900 kr', 'sv', 600, 900],
    ['600 līdz 900 €', 'lv', 600, 900],
    ['600 kuni 900 €', 'et', 600, 900],
  ])('%s', (price, lang, low, high) => {
    const told = read(price, lang);
    expect(told).toContainEqual(expect.arrayContaining([low, high]));
    expect(told.map(([value]) => value)).toContain(high);
  });
});

describe('what is in a cart', () => {
  it.each([
    ['Cart (0) $0.00', 'en'],
    ['Cart (2) $131.50', 'en'],
    ['Your basket (0) £0.00', 'en'],
    ['Mi cesta (0) 0,00 €', 'es'],
    ['Varukorg (0) 0 kr', 'sv'],
    ['Panier 0 article 0,00 €', 'fr'],
    ['Items: 0 $0.00', 'en'],
  ])('is no price: %s', (price, lang) => {
    expect(read(price, lang)).toEqual([]);
  });
});

describe('one of several payments', () => {
  it('lends its period to no amount above it', () => {
    const lines = twoCards();
    lines[3].text = '49,800円';
    lines.splice(4, 0, {
      ...lines[3],
      selector: `${lines[3].selector} > small`,
      text: '分割払い 月々4,150円から',
    });
    const told = extractFacts(bundleOf(lines, { lang: 'ja' }));
    const price = told.find(
      ({ kind, value }) => kind === 'price' && value === 49_800,
    );
    expect(price?.unit?.period).toBeUndefined();
    expect(price?.unit?.billed).toBeUndefined();
  });

  it('is none where there is only one: 1990 ₽ разовый платёж', () => {
    expect(read('1990 ₽ разовый платёж', 'ru')[0]?.[0]).toBe(1990);
  });
});

describe('terms in the words of the page', () => {
  it.each([
    ['300 грн/год.', 'uk', 'hour', undefined],
    ['300 ₽/год', 'ru', 'year', undefined],
    ['9 € par utilisateur et par mois', 'fr', 'month', 'user'],
    ['99 ر.س لكل مستخدم شهريًا', 'ar', 'month', 'user'],
    ['9 € po korisniku mjesečno', 'hr', 'month', 'user'],
    ['9 € vartotojui per mėnesį', 'lt', 'month', 'user'],
    ['9 € za používateľa mesačne', 'sk', 'month', 'user'],
    ['99 TL kullanıcı başına aylık', 'tr', 'month', 'user'],
    ['1ユーザーあたり 900円/月', 'ja', 'month', undefined],
    ['900円 1ユーザーあたり月額', 'ja', 'month', 'user'],
    ['9 € por utilizador por mês', 'pt', 'month', 'user'],
    ['9 € / käyttäjä / kk', 'fi', 'month', 'user'],
  ])('%s', (price, lang, period, per) => {
    const told = extractFacts(second(price, lang)).find(
      ({ kind, subject }) => kind === 'price' && subject === 'Deluxe',
    );
    expect([told?.unit?.period, told?.unit?.per]).toEqual([period, per]);
  });

  it.each([
    ['Безплатно', 'bg'],
    ['Besplatno', 'hr'],
    ['Tasuta', 'et'],
    ['Δωρεάν', 'el'],
    ['Ingyenes', 'hu'],
    ['Saor in aisce', 'ga'],
    ['Bezmaksas', 'lv'],
    ['Nemokamai', 'lt'],
    ['B’xejn', 'mt'],
    ['Za darmo', 'pl'],
    ['Grátis', 'pt'],
    ['Zadarmo', 'sk'],
    ['Ücretsiz', 'tr'],
    ['مجاني', 'ar'],
    ['मुफ़्त', 'hi'],
    ['무료', 'ko'],
  ])('%s costs nothing', (word, lang) => {
    const lines = twoCards();
    lines[3].text = word;
    const told = extractFacts(bundleOf(lines, { lang })).find(
      ({ kind, subject }) => kind === 'price' && subject === 'Deluxe',
    );
    expect(told?.value).toBe(0);
  });
});

describe('a name that is a word for "up to" in some language', () => {
  it.each(['Max $25/mo', 'HBO Max $25/mo', 'Tae Kwon Do $25/mo'])(
    'takes no price away: %s',
    text => {
      const told = extractFacts(second(text, 'en'));
      expect(
        told.some(({ kind, value }) => kind === 'price' && value === 25),
      ).toBe(true);
    },
  );

  it('leaves what is covered untold: covers damages up to $40,000', () => {
    expect(read('Covers damages up to $40,000', 'en')).toEqual([]);
  });
});
