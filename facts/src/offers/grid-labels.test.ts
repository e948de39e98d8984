import { describe, expect, it } from '@jest/globals';
import { bundleOf, type Line } from '../testing/bundles';
import { explainFacts } from '../extract-facts';

/** What the heads of a table say of its prices. Names are words that no table holds. */
function read(rows: readonly (readonly string[])[], lang = 'en') {
  const lines = rows.flatMap((texts, row) =>
    texts.flatMap((text, column): Line[] =>
      text === ''
        ? []
        : [
            {
              text,
              selector: `html > body > table > tbody > tr:nth-of-type(${
                row + 1
              }) > td:nth-of-type(${column + 1})`,
              x: 20 + column * 200,
            },
          ],
    ),
  );
  const bundle = bundleOf(lines, { lang });
  const places = rows.flatMap((texts, row) =>
    texts.filter(text => text !== '').map(() => row),
  );
  places.forEach((row, cell) => {
    bundle.layout.runs[cell].box.y = row * 60;
  });
  return explainFacts(bundle)
    .facts.filter(({ kind }) => kind === 'price')
    .map(({ subject, value, unit }) => [subject, value, unit?.period]);
}

describe('heads that say how the same is bought', () => {
  it.each([
    ['en', 'In-store', 'Online'],
    ['en', 'Members', 'Non-members'],
    ['en', 'With tove', 'Without tove'],
    ['de', 'Mit Zorblat', 'Ohne Zorblat'],
    ['fr', 'Adhérents', 'Non-adhérents'],
    ['hu', 'rövid haj', 'hosszú'],
    ['pl', 'krótkie', 'długie'],
    ['ja', '会員', '非会員'],
  ])('name nothing (%s: %s, %s)', (lang, one, other) => {
    expect(
      read(
        [
          ['', one, other],
          ['Zorblat', '€10', '€20'],
          ['Quill', '€11', '€21'],
        ],
        lang,
      ),
    ).toEqual([
      ['Zorblat', 10, undefined],
      ['Zorblat', 20, undefined],
      ['Quill', 11, undefined],
      ['Quill', 21, undefined],
    ]);
  });
});

describe('rows that say how many', () => {
  it('leave the names to the columns', () => {
    expect(
      read([
        ['Run', 'Zorblat', 'Quill'],
        ['100 pieces', '€10', '€20'],
        ['250 pieces', '€11', '€21'],
      ]),
    ).toEqual([
      ['Zorblat', 10, undefined],
      ['Zorblat', 11, undefined],
      ['Quill', 20, undefined],
      ['Quill', 21, undefined],
    ]);
  });
});

describe('a period', () => {
  it.each([
    ['da', 'Pr. påbegyndt time', 'hour'],
    ['de', 'Je angefangene Stunde', 'hour'],
    ['da', 'Månedskort', 'month'],
    ['de', 'Jahreskarte', 'year'],
  ])('is said by the head of a column (%s: %s)', (lang, head, period) => {
    const prices = read(
      [
        ['', head, '/ day', 'per week'],
        ['Zorblat', '€10', '€20', '€30'],
        ['Quill', '€11', '€21', '€31'],
      ],
      lang,
    );
    expect(prices[0]).toEqual(['Zorblat', 10, period]);
  });

  it('is said by a cell of the row that says nothing else', () => {
    expect(
      read([
        ['Name', 'Length', 'Price'],
        ['Zorblat', 'month', '€10'],
        ['Quill', 'Daily', '€11'],
      ]),
    ).toEqual([
      ['Zorblat', 10, 'month'],
      ['Quill', 11, undefined],
    ]);
  });

  it('stands before a number that counts something else', () => {
    expect(
      read(
        [
          ['', 'Zorblat', 'Quill'],
          ['Havidíj 2 év hűséggel', '3 990 Ft', '5 990 Ft'],
          ['Adat', 'tove', 'wabe'],
        ],
        'hu',
      ),
    ).toEqual([
      ['Zorblat', 3990, 'month'],
      ['Quill', 5990, 'month'],
    ]);
  });
});

describe('rows that are passes for a time', () => {
  it('are what one buys under a single price', () => {
    expect(
      read(
        [
          ['Kupon', 'Cena'],
          ['Měsíční', '490 Kč'],
          ['Roční', '4 650 Kč'],
        ],
        'cs',
      ).map(([name, value]) => [name, value]),
    ).toEqual([
      ['Měsíční', 490],
      ['Roční', 4650],
    ]);
  });

  it('are what one buys beside rows with names', () => {
    const names = read(
      [
        ['Giorni', 'Adulti', 'Bambini'],
        ['Giornaliero', '48 €', '34 €'],
        ['3 giorni', '135 €', '95 €'],
        ['Zorblat', '690 €', '450 €'],
      ],
      'it',
    ).map(([name]) => name);
    expect(names).toContain('Giornaliero');
  });
});

describe('a row of amounts that nobody asks for', () => {
  it('is told from one whose label ends in a period', () => {
    expect(
      read([
        ['', 'Zorblat', 'Quill'],
        ['Tove per month', '€10', '€20'],
        ['Own risk', '€150', '€300'],
        ['Wabes', 'three', 'nine'],
      ]),
    ).toEqual([
      ['Zorblat', 10, 'month'],
      ['Quill', 20, 'month'],
    ]);
  });

  it('is none where all rows are called prices over measured heads', () => {
    const names = read([
      ['Option', '3 kVA', '6 kVA'],
      ['Monthly fee', '€10', '€20'],
      ['Price of a unit', '€0.15', '€0.25'],
    ]).map(([name]) => name);
    expect(new Set(names)).toEqual(new Set(['3 kVA', '6 kVA']));
  });
});

describe('a cell that begins with how much its amount is for', () => {
  it('names nothing by it', () => {
    const names = read([
      ['Day', 'Time', 'Price'],
      ['Zorblat', 'tove', '60 minutes €1'],
      ['Quill', 'wabe', '30 minutes €2'],
    ]).map(([name]) => name);
    expect(names).not.toContain('60 minutes');
    expect(names).not.toContain('30 minutes');
  });
});
