import { describe, expect, it } from '@jest/globals';
import { savedPageOf } from '../testing/saved-pages';
import { explainFacts } from '../extract-facts';
import { judgeContext } from './price-context';
import { readMoney } from './read-money';
import { parseTerms } from './terms';

const judge = (before: string, after: string, lang: string) =>
  judgeContext({ before, after }, [lang, 'en']);

/** What a sentence or a line says before and behind its amount, and whether that refuses it. */
const REFUSED = [
  ['en', 'Deposit ', ''],
  ['en', 'Basket: ', ''],
  ['en', 'Free delivery over ', ''],
  ['en', 'Regular ', ''],
  ['en', 'Was ', ''],
  ['it', '', ' in omaggio'],
  ['pt', 'Desconto: ', ''],
  ['de', 'Für jede Empfehlung ', ' Prämie'],
  ['fr', '', ' offerts'],
  ['fr', '', ' en 4 fois sans frais'],
  ['es', '', ' de regalo'],
  ['es', 'Paga en 12 cuotas de ', ''],
  ['cs', 'Záloha ', ''],
  ['cs', 'Při nákupu nad ', ''],
  ['hu', '', ' helyett'],
  ['tr', '', ' yerine'],
  ['vi', 'Được tặng ', ''],
  ['zh', '立省', ''],
  ['zh', '注册送', ''],
  ['ja', 'クーポン ', ''],
  ['ja', '', 'オフ'],
  ['ja', '', '分のギフト'],
  ['ko', '원가 ', ''],
  ['th', 'ผ่อน ', ''],
  ['en', '', ' set-up fee'],
  ['fr', '', ' de frais de dossier'],
  ['ko', '등록비 ', ' 면제'],
  ['hi', '', ' तक की छात्रवृत्ति उपलब्ध'],
  ['en', 'Prices may rise by ', ' each April'],
  ['de', 'Der Preis steigt um ', ''],
  ['de', 'Depot für den Badge: ', ''],
  ['id', 'Minimal pemesanan ', ''],
  ['it', 'Risparmia ', ' con il piano annuale'],
  ['it', 'Risparmia con noi: ', ' al mese'],
  ['en', 'Save time and ', ' a month'],
] as const;
const KEPT = [
  ['en', 'No deposit, ', ' per month'],
  ['en', 'Fruit basket ', ''],
  ['en', 'Free delivery, ', ' a week'],
  ['en', 'Regular haircut ', ''],
  ['en', 'Recover everything for ', ' per month'],
  ['nl', 'Was en strijk per kilo ', ''],
  ['it', 'Zaino in omaggio, ', ' al mese'],
  ['pt', '2 pessoas com desconto: ', ' por mês'],
  ['en', 'Off-peak ', ' a month'],
  ['en', 'Cut and blow dry ', ''],
  ['en', 'Managed hosting ', ' a month'],
  ['en', '', ' or 3 interest-free payments with Klarna'],
  ['de', 'Prämie: ', ' im Monat'],
  ['de', 'Ohne Kaution ', ''],
  ['fr', '2 mois offerts, puis ', ' par mois'],
  ['fr', 'Sans frais d’installation, ', ' par mois'],
  ['fr', 'Sans carte de crédit, ', ' par mois'],
  ['es', 'Bono mensual ', ''],
  ['es', 'Cuota mensual: ', ''],
  ['es', 'Caja de regalo ', ''],
  ['cs', 'Záloha dat ', ' měsíčně'],
  ['cs', 'Chata nad jezerem ', ''],
  ['hu', '120 Ft helyett ', ''],
  ['tr', '120 TL yerine ', ''],
  ['vi', 'Gói trả trước ', ''],
  ['zh', '省心版 ', '/月'],
  ['zh', '每日送餐 ', '/月'],
  ['zh', '优惠价 ', ''],
  ['ja', 'ドローン講習 ', ''],
  ['ja', 'オフィスプラン ', ''],
  ['ja', 'スカート ', ''],
  ['ja', '送料無料 ', ''],
  ['ko', '회원가 ', ''],
  ['th', 'ห้องพักผ่อน ', ''],
  ['it', 'Risparmia tempo con noi: ', ' al mese'],
  ['de', 'Sparen Sie Zeit mit uns – ', ' im Monat'],
  ['en', 'Save your time: ', ' a month'],
  ['zh', '节省时间：', '/月'],
  ['sv', 'Startavgift ', ''],
] as const;

describe('a word that may refuse an amount', () => {
  it.each(REFUSED)('refuses it, in %s: "%s…%s"', (lang, before, after) => {
    expect(['price', 'cued']).not.toContain(judge(before, after, lang));
  });

  it.each(KEPT)(
    'leaves it where it says something else, in %s: "%s…%s"',
    (lang, before, after) => {
      expect(['price', 'cued']).toContain(judge(before, after, lang));
    },
  );
});

describe('what is left out', () => {
  const names = (line: string, lang: string) =>
    explainFacts(
      savedPageOf(
        `<h1>Atelier</h1><div><div><h3>Un</h3><p>${line} 120 €</p></div><div><h3>Deux</h3><p>${line} 180 €</p></div></div>`,
        { meta: { 'og:locale': lang } },
      ),
    )
      .facts.filter(fact => fact.kind === 'price')
      .map(fact => [fact.subject, fact.value]);

  it.each([
    ['Sans acompte :', 'fr'],
    ['No deposit', 'en'],
    ['Senza carta di credito,', 'it'],
    ['Free delivery', 'en'],
  ])('is the name of nothing: "%s"', (line, lang) => {
    expect(names(line, lang)).toEqual([
      ['Un', 120],
      ['Deux', 180],
    ]);
  });
});

describe('a column of deposits', () => {
  it.each([
    ['a table', ''],
    ['a table with a caption', '<caption>Our cars</caption>'],
  ])(
    'holds no prices, whatever plan its row is called by: %s',
    (_, caption) => {
      const { facts } = explainFacts(
        savedPageOf(
          `<h1>Cars</h1><table>${caption}<tr><th>Car</th><th>Price</th><th>Deposit</th></tr><tr><td>Small</td><td>€40</td><td>€250</td></tr><tr><td>Large</td><td>€70</td><td>€500</td></tr></table>`,
        ),
      );
      expect(
        facts.filter(fact => fact.kind === 'price').map(fact => fact.value),
      ).toEqual([40, 70]);
    },
  );
});

describe('thousands by a letter', () => {
  const value = (below: string) =>
    explainFacts(
      savedPageOf(
        `<h1>Retainers</h1><div><div><h3>One</h3><p>$1.5k</p><p>${below}</p></div><div><h3>Two</h3><p>$6k</p><p>${below}</p></div></div>`,
      ),
    )
      .facts.filter(fact => fact.kind === 'price')
      .map(fact => [fact.value, fact.unit?.period]);

  it('are a price where the line below says for how long', () => {
    expect(value('per month')).toEqual([
      [1500, 'month'],
      [6000, 'month'],
    ]);
  });

  it('are a count or a value where nothing does', () => {
    expect(value('saved so far')).toEqual([]);
  });
});

describe('the period of an amount', () => {
  it('is that of its own line, and not of a line below that says more than terms', () => {
    const { facts } = explainFacts(
      savedPageOf(
        '<h1>Coffee</h1><div><div><h3>Solo</h3><p>Monthly €39</p><p>Every week new beans</p></div><div><h3>Duo</h3><p>Monthly €59</p><p>Every week new beans</p></div></div>',
      ),
    );
    expect(
      facts
        .filter(fact => fact.kind === 'price')
        .map(fact => fact.unit?.period),
    ).toEqual(['month', 'month']);
  });
});

describe('nights', () => {
  it.each([
    ' per night',
    ' pro Nacht',
    ' par nuit',
    ' por noche',
    ' a notte',
    ' por noite',
    ' per natt',
    ' pr. nat',
    ' / yö',
    ' za noc',
    ' pe noapte',
    ' за ночь',
    ' за ніч',
    ' / νύχτα',
    ' gecelik',
    ' ללילה',
    ' प्रति रात',
    '/晚',
    ' / 1泊',
    ' per malam',
    ' / đêm',
    ' ต่อคืน',
  ])('are a unit in every language: "%s"', words => {
    expect(parseTerms(words).terms).toEqual({ per: 'night', period: 'day' });
  });
});

describe('a former price in a string', () => {
  it.each([
    ['Was $120 Now $60', undefined, 60],
    ['statt 120 € nur 60 €', 'de', 60],
    ['60 € au lieu de 120 €', 'fr', 60],
    ['Au lieu de 120 € : 60 €', undefined, 60],
    ['120 TL yerine 60 TL', 'tr', 60],
    ['Było 120 zł, teraz 60 zł', undefined, 60],
    ['Antes 120 €', 'es', 120],
    ['før 120 kr nå 60 kr', 'no', 60],
    ['før 120 kr nå 60 kr', 'nb-NO', 60],
    ['før 120 kr nå 60 kr', 'nn', 60],
  ])('is not what is asked: "%s"', (text, lang, amount) => {
    expect(readMoney(text, lang)?.amount).toBe(amount);
  });
});

describe('a line that leads in to a price', () => {
  it('is not what one buys, where a heading stands over it', () => {
    const card = (name: string, line: string) =>
      `<div><h3>${name}</h3><p>${line}</p><p>Tutto incluso</p></div>`;
    const { facts } = explainFacts(
      savedPageOf(
        `<h1>Prezzi</h1><div>${card(
          'Base',
          'Senza carta di credito, 19 € al mese',
        )}${card('Pro', 'Risparmia tempo con noi: 49 € al mese')}</div>`,
        { meta: { 'og:locale': 'it' } },
      ),
    );
    expect(
      facts
        .filter(fact => fact.kind === 'price')
        .map(fact => [fact.subject, fact.value]),
    ).toEqual([
      ['Base', 19],
      ['Pro', 49],
    ]);
  });
});
