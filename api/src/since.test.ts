import { describe, expect, it } from '@jest/globals';
import type { ChangeSide } from './change';
import { sincePercent } from './since';

const side = (value: number | string, upTo?: number): ChangeSide => ({
  subject: 'Team',
  value,
  ...(upTo !== undefined && { unit: { currency: 'USD', upTo } }),
  quote: String(value),
  factId: 'f',
  source: 'text',
  sourceSha256: 'a'.repeat(64),
  start: 0,
  end: 1,
  url: 'https://acme.example/',
  workflowUid: 'u',
});

describe('how far a price moved since it was last shown', () => {
  it.each([
    ['an amount that rose', side(20), side(23), 15, 15],
    ['an amount that fell', side(40), side(23), 42.5, -42.5],
    ['an upper end that fell alone', side(20, 100), side(20, 88), 12, -12],
    ['an upper end that rose alone', side(20, 100), side(20, 112), 12, 12],
    [
      'an upper end that fell more than the lower one rose',
      side(20, 100),
      side(21, 80),
      20,
      -20,
    ],
    [
      'a lower end that rose more than the upper one fell',
      side(20, 100),
      side(25, 90),
      25,
      25,
    ],
    ['a range that became its lower end', side(20, 100), side(22), 10, 10],
  ])('has the sign of what moved most: %s', (_what, was, is, percent, told) => {
    expect(sincePercent({ is, since: { was, percent } })).toBe(told);
  });

  it('is not told where no percentage tells of it', () => {
    expect(
      sincePercent({ is: side(20), since: { was: side(20, 100), percent: 0 } }),
    ).toBeUndefined();
    expect(sincePercent({ is: side(20) })).toBeUndefined();
  });
});
