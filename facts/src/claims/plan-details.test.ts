import { describe, expect, it } from '@jest/globals';
import { bundleOf, twoCards } from '../testing/bundles';
import { explainFacts } from '../extract-facts';

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
