import { describe, expect, it } from '@jest/globals';
import { explainFacts } from '../extract-facts';
import { savedPageOf } from '../testing/saved-pages';

/** What a page says of an amount away from it: in a heading, at the head of a column, on a line below. */

const prices = (html: string, lang = 'en') =>
  explainFacts(savedPageOf(html, { meta: { 'og:locale': lang } }))
    .facts.filter(fact => fact.kind === 'price')
    .map(({ subject, value, unit }) => [
      subject,
      value,
      unit?.currency,
      unit?.period,
      unit?.billed,
    ]);
const table = (...rows: string[][]) =>
  `<h1>Lista</h1><table>${rows
    .map(cells => `<tr>${cells.map(text => `<td>${text}</td>`).join('')}</tr>`)
    .join('')}</table>`;

describe('a year’s sum below a price of a month', () => {
  const cards = (line: (year: number) => string) =>
    `<h1>Plans</h1><div>${[
      ['Basic', 29],
      ['Pro', 99],
    ]
      .map(
        ([name, month]) =>
          `<div><h3>${name}</h3><div style="font-size:34px">$${month}/mo</div><p>${line(
            Number(month) * 12,
          )}</p></div>`,
      )
      .join('')}</div>`;

  it('is told once, and says that the month is billed yearly', () => {
    expect(prices(cards(year => `billed $${year}/yr`))).toEqual([
      ['Basic', 29, 'USD', 'month', 'billed yearly'],
      ['Pro', 99, 'USD', 'month', 'billed yearly'],
    ]);
  });

  it('says so too where it names no period', () => {
    expect(prices(cards(year => `billed $${year}`))[0]).toEqual([
      'Basic',
      29,
      'USD',
      'month',
      'billed yearly',
    ]);
  });
});

describe('the currency in a head', () => {
  it('is that of its dollar sign, and its country parts thousands', () => {
    expect(
      prices(
        table(
          ['Tratamiento', 'Precio (MXN)'],
          ['Limpieza dental completa', '$650'],
          ['Corona de zirconia', '$5,800'],
        ),
        'es',
      ),
    ).toEqual([
      ['Limpieza dental completa', 650, 'MXN', undefined, undefined],
      ['Corona de zirconia', 5800, 'MXN', undefined, undefined],
    ]);
  });
});

describe('a period on the line of an amount', () => {
  it('is not lent to the amount above', () => {
    expect(
      prices(
        table(
          ['コース', '受講料'],
          ['週末コース', '9万8,000円'],
          ['集中コース', '15万円'],
          ['オンライン', '月額 7,980円'],
        ),
        'ja',
      ),
    ).toEqual([
      ['週末コース', 98000, 'JPY', undefined, undefined],
      ['集中コース', 150000, 'JPY', undefined, undefined],
      ['オンライン', 7980, 'JPY', 'month', undefined],
    ]);
  });
});

describe('headings with one priced paragraph each', () => {
  const page = (second: string) =>
    `<h1>Meals</h1><h2>Light</h2><p>Five lunches a week — $45 a week.</p><h2>Whole day</h2><p>Breakfast, lunch and dinner — $90 a week.</p>${second}`;

  it('are what one buys, and not what the paragraph says of it', () => {
    expect(prices(page('')).map(([subject]) => subject)).toEqual([
      'Light',
      'Whole day',
    ]);
  });

  it('are groups where one has two prices', () => {
    const names = prices(page('<p>Dinner only — $40 a week.</p>'));
    expect(names.map(([subject]) => subject)).not.toContain('Whole day');
  });
});

describe('a sentence over prices', () => {
  it('says their period up to its comma, whatever number follows', () => {
    const rows =
      '<table><tr><th>Place</th><th>Low season</th><th>High season</th></tr><tr><td>Tent</td><td>16 €</td><td>24 €</td></tr><tr><td>Camper</td><td>19 €</td><td>28 €</td></tr></table>';
    expect(
      prices(
        `<p>Prix par nuit, taxe de séjour en sus (0,61 €).</p>${rows}`,
        'fr',
      ).map(([, , , period]) => period),
    ).toEqual(['day', 'day', 'day', 'day']);
  });
});

describe('a sentence of a script that parts no words', () => {
  it('is told from a price by the full stop in it', () => {
    expect(
      prices('<h1>料金</h1><p>お支払いは後払いです。延長は一回500円</p>', 'ja'),
    ).toEqual([]);
  });
});

describe('a name before its amount', () => {
  const names = (html: string, lang: string) =>
    prices(`<h1>料金</h1>${html}`, lang).map(([subject]) => subject);

  it('ends where the word of a period begins that stands with the amount', () => {
    expect(
      names(
        '<ul><li>屋外 月額 18,000円</li><li>屋内 月額 25,000円</li></ul>',
        'ja',
      ),
    ).toEqual(['屋外', '屋内']);
  });

  it('may end in the letters of a company', () => {
    expect(
      names(
        '<ul><li>Založení s.r.o. – 9 900 Kč</li><li>Rozvod dohodou – 14 900 Kč</li></ul>',
        'cs',
      ),
    ).toEqual(['Založení s.r.o.', 'Rozvod dohodou']);
  });
});
