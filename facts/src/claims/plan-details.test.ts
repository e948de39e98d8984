import { describe, expect, it } from '@jest/globals';
import { bundleOf, twoCards } from '../testing/bundles';
import { explainFacts, extractFacts } from '../extract-facts';
import { savedPageOf } from '../testing';

const inCard = (text: string, place: number) => ({
  text,
  selector: `html > body > div:nth-of-type(1) > div:nth-of-type(2) > div:nth-of-type(${place})`,
});
const featuresOf = (...lines: string[]) =>
  explainFacts(
    bundleOf(twoCards(...lines.map((text, index) => inCard(text, index + 1)))),
  )
    .facts.filter(({ kind }) => kind === 'feature')
    .map(({ subject, value }) => [subject, value]);

describe('a line of a card that speaks of what a buyer pays is no feature', () => {
  it.each([
    ['the sum of an empty cart', 'Subtotal $0.00'],
    ['a former price', 'Original price: $49.99'],
    ['a saving', 'You save $15'],
    ['a deposit', 'Deposit: $200'],
  ])('%s', (_what, text) => {
    expect(featuresOf(text, 'Priority support')).toEqual([
      ['Deluxe', 'Priority support'],
    ]);
  });

  it.each([
    'Your cart is empty',
    'Your basket is currently empty. Continue shopping',
    'Ihr Warenkorb ist leer.',
    'Votre panier est vide',
    'Tu carrito está vacío',
    '장바구니가 비어 있습니다',
    'カートは空です。',
  ])('nor is what a shop says of the visitor’s cart: %s', text => {
    expect(featuresOf(text, 'Priority support')).toEqual([
      ['Deluxe', 'Priority support'],
    ]);
  });

  it('while what it has for an amount is one', () => {
    expect(featuresOf('Includes $100 in credits', 'Priority support')).toEqual([
      ['Deluxe', 'Includes $100 in credits'],
      ['Deluxe', 'Priority support'],
    ]);
  });
});

describe('a table with a plan in each column', () => {
  it('gives each plan what stands in its cell, wherever in the cell the mark is', () => {
    const page = savedPageOf(`<main><h1>Precios</h1><table>
      <thead><tr><td></td><th><div>Básico</div><div>18 € al mes</div></th><th><div>Autónomo</div><div>46 € al mes</div></th></tr></thead>
      <tbody><tr><th>Slack</th><td>–</td><td>✓</td></tr><tr><th>REST API</th><td>✓</td><td>✓</td></tr></tbody></table></main>`);
    // The names stand in the middle of their columns, the marks at the left.
    const places = [
      [20, 0],
      [250, 100],
      [240, 130],
      [450, 100],
      [440, 130],
      [20, 200],
      [200, 200],
      [400, 200],
      [20, 240],
      [200, 240],
      [400, 240],
    ];
    page.layout.runs.forEach(({ box }, index) => {
      [box.x, box.y] = places[index];
    });
    expect(
      extractFacts(page)
        .filter(({ kind }) => kind === 'feature')
        .map(({ subject, value }) => [subject, value]),
    ).toEqual([
      ['Autónomo', 'Slack'],
      ['Básico', 'REST API'],
      ['Autónomo', 'REST API'],
    ]);
  });
});
