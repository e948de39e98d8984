import { describe, expect, it } from '@jest/globals';
import { bundleOf, type Line } from '../testing/bundles';
import { extractFacts } from '../extract-facts';

const card = (index: number, name: string, price: string): Line[] => {
  const at = `html > body > section > div:nth-of-type(${index})`;
  return [
    { text: name, selector: `${at} > h3`, fontSize: 20, bold: true },
    { text: price, selector: `${at} > p`, fontSize: 30 },
  ];
};
const subjects = (title: string, ...names: readonly string[]) =>
  extractFacts(
    bundleOf(
      names.flatMap((name, index) => card(index + 1, name, `$${index + 9}/mo`)),
      { title, url: 'https://acme.example/pricing' },
      { meta: { 'og:site_name': 'Acme' } },
    ),
  )
    .filter(({ kind }) => kind === 'price')
    .map(({ subject }) => subject);

describe('cards of a page that compares', () => {
  it('tell the prices of its own company alone', () => {
    const told = subjects('Acme vs Zorblat', 'Acme', 'Zorblat', 'Quill');
    expect(told).not.toContain('Zorblat');
    expect(told).not.toContain('Quill');
  });

  it('are its products where several have its name', () => {
    expect(
      subjects('Compare plans | Acme', 'Acme Solo', 'Acme Team', 'Zorblat'),
    ).toEqual(['Acme Solo', 'Acme Team', 'Zorblat']);
  });

  it('are its own offers where the page compares nothing', () => {
    expect(subjects('Pricing | Acme', 'Acme', 'Zorblat')).toEqual([
      'Acme',
      'Zorblat',
    ]);
  });
});
