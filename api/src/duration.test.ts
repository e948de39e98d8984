import { describe, expect, it } from '@jest/globals';
import {
  durationSchema,
  formatDuration,
  parseDuration,
  parseTtl,
  ttlSchema,
  readDuration,
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

describe('a duration in words', () => {
  it.each([
    ['2 hours', '2h'],
    ['1 hour', '1h'],
    ['3 days', '72h'],
    ['3d', '72h'],
    ['1 h 30 min', '1h30m'],
    ['1 hour and 30 minutes', '1h30m'],
    ['1.5h', '1h30m'],
    ['1,5 Stunden', '1h30m'],
    ['2 Tage', '48h'],
    ['90 sec.', '1m30s'],
    ['1 week', '168h'],
    ['90s', '90s'],
    [' 1H30M ', '1h30m'],
    ['soon', undefined],
    ['2', undefined],
    ['2 moons', undefined],
    ['two hours', undefined],
    ['2 hours or so', undefined],
    ['0 h', undefined],
    ['99999 days', undefined],
    ['', undefined],
  ])('%s is %s', (text, duration) => {
    expect(readDuration(text)).toBe(duration);
  });
});
