import { describe, expect, it } from '@jest/globals';
import type { Fact, PageRecord } from '@agentworkloads/api';
import { bundleOf } from '@agentworkloads/facts/testing';
import { extractFacts } from '@agentworkloads/facts';
import { fact, USD } from '../../test/prose-set';
import { summarySentences } from './sentences';
import { toCompanies } from './views';

/** Sixty pages of one company that say the same. */
const bundles = Array.from({ length: 60 }, (_, page) =>
  bundleOf(
    [
      { text: 'Free', fontSize: 20, bold: true },
      { text: '$0 per month', fontSize: 30 },
    ],
    { url: `https://acme.example/${page}` },
  ),
);
const price = (more: Partial<Fact>) => (fact: Fact) =>
  fact.kind === 'price' ? { ...fact, ...more } : fact;
const companyOf = (change: (fact: Fact) => Fact) => {
  const [company, ...others] = toCompanies({
    pages: bundles.map(({ page }) => page),
    facts: bundles.flatMap(extractFacts).map(change),
    changes: [],
  });
  expect(others).toEqual([]);
  return company;
};

describe('what a company says on sixty pages', () => {
  it('is one price of one plan', () => {
    const { plans } = companyOf(fact => fact);
    expect(plans.map(({ name, prices }) => [name, prices.length])).toEqual([
      ['Free', 1],
    ]);
  });

  it('is one price under no name', () => {
    expect(companyOf(price({ subject: '' })).unnamed).toHaveLength(1);
  });

  it('is one price in sentences', () => {
    expect(companyOf(price({ confidence: 0.5 })).mentions).toHaveLength(1);
  });
});

describe('the companies of a run', () => {
  const page = (url: string, more: object = {}) => ({
    ...bundleOf([], { url }).page,
    ...more,
  });
  const headline = (url: string, subject: string) =>
    fact(url, 'headline', subject, 'Work together');
  const pro = (url: string) => fact(url, 'price', 'Pro', 9, USD);
  const told = (pages: readonly PageRecord[], facts: readonly Fact[]) => {
    const seen = { pages: [...pages], facts: [...facts], changes: [] };
    return summarySentences(seen, toCompanies(seen))
      .slice(1)
      .map(({ text }) => text);
  };

  it('are one where the prices stand below "www."', () => {
    const [first, prices] = [
      'https://acme.example/',
      'https://www.acme.example/pricing',
    ];
    expect(
      told(
        [page(first), page(prices, { followedFrom: first })],
        [headline(first, 'Acme'), headline(prices, 'Acme'), pro(prices)],
      ),
    ).toEqual(['Acme shows 1 offer: “Pro”, $9 per user / month.']);
  });

  it('are told apart by their hosts where they call themselves alike', () => {
    const [one, two] = ['https://one.example/', 'https://two.example/'];
    const facts = [one, two].flatMap(url => [headline(url, 'Acme'), pro(url)]);
    const pages = [page(one), page(two)];
    expect(told(pages, facts)).toEqual([
      'Acme (one.example) shows 1 offer: “Pro”, $9 per user / month.',
      'Acme (two.example) shows 1 offer: “Pro”, $9 per user / month.',
    ]);
  });
});
