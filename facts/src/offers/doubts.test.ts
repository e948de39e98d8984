import { describe, expect, it } from '@jest/globals';
import { bundleOf, twoCards, type Line } from '../testing/bundles';
import { explainFacts } from '../extract-facts';

/** Words that no table holds: what is judged here is how an amount stands. */
const read = (lines: readonly (Line | string)[]) => {
  const { facts, candidates } = explainFacts(bundleOf(lines));
  return {
    prices: facts
      .filter(fact => fact.kind === 'price')
      .map(fact => [fact.subject, fact.value]),
    refused: candidates
      .filter(each => each.refused)
      .map(each => [each.value, each.refused]),
  };
};
const CARDS = [
  ['Basic', 10],
  ['Deluxe', 20],
];
const below = (text: string, place = 'p:nth-of-type(1)'): Line => ({
  text,
  selector: `html > body > ${place}`,
});

describe('an amount in a sentence beside cards', () => {
  it.each([
    'Zorblat is another $25 for the quill.',
    'Zorblat: $25 once the quill is yours',
    'Zorblat $25.',
  ])('is no offer: %s', line => {
    const { prices, refused } = read(twoCards(below(line)));
    expect(prices).toEqual(CARDS);
    expect(refused.map(([value]) => value)).toEqual([25]);
  });

  it('is an offer where its line is nothing but a name and the amount', () => {
    const { prices } = read(twoCards(below('Zorblat: $25')));
    expect(prices).toEqual([...CARDS, ['Zorblat', 25]]);
  });

  it('is an offer where several lines of its kind are a list', () => {
    const list = ['Quill', 'Zorblat', 'Mimsy'].map((name, index) =>
      below(
        `${name}: $${index + 1} with tove`,
        `ul > li:nth-of-type(${index + 1})`,
      ),
    );
    expect(read(twoCards(...list)).prices).toEqual([
      ...CARDS,
      ['Quill', 1],
      ['Zorblat', 2],
      ['Mimsy', 3],
    ]);
  });
});

it('an amount of a line that talks, in a card with a price of a month, is not what the card costs', () => {
  const place = 'div:nth-of-type(1) > div:nth-of-type(2) > p:nth-of-type(2)';
  const { prices, refused } = read(
    twoCards(below('Your first quill is $7, zorblats and all', place)),
  );
  expect(prices).toEqual(CARDS);
  expect(refused).toEqual([[7, 'besideThePoint']]);
});

describe('rows of a table with a plan in each column', () => {
  const cell = (row: number, column: number, text: string): Line => ({
    text,
    selector: `html > body > table > tbody > tr:nth-of-type(${row}) > td:nth-of-type(${column})`,
    x: column * 200,
  });
  const row = (at: number, texts: readonly string[]) =>
    texts.map((text, index) => cell(at, index + 1, text));
  /** Lines stand one below the other: cells of a row are moved up beside its first. */
  const table = (...rows: readonly (readonly string[])[]) => {
    const lines = rows.flatMap((texts, index) => row(index + 1, texts));
    const bundle = bundleOf(lines);
    let at = 0;
    for (const [index, texts] of rows.entries())
      for (const _ of texts) bundle.layout.runs[at++].box.y = index * 60;
    const { facts, candidates } = explainFacts(bundle);
    return {
      prices: facts
        .filter(fact => fact.kind === 'price')
        .map(fact => [fact.subject, fact.value]),
      refused: candidates
        .filter(each => each.refused)
        .map(each => [each.value, each.refused]),
    };
  };

  it('hold prices in the row that says so, and something else in the others', () => {
    const { prices, refused } = table(
      ['Tove', 'Basic', 'Deluxe'],
      ['Zorblats', '$500', '$900'],
      ['Price', '$10', '$20'],
    );
    expect(prices).toEqual(CARDS);
    expect(refused).toEqual([
      [500, 'otherRow'],
      [900, 'otherRow'],
    ]);
  });

  it('are no prices where their label ends in "up to"', () => {
    const { prices, refused } = table(
      ['Tove', 'Basic', 'Deluxe'],
      ['Månadspris', '10 kr', '20 kr'],
      ['Zorblats upp till', '500 kr', '900 kr'],
    );
    expect(prices).toEqual(CARDS);
    expect(refused).toEqual([
      [500, 'otherRow'],
      [900, 'otherRow'],
    ]);
  });

  it('are believed where no row says what it holds', () => {
    const { prices } = table(
      ['Tove', 'Basic', 'Deluxe'],
      ['Zorblats', '$500', '$900'],
      ['Quills', '$10', '$20'],
    );
    expect(prices).toHaveLength(4);
  });
});

it('buttons that hold nothing but amounts under one name are a choice', () => {
  const button = (index: number, text: string) =>
    below(text, `div:nth-of-type(2) > button:nth-of-type(${index})`);
  const { prices, refused } = read(
    twoCards(
      { ...below('Zorblat', 'h2'), bold: true, fontSize: 24 },
      button(1, '$5'),
      button(2, '$50'),
    ),
  );
  expect(prices).toEqual(CARDS);
  expect(refused).toEqual([
    [5, 'choice'],
    [50, 'choice'],
  ]);
});

it('two amounts with a sign of equality are a rate', () => {
  const { prices, refused } = read(twoCards(below('Zorblat: 1 € = 2.50 £')));
  expect(prices).toEqual(CARDS);
  expect(refused).toEqual([
    [1, 'equation'],
    [2.5, 'equation'],
  ]);
});

describe('amounts that only stand near offers', () => {
  it('are not told under the heading below a banner', () => {
    const { prices, refused } = read([
      below('This week 120 $ of zorblats!'),
      {
        text: 'Quills for your home',
        selector: 'html > body > h1',
        bold: true,
      },
      ...twoCards(),
    ]);
    expect(prices).toEqual(CARDS);
    expect(refused.map(([value]) => value)).toEqual([120]);
  });

  it('are not told where a mark of several currencies stands beside prices in one', () => {
    const { prices, refused } = read([
      ...twoCards(),
      below('Zorblat: 11,33 Br'),
    ]);
    expect(prices).toEqual(CARDS);
    expect(refused).toEqual([[11.33, 'unknownCurrency']]);
  });

  it('are not told in small print of a card that has a large price', () => {
    const card = (index: number, rest: string) =>
      `html > body > div:nth-of-type(1) > section:nth-of-type(${index}) > ${rest}`;
    const cards = ['Basic', 'Deluxe'].flatMap((name, index): Line[] => [
      { text: name, selector: card(index + 1, 'h2'), fontSize: 24, bold: true },
      {
        text: `$${index + 8}0 per month`,
        selector: card(index + 1, 'p:nth-of-type(1)'),
        fontSize: 40,
      },
      {
        text: `Zorblat $${index + 3}`,
        selector: card(index + 1, 'p:nth-of-type(2)'),
      },
      {
        text: `Quill $${index + 5}`,
        selector: card(index + 1, 'p:nth-of-type(3)'),
      },
    ]);
    const { prices, refused } = read(cards);
    expect(prices).toEqual([
      ['Basic', 80],
      ['Deluxe', 90],
    ]);
    expect(refused.map(([, why]) => why)).toEqual(
      Array.from({ length: 4 }, () => 'besideThePoint'),
    );
  });
});

describe('a heading over offers with names of their own', () => {
  const at = (tag: string, text: string): Line => ({
    text,
    selector: `html > body > ${tag}`,
    fontSize: tag.startsWith('h') ? 24 : 16,
  });

  it('is no name of an amount below them', () => {
    const { prices } = read([
      at('h1:nth-of-type(1)', 'Zorblats'),
      at('h2:nth-of-type(1)', 'Quill'),
      at('p:nth-of-type(1)', '$10 per month'),
      at('h2:nth-of-type(2)', 'Mimsy'),
      at('p:nth-of-type(2)', '$20 per month'),
      at('section:nth-of-type(1) > div', 'Tove or wabe'),
      at('section:nth-of-type(1) > p', '$25 a day'),
    ]);
    expect(prices).not.toContainEqual(['Zorblats', 25]);
  });
});
