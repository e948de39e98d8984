import { describe, expect, it } from '@jest/globals';
import { parseAmount, usesCommaDecimal } from './numbers';

describe('amounts as people write them', () => {
  it.each([
    ['29', false, 29],
    ['29.99', false, 29.99],
    ['1,290', false, 1290],
    ['1,290.00', false, 1290],
    ['1.290,00', true, 1290],
    ['1.290', true, 1290],
    ['1 290', true, 1290],
    ["1'490", false, 1490],
    ['12,5', true, 12.5],
    ['4,90', false, 4.9],
    ['0.005', false, 0.005],
    ['0,020', true, 0.02],
    ['1,000,000', false, 1000000],
    ['29.–', false, 29],
    ['0', false, 0],
  ])('%s (comma decimal: %s) is %d', (written, comma, value) => {
    expect(parseAmount(written, comma)).toBe(value);
  });

  it.each(['', 'x', '.', '5.', '1..2x'])('"%s" is no amount', written => {
    expect(parseAmount(written, false)).toBeUndefined();
  });

  it.each([
    ['de', true],
    ['fr-FR', true],
    ['de-CH', false],
    ['en-GB', false],
    ['es-MX', false],
    [undefined, false],
  ])('language %s writes a decimal comma: %s', (lang, expected) => {
    expect(usesCommaDecimal(lang)).toBe(expected);
  });
});

describe('three digits after a single sign', () => {
  it.each([
    ['1.250', false, 1.25],
    ['1,250', true, 1.25],
    ['4.608', false, 4.608],
    ['423.923', false, 423.923],
  ])('%s are decimals by the language (comma decimal: %s)', (w, comma, v) => {
    expect(parseAmount(w, comma)).toBe(v);
  });
});
