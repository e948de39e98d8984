import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { bundleOf } from '@agentworkloads/facts/testing';
import { extractFacts } from '@agentworkloads/facts';
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
