import type { Baseline, Change } from '@agentworkloads/api';
import { suspicionText, unchangedSentence, whyNotCompared } from './changes';
import { english } from '../__testUtils__/words';

const ref = { bucket: 'b', key: 'runs/a/b/c', sha256: 'a'.repeat(64) };
const baseline: Baseline = {
  name: 'week-46',
  workflowUid: 'w',
  completedAt: '2026-11-15T09:00:00.000Z',
  artifacts: { manifest: ref, facts: ref },
};
const none = { changes: [] };
const change = (rest: Partial<Change>): Change => ({
  kind: 'changed',
  factKind: 'price',
  subject: 'Pro',
  url: 'https://a.example/',
  ...rest,
});

describe('a run that was not compared', () => {
  it.each([
    [{ reason: 'FIRST_RUN' as const }, 'First run'],
    [{ reason: 'BASELINE_GONE' as const, baseline }, 'is gone'],
    [{ reason: 'BASELINE_UNFIT' as const }, 'that was named'],
    [{ reason: 'BASELINE_CHANGED' as const, baseline }, 'was altered'],
    [undefined, 'was not held against an earlier one'],
  ])('says why: %j', (comparedWith, words) => {
    expect(whyNotCompared({ ...none, comparedWith }, english)).toContain(words);
  });
});

describe('a run that was compared', () => {
  const comparedWith = { baseline };

  it('gives no reason', () => {
    expect(whyNotCompared({ ...none, comparedWith }, english)).toBeUndefined();
  });

  it('says that nothing changed only of a whole comparison', () => {
    const notCompared = [
      {
        url: 'https://a.example/',
        reason: 'NOT_OBSERVED_NOW' as const,
        detail: 'It was not seen.',
        scope: 'page' as const,
      },
    ];
    expect(unchangedSentence({ ...none, comparedWith }, english)).toMatch(
      /^Nothing changed since .*2026/,
    );
    expect(
      unchangedSentence({ ...none, comparedWith, notCompared }, english),
    ).toMatch(/^No change was seen since .* where it could be compared\.$/);
  });
});

describe('an unusual change', () => {
  it('says what makes it unusual', () => {
    const unusual = change({ factKind: 'price', suspect: ['factor', 'unit'] });
    expect(suspicionText(unusual, english)).toContain('more than three times');
    expect(suspicionText(change({}), english)).toBe('');
  });
});
