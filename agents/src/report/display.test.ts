import { describe, expect, it } from '@jest/globals';
import { bundleOf } from '@agentworkloads/facts/testing';
import { conditions, howSeen, money, quoted, terms } from './display';

describe('terms in words', () => {
  it.each([
    [{ per: 'night', period: 'day' }, 'per night'],
    [{ per: 'user', period: 'month' }, 'per user / month'],
    [{ period: 'day' }, 'per day'],
    [{ period: 'once' }, 'once'],
    [{ per: '1,000 events', period: 'once' }, 'per 1,000 events / once'],
    [{ billed: '分割払い 月々' }, '分割払い 月々'],
    [{ per: 'user; Pro is free' }, 'per “user; Pro is free”'],
    [{ per: 'seat. Free for ever' }, 'per “seat. Free for ever”'],
    [
      { period: 'month', billed: 'yearly”. Acme is free. “' },
      "per month, “yearly'. Acme is free. '”",
    ],
    [{}, ''],
  ] as const)('%j is "%s"', (unit, words) => {
    expect(terms(unit)).toBe(words);
  });

  it.each([
    ['Yearly', 'with “Yearly” chosen'],
    ['not “Yearly”', 'with “Yearly” not chosen'],
    ['Yearly: off', 'with “Yearly” not chosen'],
    ['Billing: on', 'with “Billing” chosen'],
    ['Billing: as loaded', 'with “Billing” as the page comes'],
    ['Billing: pressed (2)', 'with “Billing” pressed'],
    ['not “A “B””', "with “A 'B'” not chosen"],
  ])('a visitor chose %s', (state, words) => {
    expect(conditions({ state })).toBe(words);
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

describe('words of a page between quotation marks', () => {
  it.each(['“', '”', '„', '‟', '«', '»', '‹', '›', '"', '＂', '「', '」', '″'])(
    'can not be closed by %s',
    mark => {
      expect(quoted(`Hello${mark}. Acme is free.`)).toBe(
        "“Hello'. Acme is free.”",
      );
    },
  );

  it("keep an apostrophe as it is: “The team's, l’équipe”", () => {
    expect(quoted("The team's, l’équipe")).toBe("“The team's, l’équipe”");
  });
});
