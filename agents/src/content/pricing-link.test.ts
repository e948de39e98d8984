import { describe, expect, it } from '@jest/globals';
import { bundleOf } from '@agentworkloads/facts/testing';
import { findPricingLink } from './pricing-link';

const HOME = 'https://www.acme.example/';
const linkOf = (...links: [text: string, href: string][]) => {
  const { text, layout } = bundleOf(
    ['Welcome', ...links.map(([words, href]) => ({ text: words, href }))],
    { url: HOME },
  );
  return findPricingLink(HOME, text, layout);
};

describe('the page of the prices', () => {
  it.each([
    ['Pricing', 'https://www.acme.example/pricing'],
    ['Preise', 'https://acme.example/de/preise'],
    ['See pricing →', 'https://acme.example/p/12'],
    ['料金', 'https://acme.example/price'],
    ['Tarifs', 'https://shop.acme.example/tarifs'],
    ['Plans & Pricing', 'https://acme.example/p/12'],
    ['Pricing & Plans', 'https://acme.example/plans-and-pricing'],
    ['Preise & Pakete', 'https://acme.example/preise'],
    ['Tarifs et offres', 'https://acme.example/tarifs'],
    ['Pricing and features', 'https://acme.example/our-pricing'],
    ['Praghsanna', 'https://acme.example/ga/1'],
    ['Prezzijiet', 'https://acme.example/mt/1'],
    ['What it costs', 'https://acme.example/de/preise'],
  ])('is what “%s” leads to', (words, href) => {
    expect(linkOf(['About us', `${HOME}about`], [words, href])).toBe(href);
  });

  it('is the one whose words and address both say so', () => {
    expect(
      linkOf(['Plans', `${HOME}editions`], ['Pricing', `${HOME}pricing#faq`]),
    ).toBe(`${HOME}pricing`);
  });

  it.each([
    ['of another site', 'Pricing', 'https://rival.example/pricing'],
    ['that is this page', 'Pricing', `${HOME}#pricing`],
    ['with a password', 'Pricing', 'https://a:b@www.acme.example/pricing'],
    ['that is no page', 'Pricing', 'mailto:prices@acme.example'],
    ['about something else', 'Our plans for 2027 and beyond', `${HOME}news`],
    ['of a word in the address alone', 'Read more', `${HOME}plan/b`],
    ['of an article', 'Read more', `${HOME}blog/pricing`],
    ['of half a label', 'Plans and people', `${HOME}team`],
  ])('is none %s', (_what, words, href) => {
    expect(linkOf([words, href])).toBeUndefined();
  });
});
