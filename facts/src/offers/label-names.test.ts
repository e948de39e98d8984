import { describe, expect, it } from '@jest/globals';
import { bundleOf, type Line } from '../testing/bundles';
import { extractFacts } from '../extract-facts';

/** A card with a heading, and below it terms with an amount each. */
const card = (
  index: number,
  heading: string,
  terms: readonly (readonly [string, string])[],
): Line[] => {
  const at = `html > body > div:nth-of-type(${index})`;
  return [
    { text: heading, selector: `${at} > h2`, fontSize: 24, bold: true },
    ...terms.flatMap(([term, amount], place) => [
      { text: term, selector: `${at} > dl > dt:nth-of-type(${place + 1})` },
      { text: amount, selector: `${at} > dl > dd:nth-of-type(${place + 1})` },
    ]),
  ];
};

const namesOf = (...lines: readonly Line[]) =>
  extractFacts(bundleOf(lines))
    .filter(fact => fact.kind === 'price')
    .map(({ subject, value }) => [subject, value]);

describe('a list of terms with amounts', () => {
  it('names what it sells, where each term stands in it alone', () => {
    expect(
      namesOf(
        ...card(1, 'Our prices', [
          ['Zorblat', '$10'],
          ['Quill', '$20'],
        ]),
      ),
    ).toEqual([
      ['Zorblat', 10],
      ['Quill', 20],
    ]);
  });

  it('names nothing, where one of its terms is a label of another list as well', () => {
    expect(
      namesOf(
        ...card(1, 'Zorblat', [
          ['Energy part', '$0.12 per kWh'],
          ['Fixed share', '$8 per month'],
        ]),
        ...card(2, 'Quill', [
          ['Spread', '$0.01 per kWh'],
          ['Fixed share', '$6 per month'],
        ]),
      ).map(([name]) => name),
    ).toEqual(['Zorblat', 'Zorblat', 'Quill', 'Quill']);
  });
});
