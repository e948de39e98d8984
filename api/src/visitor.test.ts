import { describe, expect, it } from '@jest/globals';
import {
  robotsAnswer,
  robotsFailure,
  ROBOTS_TOKEN,
  userAgent,
} from './visitor';

describe('who visits pages', () => {
  it('has an honest name that robots.txt can address', () => {
    expect(userAgent(undefined)).toContain(`compatible; ${ROBOTS_TOKEN}/0.1)`);
  });

  it('says how to reach whoever runs it', () => {
    expect(userAgent('https://us.example/bot')).toContain(
      `${ROBOTS_TOKEN}/0.1; +https://us.example/bot)`,
    );
  });

  it.each([
    [200, 'rules'],
    [206, 'rules'],
    [302, 'none'],
    [403, 'none'],
    [404, 'none'],
    [429, 'notNow'],
    [500, 'notNow'],
    [503, 'notNow'],
  ])('takes status %i of a robots.txt for "%s"', (status, meaning) => {
    expect(robotsAnswer(status)).toBe(meaning);
  });

  it.each([
    ['TOO_MANY_REDIRECTS', true, 'none'],
    ['EGRESS_BLOCKED', true, 'notNow'],
    ['DNS_FAILED', false, 'unreachable'],
  ] as const)(
    'takes %s, redirected: %s, in place of a robots.txt for "%s"',
    (reason, redirected, meaning) => {
      expect(robotsFailure({ reason, redirected })).toBe(meaning);
    },
  );
});
