import { describe, expect, it } from '@jest/globals';
import { ranOutOfTime } from './evidence-from';
import { reusedNote } from './report-reading';

describe('a run', () => {
  const ended = {
    phase: 'TimedOut',
    argoWorkflow: { uid: 'u-1' },
    gate: { evidence: 'e', via: 'timeout' },
  };

  it('can be opened again where nobody decided in time', () => {
    expect(ranOutOfTime(ended)).toBe(true);
    const gate = { ...ended.gate, via: 'deadline' };
    expect(ranOutOfTime({ ...ended, gate })).toBe(true);
  });

  it.each([
    ['nothing is known of it', undefined],
    ['somebody denied it', { ...ended, phase: 'Denied' }],
    ['it was cancelled', { ...ended, gate: { evidence: 'e', via: 'cancel' } }],
    ['it had no gate', { ...ended, gate: undefined }],
    ['its gate had no evidence', { ...ended, gate: { via: 'timeout' } }],
    ['it has no Workflow', { ...ended, argoWorkflow: undefined }],
  ])('can not where %s', (_what, status) => {
    expect(ranOutOfTime(status)).toBe(false);
  });
});

describe('a report', () => {
  it('says when its pages were seen only where another run saw them', () => {
    expect(reusedNote({})).toBe('');
    const reused = { run: 'monday', seenAt: '2026-01-05T08:09:10Z' };
    expect(reusedNote({ reused })).toBe(
      'The pages were seen on 2026-01-05 08:09 UTC, in run monday; this run did not visit them again.',
    );
  });
});
