import { describe, expect, it } from '@jest/globals';
import { pagesSeenAt } from './pages-seen-at';

const MONDAY = '2026-11-16T08:00:00Z';
const THURSDAY = '2026-11-19T08:00:00Z';

describe('when the pages of a run were seen', () => {
  const steps = [
    { name: 'gate', startedAt: '2026-11-19T08:05:00Z' },
    { name: 'scrape', startedAt: THURSDAY },
  ];

  it('is when it began to visit them', () => {
    expect(pagesSeenAt({ steps })).toBe(THURSDAY);
  });

  it('is the visit of another run where it used the pages of that', () => {
    expect(pagesSeenAt({ steps, evidenceFrom: { seenAt: MONDAY } })).toBe(
      MONDAY,
    );
  });

  it('is not known before it visited any', () => {
    expect(pagesSeenAt({ steps: [{ name: 'scrape' }] })).toBeUndefined();
    expect(pagesSeenAt(undefined)).toBeUndefined();
  });
});
