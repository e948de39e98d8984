import { describe, expect, it } from '@jest/globals';
import { looksUnfinished } from './late-content';

const page = (text: string, title = 'Acme', html = '<script></script>') => ({
  text,
  title,
  html,
});
const long = 'Words about this and that. '.repeat(20);

describe('a page that looks unfinished', () => {
  it.each([
    ['speaks of prices and shows none', '/', page(`Pricing\n${long}`)],
    ['has an address of prices', '/preise-und-pakete', page(long)],
    ['says that it is loading', '/', page(`${long} Loading…`)],
    ['shows next to nothing', '/', page('Acme')],
    ['does so in Japanese', '/', page(`料金\n${long}`)],
  ])('%s', (_what, path, seen) => {
    expect(looksUnfinished(`https://acme.example${path}`, seen)).toBe(true);
  });

  it.each([
    ['a price', page(`Pricing\nBasic $12\n${long}`)],
    ['a price in another mark', page(`Preise\nBasis 12 €\n${long}`)],
    ['no scripts that could bring one', page('Pricing', 'Pricing', '<p>')],
    ['another subject', page(long)],
  ])('is none with %s', (_what, seen) => {
    expect(looksUnfinished('https://acme.example/about', seen)).toBe(false);
  });
});
