import { describe, expect, it } from '@jest/globals';
import type { Baseline, Change, Report } from '@agentworkloads/api';
import { bundleOf, twoCards } from '@agentworkloads/facts/testing';
import { extractFacts } from '@agentworkloads/facts';
import { buildReport } from './build-report';
import { comparedSentence } from './compared-words';
import { renderHtml } from './html';
import { renderMarkdown } from './markdown';

const ref = { bucket: 'b', key: 'runs/x', sha256: 'a'.repeat(64) };
const BASELINE: Baseline = {
  name: 'weekly-1',
  workflowUid: 'u-0',
  completedAt: '2026-11-22T08:00:00Z',
  artifacts: { manifest: ref, facts: ref },
};
const CHANGE: Change = {
  kind: 'removed',
  factKind: 'plan',
  subject: 'Deluxe',
  url: 'https://acme.example/pricing',
  before: 'Deluxe',
};
const MISSING: NonNullable<Report['notCompared']>[number] = {
  url: 'https://acme.example/pricing',
  reason: 'NO_LONGER_SAVED',
  detail: 'It is gone.',
  scope: 'page',
};

type Told = Partial<Pick<Report, 'changes' | 'notCompared' | 'comparedWith'>>;
const sentence = (told: Told) => comparedSentence({ changes: [], ...told });

describe('what a report says of the comparison', () => {
  it.each<[string, Told]>([
    [
      'First run: there is nothing to compare with yet.',
      { comparedWith: { reason: 'FIRST_RUN' } },
    ],
    [
      'Not compared: what the earlier run saved is no longer there. It is in another bucket.',
      {
        comparedWith: {
          baseline: BASELINE,
          reason: 'BASELINE_GONE',
          detail: 'It is in another bucket.',
        },
      },
    ],
    [
      'Not compared: what the earlier run saved is not what was recorded of it.',
      { comparedWith: { baseline: BASELINE, reason: 'BASELINE_CHANGED' } },
    ],
    [
      'Not compared: this run was not asked to.',
      { comparedWith: { reason: 'NOT_ASKED' } },
    ],
    [
      'Nothing changed since 2026-11-19 (weekly-1).',
      {
        comparedWith: {
          baseline: { ...BASELINE, seenAt: '2026-11-19T08:00:00Z' },
        },
        notCompared: [],
      },
    ],
    [
      'Nothing changed since 2026-11-22 (weekly-1).',
      { comparedWith: { baseline: BASELINE }, notCompared: [] },
    ],
    [
      'No change since 2026-11-22 (weekly-1) was found in what could be compared; not all could, see “Not compared”.',
      { comparedWith: { baseline: BASELINE }, notCompared: [MISSING] },
    ],
    [
      'Changes since 2026-11-22 (weekly-1).',
      {
        comparedWith: { baseline: BASELINE },
        changes: [CHANGE],
        notCompared: [MISSING],
      },
    ],
  ])('%s', (words, told) => {
    expect(sentence(told)).toBe(words);
  });

  it('says nothing in a report of before', () => {
    expect(sentence({ changes: [CHANGE] })).toBeUndefined();
  });
});

describe('the report of a run that was compared', () => {
  const reportOf = (told: Told) => {
    const bundle = bundleOf(twoCards());
    return buildReport({
      manifest: {
        schemaVersion: 1,
        workflowUid: 'u-1',
        jobId: 'ns/job',
        objective: 'What do they charge?',
        bucket: 'artifacts',
        userAgent: 'test',
        createdAt: '2026-01-02T03:04:05.000Z',
        pages: [bundle.page],
      },
      facts: extractFacts(bundle),
      changes: [],
      degraded: ['No pictures were made.'],
      generatedAt: new Date('2026-11-29T03:04:05Z'),
      ...told,
    });
  };
  const both = (told: Told) => {
    const report = reportOf(told);
    return [renderHtml(report), renderMarkdown(report)];
  };

  it('puts what changed first, and what was not compared after it', () => {
    const told = {
      comparedWith: { baseline: BASELINE },
      changes: [CHANGE],
      notCompared: [MISSING],
    };
    for (const text of both(told)) {
      const places = [
        'Changes since 2026-11-22',
        'Plan “Deluxe” was removed.',
        'In short',
        'It is gone.',
      ].map(each => text.indexOf(each));
      expect(Math.min(...places)).toBeGreaterThan(0);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
    expect(reportOf(told)).toMatchObject(told);
  });

  it('says that it is the first', () => {
    for (const text of both({ comparedWith: { reason: 'FIRST_RUN' } }))
      expect(text).toContain(
        'First run: there is nothing to compare with yet.',
      );
  });

  it('says that nothing changed only where that is known', () => {
    const comparedWith = { baseline: BASELINE };
    for (const text of both({ comparedWith, notCompared: [] }))
      expect(text).toContain('Nothing changed since');
    for (const text of both({ comparedWith, notCompared: [MISSING] }))
      expect(text).not.toContain('Nothing changed');
  });

  it('is the same bytes for the same comparison', () => {
    const told = { comparedWith: { baseline: BASELINE }, changes: [CHANGE] };
    expect(both(told)).toEqual(both(told));
  });
});
