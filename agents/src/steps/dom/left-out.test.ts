import { describe, expect, it } from '@jest/globals';
import { bundleOf, twoCards } from '@agentworkloads/facts/testing';
import { explainFacts } from '@agentworkloads/facts';
import { unnamedIn } from './left-out';

const dropped = (value: number, refused = 'unnamed' as const) => ({
  start: value,
  end: value + 1,
  value,
  currency: 'USD',
  refused,
});

describe('prices that stand under no plan', () => {
  const { facts } = explainFacts(bundleOf(twoCards()));
  const [price] = facts.filter(({ kind }) => kind === 'price');

  it('are none where each has its plan', () => {
    expect(unnamedIn(explainFacts(bundleOf(twoCards())))).toBe(0);
  });

  it('are counted once each', () => {
    expect(
      unnamedIn({ facts, candidates: [dropped(7), dropped(7), dropped(8)] }),
    ).toBe(2);
  });

  it('are not counted where a plan of the page has the same', () => {
    const again = {
      ...dropped(Number(price.value)),
      currency: price.unit?.currency,
    };
    expect(unnamedIn({ facts, candidates: [again] })).toBe(0);
  });

  it('are not what was left out for another reason', () => {
    const other = { ...dropped(7), refused: 'sentence' as const };
    expect(unnamedIn({ facts, candidates: [other] })).toBe(0);
  });
});
