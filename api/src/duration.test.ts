import { describe, expect, it } from '@jest/globals';
import {
  durationSchema,
  formatDuration,
  parseDuration,
  parseTtl,
  ttlSchema,
} from './duration';

describe('durations', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['1h30m', 5_400_000],
    ['1h0m5s', 3_605_000],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
    expect(durationSchema.safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    's',
    '90',
    '1.5h',
    '-1m',
    '1m1h',
    '1d',
    '99999h',
    ' 1m',
    '1m\n',
  ])('refuses %j and says how to write one', text => {
    expect(() => parseDuration(text)).toThrow(/write for example 90s/);
    expect(durationSchema.safeParse(text).success).toBe(false);
  });

  it.each([
    [0, '0s'],
    [999, '1s'],
    [90_000, '1m30s'],
    [7_200_000, '2h'],
    [-5, '0s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('how long what has ended is kept', () => {
  it.each([
    ['90d', 90 * 86_400_000],
    ['1h', 3_600_000],
    ['9999d', 9999 * 86_400_000],
  ])('reads %s as %d ms', (text, ms) => {
    expect(parseTtl(text)).toBe(ms);
    expect(ttlSchema.safeParse(text).success).toBe(true);
  });

  it.each(['', '0d', '0h', '30m', '1d12h', '-1d', '99999d', '1d\n', 'd'])(
    'refuses %j',
    text => {
      expect(ttlSchema.safeParse(text).success).toBe(false);
    },
  );

  it('says how to write one', () => {
    for (const text of ['soon', '90d later', 'in 90d', '90']) {
      expect(() => parseTtl(text)).toThrow(/write for example 90d or 12h/);
    }
  });
});
