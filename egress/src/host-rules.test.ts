import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { matchesHostRule, parseHostRule } from './host-rules';

const { host_cases: cases } = JSON.parse(
  readFileSync(
    new URL('../../policies/host_cases.json', import.meta.url),
    'utf8',
  ),
) as {
  host_cases: {
    pattern: string;
    host: string;
    port: number;
    matches: boolean;
  }[];
};

describe('a host rule', () => {
  it.each(cases)(
    '$pattern against $host on port $port: $matches, as the policy reads it',
    ({ pattern, host, port, matches }) => {
      expect(matchesHostRule(parseHostRule(pattern), host, port)).toBe(matches);
    },
  );

  it('matches an address that stands without brackets', () => {
    const rule = parseHostRule('169.254.169.254');
    expect(matchesHostRule(rule, '::ffff:a9fe:a9fe', 80)).toBe(true);
  });

  it.each(['', 'a b', 'https://a.example', '[::1', '[1:2:3]', 'a:b'])(
    'is not "%s"',
    pattern => {
      expect(() => parseHostRule(pattern)).toThrow(RangeError);
    },
  );
});
