import { describe, expect, it } from '@jest/globals';
import { explainFacts } from '../extract-facts';
import { bundleOf, twoCards } from '../testing/bundles';

/** What became of an amount in the second card, on a page in `lang`. */
const read = (price: string, lang: string) => {
  const lines = twoCards();
  lines[3].text = price;
  const { candidates } = explainFacts(bundleOf(lines, { lang }));
  return candidates[1].refused;
};

describe('what is asked for the first months', () => {
  it.each([
    ['$1/mo for the first 3 months', 'en'],
    ['$1/month for your first 3 months', 'en'],
    ['$1 for the first month', 'en'],
    ['9,99 €/Monat in den ersten 6 Monaten', 'de'],
    ['9,99 €/mois pendant 12 mois', 'fr'],
    ['9,99 € al mes durante 3 meses', 'es'],
    ['€ 9,99/mese per i primi 6 mesi', 'it'],
    ['€ 9,99 per maand, eerste 6 maanden', 'nl'],
    ['49 zł/mies. przez pierwsze 3 miesiące', 'pl'],
  ])('is no price of the plan: %s', (price, lang) => {
    expect(read(price, lang)).toBe('firstPeriod');
  });

  it.each([
    ['$20 per month', 'en'],
    ['$20 per month, first class included', 'en'],
    ['49 zł/mies. przez 24 mies.', 'pl'],
    ['20 € par mois', 'fr'],
  ])('is not every price: %s', (price, lang) => {
    expect(read(price, lang)).not.toBe('firstPeriod');
  });
});
