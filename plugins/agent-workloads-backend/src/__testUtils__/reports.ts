import type { Change, ChangeSide, Fact, Report } from '@agentworkloads/api';
import type { CompletedRun } from '../changes/rows';
import { NAMESPACE, WORKFLOW_UID } from './workloads';

const PAGE = 'https://tidepool.example.com/pricing';
const HASH = 'a'.repeat(64);

const side = (part: Partial<ChangeSide>): ChangeSide => ({
  subject: 'Team',
  value: 29,
  unit: { currency: 'EUR', period: 'month' },
  quote: '€29 a month',
  factId: 'fact-0001',
  source: 'text',
  sourceSha256: HASH,
  start: 10,
  end: 21,
  url: PAGE,
  workflowUid: WORKFLOW_UID,
  at: '2026-01-01T00:00:10.000Z',
  ...part,
});

/** The plan Team costs more than three times as much. */
export function priceChange(part: Partial<Change> = {}): Change {
  return {
    kind: 'changed',
    factKind: 'price',
    subject: 'Team',
    url: PAGE,
    before: 29,
    after: 99,
    factId: 'fact-0002',
    aspect: 'amount',
    was: side({}),
    is: side({ value: 99, quote: '€99 a month', factId: 'fact-0002' }),
    suspect: ['factor'],
    confidence: 0.9,
    ...part,
  };
}

/** Small steps that add up to a fall of 12 % of the upper end, since a run before the one compared with. */
export function creptChange(): Change {
  const upTo = (end: number) => ({
    unit: { currency: 'EUR', period: 'month' as const, upTo: end },
    quote: `€29 to €${end} a month`,
  });
  return priceChange({
    subject: 'Crept',
    after: 29,
    was: side(upTo(90)),
    is: side({ ...upTo(88), factId: 'fact-0002' }),
    suspect: undefined,
    since: {
      was: side({
        ...upTo(100),
        workflowUid: 'uid-of-long-before',
        at: '2025-11-01T00:00:10.000Z',
      }),
      percent: 12,
    },
  });
}

/** A plan is new. */
export function planChange(subject = 'Scale'): Change {
  return {
    kind: 'added',
    factKind: 'plan',
    subject,
    url: PAGE,
    after: subject,
    is: side({ subject, value: subject, unit: undefined, quote: subject }),
    confidence: 0.95,
  };
}

const HEADLINE: Fact = {
  id: 'fact-0000',
  kind: 'headline',
  subject: 'Tidepool',
  value: 'Data for divers',
  url: PAGE,
  source: 'text',
  sourceSha256: HASH,
  start: 0,
  end: 8,
  quote: 'Tidepool',
  selector: 'h1',
  confidence: 0.9,
};

/** What synthesis writes of a run that was compared with `tidepool-0`. */
export function aReport(
  changes: readonly Change[],
  part: Partial<Report> = {},
): Report {
  return {
    schemaVersion: 1,
    workflowUid: WORKFLOW_UID,
    jobId: 'tidepool-1',
    objective: 'Plans and prices of Tidepool',
    generatedAt: '2026-01-01T00:02:00.000Z',
    prose: { source: 'facts', removedSentences: 0 },
    summary: [],
    facts: [HEADLINE],
    pages: [],
    changes: [...changes],
    comparedWith: {
      baseline: {
        name: 'tidepool-0',
        workflowUid: 'uid-of-before',
        completedAt: '2025-12-25T00:00:00.000Z',
        artifacts: {
          manifest: { bucket: 'artifacts', key: 'm', sha256: HASH },
          facts: { bucket: 'artifacts', key: 'f', sha256: HASH },
        },
      },
    },
    notObserved: [],
    degraded: [],
    ...part,
  };
}

export function aCompletedRun(part: Partial<CompletedRun> = {}): CompletedRun {
  const name = part.name ?? 'tidepool-1';
  return {
    cluster: 'local',
    namespace: NAMESPACE,
    name,
    uid: `uid-of-${name}`,
    workflowUid: WORKFLOW_UID,
    reportSha256: HASH,
    completedAt: Date.parse('2026-01-01T00:02:00Z'),
    requestedBy: 'bob',
    fourEyes: false,
    baseline: { name: 'tidepool-0', completedAt: '2025-12-25T00:00:00.000Z' },
    ...part,
  };
}
