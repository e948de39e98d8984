import { describe, expect, it } from '@jest/globals';
import { numberHabits, parseAmount, usesCommaDecimal } from './numbers';

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
    ['.75', false, 0.75],
    [',5', false, 0.5],
    ['1’290', false, 1290],
    ['29,--', false, 29],
    ['1.290.000', false, 1290000],
    ['1.290.000,50', false, 1290000.5],
    ['1,290,000.5', true, 1290000.5],
    ['12345', false, 12345],
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
    ['ES', true],
    ['de_AT', true],
    ['de-Latn-CH', false],
    ['no', true],
    ['de-chde', true],
    ['', false],
    ['1de', false],
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

describe('what three digits after a single sign are', () => {
  const habits = (
    rest: { own?: boolean; language?: boolean } = {},
    ...long: string[]
  ) => ({ ...rest, long: new Set(long) });
  const [POINT, COMMA] = [false, true];

  it.each([
    ['nothing is known', '1.250', habits(), 1250],
    ['the page parts cents by it', '1.250', habits({ own: POINT }), 1.25],
    [
      'the page parts cents by the other',
      '1.250',
      habits({ own: COMMA }),
      1250,
    ],
    ['only the language does so', '1.250', habits({ language: POINT }), 1.25],
    ['the language uses the other', '1.250', habits({ language: COMMA }), 1250],
    [
      'page and language disagree',
      '1.250',
      habits({ own: POINT, language: COMMA }),
      1250,
    ],
    [
      'they disagree the other way',
      '1.250',
      habits({ own: COMMA, language: POINT }),
      1250,
    ],
    ['both say so', '1,250', habits({ own: COMMA, language: COMMA }), 1.25],
    ['zero stands before it', '0.250', habits({ own: COMMA }), 0.25],
    [
      'four digits stand before it',
      '1234.567',
      habits({ own: COMMA }),
      1234.567,
    ],
    ['three digits stand before it', '123.456', habits({ own: COMMA }), 123456],
    [
      'the page writes long decimals after it',
      '1.250',
      habits({ own: COMMA }, '.'),
      1.25,
    ],
    [
      'the page writes them after the other',
      '1.250',
      habits({ own: COMMA }, ','),
      1250,
    ],
  ])('where %s: %s', (_what, written, known, value) => {
    expect(parseAmount(written, known)).toBe(value);
  });

  it.each([
    ['yen', 0, '1,250', habits({ own: COMMA }, ','), 1250],
    ['yen below one', 0, '0.250', habits(), 0.25],
    ['dinars, nothing known', 3, '1.250', habits(), 1.25],
    [
      'dinars, as the page parts',
      3,
      '1.250',
      habits({ own: POINT, language: COMMA }),
      1.25,
    ],
    [
      'dinars, the page parts otherwise',
      3,
      '1.250',
      habits({ own: COMMA }),
      1250,
    ],
  ])('of %s', (_what, digits, written, known, value) => {
    expect(parseAmount(written, known, { digits })).toBe(value);
  });

  it.each([
    ['at home it is written so', COMMA, 1.25],
    ['at home it is written otherwise', POINT, undefined],
  ])('by the language alone, where %s', (_what, comma, value) => {
    const known = habits({ language: COMMA });
    expect(parseAmount('1,250', known, { digits: 2, comma })).toBe(value);
  });
});

describe('the habits of a page', () => {
  it.each([
    ['cents after a point', ['$19.99', '5'], false, []],
    ['cents after a comma', ['19,9', '1.290,00'], true, []],
    ['cents after both', ['19.99', '19,99'], undefined, []],
    ['three digits alone', ['1,290', '4.500'], undefined, []],
    ['three digits after another sign', ['1,290.500'], false, []],
    ['groups of three', ['1.290.000'], undefined, []],
    ['long decimals', ['$4.6080'], false, ['.']],
    ['three decimals of nothing', ['0,096'], true, [',']],
    [
      'four digits after groups of the same sign',
      ['1.290.0000'],
      undefined,
      [],
    ],
    ['no amounts', ['free', '12'], undefined, []],
  ])('that has %s', (_what, written, own, long) => {
    expect(numberHabits(written, true)).toEqual({
      own,
      language: true,
      long: new Set(long),
    });
  });
});
