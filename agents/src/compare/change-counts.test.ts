import { describe, expect, it } from '@jest/globals';
import type { Change, ChangeSide, NotCompared } from '@agentworkloads/api';
import {
  countChanges,
  countUnusual,
  largestPriceChange,
} from './change-counts';

const side = (
  value: ChangeSide['value'],
  unit?: ChangeSide['unit'],
): ChangeSide => ({
  subject: 'Team',
  value,
  ...(unit && { unit }),
  quote: String(value),
  factId: 'f',
  source: 'text',
  sourceSha256: 'a'.repeat(64),
  start: 0,
  end: 1,
  url: 'https://acme.example/',
  workflowUid: 'u',
});

const change = (
  factKind: Change['factKind'],
  rest: Partial<Change> = {},
): Change => ({
  kind: 'changed',
  factKind,
  subject: 'Team',
  url: 'https://acme.example/',
  ...rest,
});

const price = (was: number, is: number, rest: Partial<Change> = {}): Change =>
  change('price', { was: side(was), is: side(is), aspect: 'amount', ...rest });

const missing: NotCompared = {
  url: 'https://acme.example/',
  reason: 'REDIRECTED',
  detail: 'Elsewhere.',
  scope: 'page',
};

describe('changes counted by kind', () => {
  it.each<[string, Change]>([
    ['price', price(29, 39)],
    ['price', change('price', { kind: 'removed' })],
    ['price', change('price', { aspect: 'hidden' })],
    ['price', change('price', { aspect: 'moved' })],
    ['terms', change('price', { aspect: 'terms' })],
    ['terms', change('price', { aspect: 'currency' })],
    ['other', change('price', { kind: 'added', aspect: 'promotion' })],
    ['plan', change('plan', { kind: 'added' })],
    ['plan', change('plan', { aspect: 'moved' })],
    ['other', change('feature', { aspect: 'moved' })],
    ['other', change('headline', { aspect: 'wording' })],
    ['other', change('trial', { kind: 'removed' })],
  ])('%s, and once', (kind, one) => {
    const none = {
      price: 0,
      plan: 0,
      terms: 0,
      other: 0,
      notCompared: 0,
      unstable: 0,
    };
    expect(countChanges({ changes: [one], notCompared: [] })).toEqual({
      ...none,
      [kind]: 1,
    });
  });

  it('beside what was not compared', () => {
    expect(
      countChanges({
        changes: [price(1, 2), price(1, 3)],
        notCompared: [missing, missing, { ...missing, reason: 'UNSTABLE' }],
      }),
    ).toEqual({
      price: 2,
      plan: 0,
      terms: 0,
      other: 0,
      notCompared: 3,
      unstable: 1,
    });
  });
});

describe('the price that moved most', () => {
  it('is told in percent of what it was, whichever way', () => {
    expect(largestPriceChange([price(30, 33), price(40, 20)])).toBe(50);
    expect(largestPriceChange([price(29, 39)])).toBe(34.48);
    expect(largestPriceChange([price(29, 0)])).toBe(100);
  });

  it('may be the upper end of a range', () => {
    const upTo = (end: number) => side(10, { upTo: end });
    expect(
      largestPriceChange([price(10, 10, { was: upTo(20), is: upTo(25) })]),
    ).toBe(25);
  });

  it('counts where other terms than currency and period differ', () => {
    expect(
      largestPriceChange([
        price(10, 15, { aspect: 'terms', attributes: ['billed'] }),
      ]),
    ).toBe(50);
  });

  it('is what small steps add up to, where that is more', () => {
    const since = { was: side(20), percent: 15 };
    expect(largestPriceChange([price(22, 23, { since })])).toBe(15);
    expect(largestPriceChange([price(10, 23, { since })])).toBe(130);
  });

  it('is never 0 where one moved', () => {
    expect(largestPriceChange([price(1_000_000, 1_000_001)])).toBe(0.01);
  });

  it.each<[string, Change[]]>([
    ['nothing changed', []],
    ['it is another currency', [price(1, 9, { attributes: ['currency'] })]],
    ['it is another period', [price(1, 9, { attributes: ['period'] })]],
    ['nothing was asked before', [price(0, 9)]],
    ['it came', [change('price', { kind: 'added', is: side(9) })]],
    ['it is hidden', [change('price', { was: side(9), is: side('Contact') })]],
    ['its terms alone differ', [price(9, 9, { aspect: 'terms' })]],
    ['a limit moved', [change('limit', { was: side(1), is: side(9) })]],
  ])('is unknown where %s', (_why, changes) => {
    expect(largestPriceChange(changes)).toBeUndefined();
  });
});

describe('a change is unusual', () => {
  it.each([
    ['what was free costs something', price(0, 29)],
    [
      'a price gave way to "Contact us"',
      change('price', {
        was: side(29),
        is: side('Contact us'),
        aspect: 'hidden',
      }),
    ],
    ['a price came', change('price', { kind: 'added', is: side(29) })],
    ['it looks odd', price(29, 290, { suspect: ['factor'] })],
    [
      'the upper end of a price went',
      price(100, 100, { was: side(100, { upTo: 2500 }) }),
    ],
    [
      'the upper end of a price came',
      price(100, 100, { is: side(100, { upTo: 2500 }) }),
    ],
    [
      'the upper end went and the lower one moved a little',
      price(100, 101, { was: side(100, { upTo: 2500 }) }),
    ],
    [
      'the upper end came with an amount that adds up from small steps',
      price(100, 100, {
        is: side(100, { upTo: 2500 }),
        since: { was: side(95), percent: 5.26 },
      }),
    ],
    [
      'the upper end went and the terms changed, too',
      price(100, 100, {
        was: side(100, { upTo: 2500 }),
        aspect: 'terms',
        attributes: ['billed', 'upTo'],
      }),
    ],
    ['its amounts did not move', price(100, 100)],
  ])('where %s', (_, one) => {
    expect(countUnusual([one])).toBe(1);
  });

  it('not where a price moved by some percent, or a text did', () => {
    const upTo = (end: number) => side(10, { upTo: end });
    expect(
      countUnusual([
        price(29, 31),
        price(10, 10, { was: upTo(20), is: upTo(21) }),
        change('feature'),
      ]),
    ).toBe(0);
  });
});
