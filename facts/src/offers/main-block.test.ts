import { describe, expect, it } from '@jest/globals';
import { explainFacts } from '../extract-facts';
import { bundleOf, twoCards, type Line } from '../testing/bundles';

/** Two cards under no heading, and below them a list under one. */
const read = (heading: string, price = (amount: number) => `$${amount}`) => {
  const list = ['Tove', 'Wabe', 'Mimsy'].map(
    (name, index): Line => ({
      text: `${name}: ${price(30 + index)}`,
      selector: `html > body > ul > li:nth-of-type(${index + 1})`,
    }),
  );
  const { facts } = explainFacts(
    bundleOf(
      twoCards(
        { text: heading, selector: 'html > body > h2', fontSize: 24 },
        ...list,
      ),
    ),
  );
  return facts
    .filter(({ kind }) => kind === 'price')
    .map(({ subject }) => subject);
};
const CARDS = ['Basic', 'Deluxe'];

describe('a list of amounts beside the cards of a page', () => {
  it('is believed under a heading of prices or of what is sold', () => {
    expect(read('More prices')).toEqual([...CARDS, 'Tove', 'Wabe', 'Mimsy']);
    expect(read('Add-on services')).toContain('Tove');
  });

  it('is believed where its amounts have a period', () => {
    expect(read('Gimble', amount => `$${amount} a month`)).toContain('Tove');
  });
});

describe('a table of amounts beside the cards of a page', () => {
  const cells = (rows: readonly (readonly string[])[]): Line[] =>
    rows.flatMap((texts, row) =>
      texts.map((text, column) => ({
        text,
        selector: `html > body > table > tbody > tr:nth-of-type(${
          row + 1
        }) > td:nth-of-type(${column + 1})`,
        x: 20 + column * 200,
      })),
    );
  const subjects = (heading: string, head: string) =>
    explainFacts(
      bundleOf(
        twoCards(
          { text: heading, selector: 'html > body > h2', fontSize: 24 },
          ...cells([
            ['Gimble', head],
            ['Tove', '$30'],
            ['Wabe', '$31'],
          ]),
        ),
      ),
    )
      .facts.filter(({ kind }) => kind === 'price')
      .map(({ subject }) => subject);

  it('is not believed where nothing over it says that they are asked', () => {
    expect(subjects('Outgrabe', 'Borogove')).toEqual(CARDS);
  });

  it('is believed where its head says that it holds prices', () => {
    expect(subjects('Outgrabe', 'Price')).toContain('Tove');
  });
});

it('a product under its own heading has its price, whatever cards stand below it', () => {
  const { facts } = explainFacts(
    bundleOf([
      { text: 'Walnut tove', selector: 'html > body > h1', fontSize: 32 },
      { text: '$119', selector: 'html > body > p', fontSize: 24 },
      ...twoCards(),
    ]),
  );
  expect(
    facts.filter(({ kind }) => kind === 'price').map(({ subject }) => subject),
  ).toEqual(['Walnut tove', 'Basic', 'Deluxe']);
});
