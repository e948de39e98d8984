import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { bundleOf, twoCards, type Line } from '../testing/bundles';
import { savedPageOf } from '../testing/saved-pages';
import { explainFacts } from '../extract-facts';
import type { PageBundle } from '../page/page-bundle';

const told = (bundle: PageBundle) =>
  explainFacts(bundle)
    .facts.filter((fact: Fact) => fact.kind === 'price')
    .map(fact => [fact.subject, fact.value, fact.unit?.period]);
const reasons = (bundle: PageBundle) =>
  explainFacts(bundle)
    .candidates.map(each => each.refused)
    .filter(Boolean);
const CARDS = [
  ['Basic', 10, 'month'],
  ['Deluxe', 20, 'month'],
];
const under = (text: string): Line => ({
  text,
  selector: 'html > body > p',
});

describe('an amount that is told on the side', () => {
  it.each([
    ['security', 'Ved tyveri betaler du en selvrisiko på 1.000 kr.', 'da'],
    ['security', 'Självrisk 12 000 kr.', 'sv'],
    ['security', 'Selbstbeteiligung 100 €', 'de'],
    ['security', 'Borg: € 150,- per boot.', 'nl'],
    ['security', 'Caparra confirmatoria di € 100 alla prenotazione.', 'it'],
    ['security', 'Kaucja 500 zł', 'pl'],
    ['security', '押金：500 元', 'zh'],
    ['security', '€200 deposit', 'en'],
    ['gift', 'Neukunden erhalten einen Bonus von 75 €.', 'de'],
    ['gift', '新用户送 100 元代金券。', 'zh'],
    ['gift', '紹介で1,000円分のギフトをプレゼント。', 'ja'],
    ['gift', '신규 가입 시 5,000원 적립', 'ko'],
    ['levy', 'Preise pro Nacht, exkl. Ortstaxe (€ 2,50)', 'de'],
    ['levy', 'Taxe de séjour : 1,50 €', 'fr'],
    ['threshold', 'Minimalna wartość zlecenia to 80 zł.', 'pl'],
    ['threshold', 'Бесплатно от 5 000 ₽', 'ru'],
    ['threshold', 'Versandkostenfrei ab 49 €', 'de'],
  ] as const)('is dropped as %s: "%s"', (reason, text, lang) => {
    const bundle = bundleOf(twoCards(under(text)), { lang });
    expect(told(bundle)).toEqual(CARDS);
    expect(reasons(bundle)).toEqual([reason]);
  });

  it('takes no price away from a card whose name is such a word', () => {
    const lines = twoCards();
    lines[2].text = 'Bonus';
    expect(told(bundleOf(lines)).map(([name]) => name)).toContain('Bonus');
  });
});

describe('words of an amount that stand right before another', () => {
  const second = (text: string) => {
    const lines = twoCards();
    lines[3].text = text;
    return told(bundleOf(lines));
  };

  it('are not about the other: "Was $79 $49/month"', () => {
    expect(second('Was $79 $49/month')).toContainEqual(['Deluxe', 49, 'month']);
  });

  it('are about the only one: "Was $79"', () => {
    expect(second('Was $79')).toEqual([['Basic', 10, 'month']]);
  });
});

describe('a letter behind an amount', () => {
  const page = (next: string) =>
    savedPageOf(
      `<h1>Prices</h1><div><div><h3>A</h3><p>€1,299</p></div><div><h3>${next}</h3><p>€1,499</p></div></div>`,
    );

  it.each(['B', 'M', 'T', 'K'])(
    'is the name of the next card, and no billion: %s',
    next => {
      expect(told(page(next))).toEqual([
        ['A', 1299, undefined],
        [next, 1499, undefined],
      ]);
    },
  );

  it('multiplies on the same line', () => {
    const bundle = bundleOf(twoCards(under('We raised $43 M')));
    expect(told(bundle)).toEqual(CARDS);
  });
});

describe('names that share a line with their price', () => {
  const lines = (...texts: string[]) =>
    told(
      bundleOf([
        { text: 'Price list', selector: 'html > body > h1' },
        ...texts.map((text, index) => ({
          text,
          selector: `html > body > ul > li:nth-of-type(${index + 1})`,
        })),
      ]),
    ).map(([name, value]) => [name, value]);

  it('end before a line of dots', () => {
    expect(lines('Braids ........ $250', 'Manicure ........ $70')).toEqual([
      ['Braids', 250],
      ['Manicure', 70],
    ]);
  });

  it('end before the word "from" of any language', () => {
    expect(lines('Korekta: od 20 zł', 'Tłumaczenie: od 45 zł')).toEqual([
      ['Korekta', 20],
      ['Tłumaczenie', 45],
    ]);
  });
});

describe('plans that are called as a sum is', () => {
  it.each(['Net 100', 'Gross'])('"%s" keeps its price', name => {
    const lines = twoCards();
    lines[2].text = name;
    lines[2].selector = lines[2].selector?.replace(/h\d/, 'b');
    expect(told(bundleOf(lines))).toContainEqual([name, 20, 'month']);
  });

  it('"Net revenue" has none', () => {
    const lines = twoCards();
    lines.push({ text: 'Net revenue $900', selector: 'html > body > p' });
    expect(told(bundleOf(lines))).toEqual(CARDS);
  });
});

describe('names and prices by turns, each in a line of its own', () => {
  const page = (...rest: string[]) =>
    told(
      savedPageOf(
        `<h1>Praktijk</h1><h2>Tarieven</h2>${rest
          .map(each => (each.startsWith('<') ? each : `<p>${each}</p>`))
          .join('')}`,
      ),
    ).map(([name, value]) => [name, value]);

  it('are read in pairs, whatever heading stands over them', () => {
    expect(
      page('Intake 90 min', '100 euro', 'Sessie 50 min', '65 euro'),
    ).toEqual([
      ['Intake 90 min', 100],
      ['Sessie 50 min', 65],
    ]);
  });

  it('are called by their headings where each has one', () => {
    expect(
      page('<h3>Intake</h3>', 'Lang gesprek', '100 euro').concat(
        page(
          '<h3>Intake</h3>',
          'Lang gesprek',
          '100 euro',
          '<h3>Sessie</h3>',
          'Kort gesprek',
          '65 euro',
        ),
      ),
    ).toEqual([
      ['Intake', 100],
      ['Intake', 100],
      ['Sessie', 65],
    ]);
  });
});

describe('a label that stands before the price of every card', () => {
  const cards = (label: string, second = label) =>
    told(
      savedPageOf(
        `<h1>Seminare</h1><div><div><h2>Buchführung</h2><p>${label}: 490 €</p></div><div><h2>Abschluss</h2><p>${second}: 720 €</p></div></div>`,
      ),
    ).map(([name, value]) => [name, value]);

  it.each(['Teilnahmegebühr', 'Renovación', 'Selbstkostenbeitrag'])(
    'is no name: "%s"',
    label => {
      expect(cards(label)).toEqual([
        ['Buchführung', 490],
        ['Abschluss', 720],
      ]);
    },
  );

  it('is a name where it stands once', () => {
    expect(cards('Grundkurs', 'Aufbaukurs')).toEqual([
      ['Grundkurs', 490],
      ['Aufbaukurs', 720],
    ]);
  });
});

describe('a word that is a day here and money elsewhere', () => {
  const second = (lang: string) => {
    const lines = twoCards(under('Skipas: 1 den'));
    return told(bundleOf(lines, { lang })).map(([, value]) => value);
  };

  it('is no denar on a Czech page', () => {
    expect(second('cs')).toEqual([10, 20]);
  });

  it('names nothing where it is a night beside an amount', () => {
    const lines = twoCards();
    lines[3].text = '$140 night';
    const names = told(bundleOf(lines)).map(([name]) => name);
    expect(names).toEqual(['Basic', 'Deluxe']);
  });
});

describe('an amount that something comes to', () => {
  const refusals = (line: string) =>
    explainFacts(bundleOf(twoCards(line)))
      .candidates.map(({ refused }) => refused)
      .filter(Boolean);

  it.each(['Tove for ca. $300', 'Tove approx. $300', 'Tove 約$300'])(
    'is an estimate: %s',
    line => {
      expect(refusals(line)).toEqual(['estimate']);
    },
  );
});
