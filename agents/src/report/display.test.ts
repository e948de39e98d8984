import { describe, expect, it } from '@jest/globals';
import { bundleOf } from '@agentworkloads/facts/testing';
import { howSeen, money, terms } from './display';

describe('terms in words', () => {
  it.each([
    [{ per: 'night', period: 'day' }, 'per night'],
    [{ per: 'user', period: 'month' }, 'per user / month'],
    [{ period: 'day' }, 'per day'],
    [{ period: 'once' }, 'once'],
    [{}, ''],
  ] as const)('%j is "%s"', (unit, words) => {
    expect(terms(unit)).toBe(words);
  });
});

describe('an amount in words', () => {
  it.each([
    [0.0004, 'USD', '$0.0004'],
    [0.00000125, 'USD', '$0.00000125'],
    [0.0000000015, 'USD', '$0.0000000015'],
    [1.125, 'GBP', '£1.125'],
    [12345678.9, 'EUR', '€12,345,678.90'],
  ])('%d %s is not rounded: %s', (value, currency, words) => {
    expect(money(value, currency)).toBe(words);
  });
});

describe('how a page was seen', () => {
  const { page } = bundleOf([]);

  it('says that it was looked at twice, where a second look saw it', () => {
    expect(howSeen({ ...page, secondLook: page })).toBe(' (looked at twice)');
    const failed = { ...page, reason: 'TIMEOUT' as const };
    expect(howSeen({ ...page, secondLook: failed })).toBe('');
    expect(howSeen(page)).toBe('');
  });
});
