import { describe, expect, it } from '@jest/globals';
import { explainFacts } from '../extract-facts';
import { savedPageOf } from '../testing/saved-pages';

const OFFERS =
  '<h2>Plans</h2><div><div><h3>Zorblat</h3><p>€3 a month</p></div><div><h3>Quill</h3><p>€7 a month</p></div></div>';
const read = (html: string) =>
  explainFacts(savedPageOf(`<h1>Gimble</h1>${html}${OFFERS}`))
    .facts.filter(({ kind }) => kind === 'price')
    .map(({ subject, value }) => [subject, value]);
const PLANS = [
  ['Zorblat', 3],
  ['Quill', 7],
];
const list =
  '<ul><li>Tove: €150</li><li>Wabe: €60</li><li>Mimsy: €35</li></ul>';

describe('amounts under a heading', () => {
  it.each([
    'Prizes',
    'What you earn',
    'Beispielrechnung',
    'Combien gagne un livreur ?',
    'Ejemplo de factura',
    'Nagrody',
    'Ortalama düğün bütçesi',
    '환불 규정',
  ])('are no prices where it speaks of something else: %s', heading => {
    expect(read(`<h2>${heading}</h2>${list}`)).toEqual(PLANS);
  });

  it.each(['More for you', 'Prizes and prices'])(
    'may be prices: %s',
    heading => {
      expect(read(`<h2>${heading}</h2>${list}`)).toContainEqual(['Tove', 150]);
    },
  );

  it('are the prices of what the heading itself names', () => {
    expect(
      read(
        '<div><div><h3>Salary Pro</h3><p>€20 a month</p></div><div><h3>Salary Max</h3><p>€30 a month</p></div></div>',
      ),
    ).toEqual([['Salary Pro', 20], ['Salary Max', 30], ...PLANS]);
  });
});

describe('the heading of the page', () => {
  it('names none of the boxes that hold nothing but an amount and a sentence', () => {
    const box = (amount: number) =>
      `<div><b>€${amount}</b><p>buys toves for a while.</p></div>`;
    expect(read(`<section>${box(10)}${box(35)}${box(120)}</section>`)).toEqual(
      PLANS,
    );
  });
});
