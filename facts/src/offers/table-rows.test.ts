import { describe, expect, it } from '@jest/globals';
import { bundleOf, type Line } from '../testing/bundles';
import { explainFacts, extractFacts } from '../extract-facts';
import { savedPageOf } from '../testing/saved-pages';

/** A grid of cells, each row in one line of the screen. @param at CSS of a cell from its row and column, both from 1 */
function pricesOf(
  rows: readonly (readonly string[])[],
  at: (row: number, column: number) => string,
) {
  const lines = rows.flatMap((texts, row) =>
    texts.map(
      (text, column): Line => ({
        text,
        selector: at(row + 1, column + 1),
        x: 20 + column * 200,
      }),
    ),
  );
  const bundle = bundleOf(lines);
  let cell = 0;
  rows.forEach((texts, row) =>
    texts.forEach(() => {
      bundle.layout.runs[cell].box.y = row * 60;
      cell += 1;
    }),
  );
  return extractFacts(bundle)
    .filter(fact => fact.kind === 'price')
    .map(fact => [fact.subject, fact.value]);
}

describe('what a table sells', () => {
  const table = (row: number, column: number) =>
    `html > body > table > tbody > tr:nth-of-type(${row}) > td:nth-of-type(${column})`;

  it('is in its columns, where whole rows hold prices and whole rows hold none', () => {
    const rows = [
      ['Plan', 'Zorblat', 'Quill'],
      ['Toves', 'three', 'nine'],
      ['Borogove fare', '$10', '$20'],
    ];
    expect(pricesOf(rows, table)).toEqual([
      ['Zorblat', 10],
      ['Quill', 20],
    ]);
  });

  it('is in the rows of a grid without a table, whose first column has a head', () => {
    const grid = (row: number, column: number) =>
      `html > body > div > div:nth-of-type(${row}) > div:nth-of-type(${column})`;
    const rows = [
      ['Tove', 'Slithy', 'Gimble'],
      ['Zorblat', '$10', '$20'],
      ['Quill', '$11', '$21'],
    ];
    expect(pricesOf(rows, grid)).toEqual([
      ['Zorblat', 10],
      ['Zorblat', 20],
      ['Quill', 11],
      ['Quill', 21],
    ]);
  });
});

describe('a table whose first column holds amounts', () => {
  it('is looked up in, and sells nothing by that', () => {
    const row = (cells: readonly string[]) =>
      `<tr>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`;
    const { facts } = explainFacts(
      savedPageOf(
        `<h1>Our prices</h1><table>${[
          ['Tove', '36 wabes', '48 wabes'],
          ['€5,000', '€152.12', '€117.10'],
          ['€9,000', '€304.24', '€234.20'],
        ]
          .map(row)
          .join('')}</table>`,
      ),
    );
    expect(facts.filter(({ kind }) => kind === 'price')).toEqual([]);
  });
});
