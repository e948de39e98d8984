import { describe, expect, it } from '@jest/globals';
import { bundleOf, twoCards } from '../testing/bundles';
import { extractFacts } from '../extract-facts';
import { countryOfText } from './country-of-text';

describe('the country of a text', () => {
  it.each([
    ['Call us on +61 2 9876 5432', 'AU'],
    ['Write to hola@zorblat.cl', 'CL'],
    ['Registered with the ATO', 'AU'],
    ['Prices include HST', 'CA'],
    ['Our offices: Sydney and Auckland', undefined],
    ['The best zorblats of all', undefined],
  ])('%s: %s', (text, country) => {
    expect(countryOfText(text)).toBe(country);
  });
});

describe('a dollar sign', () => {
  const currencies = (line: string, page = {}) =>
    extractFacts(bundleOf(twoCards(line), page))
      .filter(({ kind }) => kind === 'price')
      .map(({ unit }) => unit?.currency);

  it('is of the country that the page tells of', () => {
    expect(currencies('Zorblat Pty Ltd, Melbourne')).toEqual(['AUD', 'AUD']);
  });

  it('is not American where a tax is named that America has not', () => {
    expect(currencies('All zorblats include GST')).not.toContain('USD');
  });

  it('is American beside the marked dollars of a country with that tax', () => {
    expect(currencies('Elsewhere A$12 + GST')).toContain('USD');
  });

  it('is what the address of the page says, whatever its words', () => {
    expect(
      currencies('Delivered to Sydney as well', {
        url: 'https://zorblat.co.nz/prices',
      }),
    ).toEqual(['NZD', 'NZD']);
  });
});
