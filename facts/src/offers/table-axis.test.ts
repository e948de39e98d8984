import { describe, expect, it } from '@jest/globals';
import { bundleOf, type Line } from '../testing/bundles';
import { explainFacts, extractFacts } from '../extract-facts';

type Row = readonly (string | undefined)[];

const ofTable = (row: number, column: number) =>
  `html > body > table > tbody > tr:nth-of-type(${row}) > td:nth-of-type(${column})`;
/** All cells in one box, row by row. */
const flat =
  (columns: number) =>
  (row: number, column: number): string =>
    `html > body > div > div:nth-of-type(${(row - 1) * columns + column})`;
/** A box for each column. */
const byColumn = (row: number, column: number) =>
  `html > body > div > ul:nth-of-type(${column}) > li:nth-of-type(${row})`;

/** A grid as it stands on the screen. A cell that is left out is covered by the one above it; an empty one stands there and says nothing. */
function page(rows: readonly Row[], at = ofTable, more: readonly Line[] = []) {
  const places: number[] = [];
  const lines = rows.flatMap((texts, row) => {
    let own = 0;
    return texts.flatMap((text, column): Line[] => {
      if (text !== undefined) own += 1;
      if (!text) return [];
      places.push(row);
      return [{ text, selector: at(row + 1, own), x: 20 + column * 200 }];
    });
  });
  const bundle = bundleOf([...lines, ...more]);
  places.forEach((row, cell) => {
    bundle.layout.runs[cell].box.y = row * 60;
  });
  return bundle;
}

const pricesOf = (bundle: ReturnType<typeof page>) =>
  extractFacts(bundle)
    .filter(fact => fact.kind === 'price')
    .map(({ subject, value, unit }) =>
      [subject, value, unit?.period].filter(part => part !== undefined),
    );

const reasonsOf = (bundle: ReturnType<typeof page>) =>
  explainFacts(bundle).candidates.map(({ refused }) => refused);

describe('rows are what one buys', () => {
  it('where a column says something else of each of them', () => {
    const rows = [
      ['', 'Toves', 'Wabe', 'Gimble'],
      ['Zorblat', 'three', '$10', '$20'],
      ['Quill', 'nine', '$11', '$21'],
    ];
    expect(pricesOf(page(rows))).toEqual([
      ['Zorblat', 10],
      ['Zorblat', 20],
      ['Quill', 11],
      ['Quill', 21],
    ]);
  });

  it.each([
    [
      ['1 week', '2 weeks'],
      ['Zorblat', 10, 'week'],
      ['Zorblat', 20],
    ],
    [
      ['100 pieces', '250 pieces'],
      ['Zorblat', 10],
      ['Zorblat', 20],
    ],
    [
      ['Zone 1', 'Zone 2'],
      ['Zorblat', 10],
      ['Zorblat', 20],
    ],
    [
      ['Mai – Juni', 'Juli – August'],
      ['Zorblat', 10],
      ['Zorblat', 20],
    ],
    [
      ['Erwachsene', 'Kinder'],
      ['Zorblat', 10],
      ['Zorblat', 20],
    ],
    [
      ['Hour', 'Day'],
      ['Zorblat', 10, 'hour'],
      ['Zorblat', 20, 'day'],
    ],
  ] as const)('under heads that measure: %j', (heads, first, second) => {
    const rows = [
      ['', ...heads],
      ['Zorblat', '$10', '$20'],
      ['Quill', '$11', '$21'],
    ];
    expect(pricesOf(page(rows)).slice(0, 2)).toEqual([first, second]);
  });

  it('below heads of heads, where a cell reaches down', () => {
    const rows = [
      ['Pass', 'Summer', undefined, 'Winter', undefined],
      [undefined, 'Regular', 'Student', 'Regular', 'Student'],
      ['Zorblat', '$10', '$20', '$30', '$40'],
      ['Quill', '$11', '$21', '$31', '$41'],
    ];
    expect(pricesOf(page(rows)).map(([name]) => name)).toEqual([
      ...Array(4).fill('Zorblat'),
      ...Array(4).fill('Quill'),
    ]);
  });

  it('where a cell at their left stands for several of them', () => {
    const rows = [
      ['Family', 'Plan', 'Monthly', 'Yearly'],
      ['Toves', 'Zorblat', '$10', '$100'],
      [undefined, 'Quill', '$11', '$110'],
    ];
    expect(pricesOf(page(rows))).toEqual([
      ['Zorblat', 10, 'month'],
      ['Zorblat', 100, 'year'],
      ['Quill', 11, 'month'],
      ['Quill', 110, 'year'],
    ]);
  });

  it('and a row is called what its first cell says, a letter as well', () => {
    const rows = [
      ['Class', 'Subjects', 'Fee'],
      ['IX', 'Botany', '$10'],
      ['X', 'All subjects', '$20'],
    ];
    expect(pricesOf(page(rows))).toEqual([
      ['IX', 10],
      ['X', 20],
    ]);
  });

  it('in pairs of columns of names and prices', () => {
    const rows = [
      ['Treatment', 'Price', 'Treatment', 'Price'],
      ['Zorblat', '$10', 'Mimsy', '$30'],
      ['Quill', '$11', 'Borogove', '$31'],
    ];
    expect(pricesOf(page(rows)).sort()).toEqual([
      ['Borogove', 31],
      ['Mimsy', 30],
      ['Quill', 11],
      ['Zorblat', 10],
    ]);
  });

  it('in boxes that fill a grid one by one', () => {
    const rows = [
      ['Place', 'Per hour', 'Per day'],
      ['Zorblat', '$10', '$50'],
      ['Quill', '$11', '$51'],
    ];
    expect(pricesOf(page(rows, flat(3)))).toEqual([
      ['Zorblat', 10, 'hour'],
      ['Zorblat', 50, 'day'],
      ['Quill', 11, 'hour'],
      ['Quill', 51, 'day'],
    ]);
  });
});

describe('rows of boxes', () => {
  it('are a grid beside a heading and a note as well', () => {
    const among = (row: number, column: number) =>
      `html > body > div:nth-of-type(${row}) > span:nth-of-type(${column})`;
    const rows = [
      ['Care', 'Hours', 'Fee per hour', 'Fee per month'],
      ['Zorblat', 'three', '€10', '€100'],
      ['Quill', 'nine', '€11', '€110'],
    ];
    const note = {
      text: 'The state pays a part.',
      selector: 'html > body > p',
    };
    const bundle = page(rows, among, [note]);
    bundle.layout.runs.at(-1)!.box.y = 400;
    expect(pricesOf(bundle)).toEqual([
      ['Zorblat', 10, 'hour'],
      ['Zorblat', 100, 'month'],
      ['Quill', 11, 'hour'],
      ['Quill', 110, 'month'],
    ]);
  });
});

describe('columns are what one buys', () => {
  it('where whole rows say something else, and the corner is empty', () => {
    const rows = [
      ['', 'Zorblat', 'Quill'],
      ['Toves', 'three', 'nine'],
      ['Term 1 month', '$12', '$24'],
      ['Term 12 months', '$10', '$20'],
      ['Setting up', '$5', '$0'],
    ];
    const found = pricesOf(page(rows));
    expect(found).toContainEqual(['Zorblat', 12]);
    expect(found).toContainEqual(['Quill', 20]);
    expect(found.map(([name]) => name)).not.toContain('Term 1 month');
  });

  it('where rows are nothing but how long one pays', () => {
    const rows = [
      ['Way to pay', 'Morning wabe', 'Whole wabe'],
      ['Monthly', '$10', '$20'],
      ['Yearly', '$100', '$200'],
    ];
    expect(pricesOf(page(rows))).toEqual([
      ['Morning wabe', 10, 'month'],
      ['Morning wabe', 100, 'year'],
      ['Whole wabe', 20, 'month'],
      ['Whole wabe', 200, 'year'],
    ]);
  });

  it('where terms are the same along each row and differ from row to row', () => {
    const rows = [
      ['', 'Zorblat', 'Quill'],
      ['Keeping', '$9 / month', '$29 / month'],
      ['Toves', '$2', '$1'],
    ];
    expect(pricesOf(page(rows))).toEqual([
      ['Zorblat', 9, 'month'],
      ['Quill', 29, 'month'],
    ]);
  });

  it('where their heads are names with prices: what stands below is what they have', () => {
    const lines = ['Zorblat', 'Quill', 'Lifetime'].flatMap(
      (name, index): Line[] => {
        const cell = ofTable(1, index + 2);
        const x = 220 + index * 200;
        return [
          { text: name, selector: `${cell} > b`, x },
          { text: `$${index + 1}9 a month`, selector: `${cell} > small`, x },
        ];
      },
    );
    const rows = [
      ['Vet fees', '$3,000', '$7,000', '$9,000'],
      ['Annual price', '$199', '$299', '$399'],
    ].flatMap((texts, row) =>
      texts.map((text, column) => ({
        text,
        selector: ofTable(row + 2, column + 1),
        x: 20 + column * 200,
      })),
    );
    const bundle = bundleOf([...lines, ...rows]);
    const ys = [0, 20, 0, 20, 0, 20, 60, 60, 60, 60, 120, 120, 120, 120];
    ys.forEach((y, run) => {
      bundle.layout.runs[run].box.y = y;
    });
    expect(pricesOf(bundle)).toEqual([
      ['Zorblat', 19, 'month'],
      ['Zorblat', 199, 'year'],
      ['Quill', 29, 'month'],
      ['Quill', 299, 'year'],
      ['Lifetime', 39, 'month'],
      ['Lifetime', 399, 'year'],
    ]);
  });

  it('in boxes that are columns', () => {
    const rows = [
      ['Package', 'Zorblat', 'Quill'],
      ['Toves', 'three', 'nine'],
      ['Monthly price', '$35', '$40'],
    ];
    expect(pricesOf(page(rows, byColumn))).toEqual([
      ['Zorblat', 35, 'month'],
      ['Quill', 40, 'month'],
    ]);
  });

  it('and a word of sums is a name where the other columns have names', () => {
    const rows = [
      ['Cover', 'Base', 'Comfort', 'Total'],
      ['Toves', 'three', 'nine', 'all'],
      ['Price', '$10', '$20', '$30'],
    ];
    expect(pricesOf(page(rows))).toContainEqual(['Total', 30]);
  });
});

describe('a table that does not say which of its axes one buys', () => {
  it.each([
    ['has no word over the names', ''],
    ['has a word for what plans have over the names', 'Fee'],
  ])('%s, and names nobody', (_, corner) => {
    const rows = [
      [corner, 'Slithy', 'Gimble'],
      ['Zorblat', '$10', '$20'],
      ['Quill', '$11', '$21'],
    ];
    expect(pricesOf(page(rows))).toEqual([]);
    expect(new Set(reasonsOf(page(rows)))).toEqual(new Set(['unclearTable']));
  });
});

describe('a column of what was asked before', () => {
  it.each([
    ['Before', 'Now'],
    ['Før', 'Nå'],
    ['Старая цена', 'Новая цена'],
    ['Original fee', 'Reduced fee'],
    ['Học phí gốc', 'Học phí ưu đãi'],
  ])('is headed "%s" beside "%s"', (before, now) => {
    const rows = [
      ['Ticket', before, now],
      ['Zorblat', '€20', '€10'],
      ['Quill', '€21', '€11'],
    ];
    expect(pricesOf(page(rows))).toEqual([
      ['Zorblat', 10],
      ['Quill', 11],
    ]);
  });
});

describe('the row of a rival', () => {
  it('is no offer, where one row is called as the page’s own company', () => {
    const bundle = page([
      ['Product', 'Price', 'Toves'],
      ['Acme', '$10/mo', 'three'],
      ['Zorblat', '$20/mo', 'nine'],
    ]);
    bundle.layout.meta['og:site_name'] = 'Acme';
    expect(pricesOf(bundle)).toEqual([['Acme', 10, 'month']]);
    expect(reasonsOf(bundle)).toContain('rival');
  });
});

describe('the most that is paid', () => {
  it('is no price of what stands before it in its line', () => {
    const rows = [
      ['Csomag', 'Zorblat', 'Quill'],
      ['Havidíj', '3 990 Ft', '5 990 Ft'],
      ['Adat', 'three', 'nine'],
    ];
    const text = 'Kötbér idő előtti felmondásnál legfeljebb 40 000 Ft.';
    const below = { text, selector: 'html > body > p' };
    expect(pricesOf(page(rows, ofTable, [below]))).toEqual([
      ['Zorblat', 3990, 'month'],
      ['Quill', 5990, 'month'],
    ]);
  });
});

describe('the head of a column', () => {
  it('is no name of an amount below the table, whatever stands under it', () => {
    const rows = [
      ['Toves', 'Zorblat', 'Quill'],
      ['Plan', 'three', 'nine'],
      ['Price', '$10', '$20'],
    ];
    const below = ['$3', '$4'].map((text, index) => ({
      text,
      selector: `html > body > p > b:nth-of-type(${index + 1})`,
      x: 220 + index * 200,
    }));
    const bundle = page(rows, ofTable, below);
    for (const run of bundle.layout.runs.slice(-2)) run.box.y = 300;
    expect(pricesOf(bundle)).toEqual([
      ['Zorblat', 10],
      ['Quill', 20],
    ]);
  });
});
