import { describe, expect, it } from '@jest/globals';
import { keptFor } from './lifetime';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const kept = { atLeastSeconds: 86_400, atMostSeconds: 30 * 86_400 };

describe('a run that has ended is kept', () => {
  it.each<[string, string | undefined, Parameters<typeof keptFor>[1], number]>([
    [
      'as long as it asks, where policy let it begin',
      '12h',
      { decision: 'allow' },
      12 * HOUR,
    ],
    [
      'for the default where it asks for nothing',
      undefined,
      { decision: 'allow' },
      90 * DAY,
    ],
    [
      'no shorter than policy has it, though it was denied',
      '1h',
      { decision: 'deny', kept },
      DAY,
    ],
    [
      'no longer than policy has it, though it was denied',
      '9999d',
      { decision: 'deny', kept },
      30 * DAY,
    ],
    [
      'as it asks within these bounds',
      '7d',
      { decision: 'deny', kept },
      7 * DAY,
    ],
    [
      'within them where it was let begin, too',
      '1h',
      { decision: 'allow', kept },
      DAY,
    ],
    ['for the default where policy never saw it', '1h', undefined, 90 * DAY],
    [
      'for the default and no longer where policy never saw it',
      '9999d',
      undefined,
      90 * DAY,
    ],
    [
      'for the default where policy could not judge it',
      '1h',
      { decision: 'deny' },
      90 * DAY,
    ],
  ])('%s', (_how, ttl, start, expected) => {
    expect(keptFor(ttl, start)).toBe(expected);
  });
});
