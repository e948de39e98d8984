import type { Fact, Report, RunSummary } from '@agentworkloads/api';
import type { RunEvidence } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  factIn,
  missingRecord,
  NOT_SEEN,
  PAGES,
  pageRecord,
  WORKFLOW_UID,
} from './pages';

const [bright, north, quay] = PAGES;
const perUserMonth = { currency: 'USD', period: 'month', per: 'user' } as const;
const euroMonth = { currency: 'EUR', period: 'month' } as const;

export const FACTS: readonly Fact[] = [
  factIn(bright, 'headline', '', 'Analytics that your whole team reads'),
  factIn(bright, 'plan', 'Starter', 'Starter'),
  factIn(bright, 'price', 'Starter', '$19', { value: 19, unit: perUserMonth }),
  factIn(bright, 'limit', 'Starter', 'Up to 5 dashboards'),
  factIn(bright, 'feature', 'Starter', 'E-mail support'),
  factIn(bright, 'plan', 'Team', 'Team\n$49'.slice(0, 4)),
  factIn(bright, 'price', 'Team', '$49', { value: 49, unit: perUserMonth }),
  factIn(bright, 'price', 'Team', '$470', {
    value: 470,
    unit: {
      currency: 'USD',
      period: 'year',
      per: 'user',
      billed: 'billed annually',
    },
  }),
  factIn(bright, 'feature', 'Team', 'Unlimited dashboards'),
  factIn(bright, 'feature', 'Team', 'Alerts on any number'),
  factIn(bright, 'feature', 'Team', 'Single sign-on'),
  factIn(bright, 'feature', 'Team', 'Audit log'),
  factIn(bright, 'trial', 'Team', '14 days free, no card needed'),
  factIn(bright, 'plan', 'Enterprise', 'Enterprise'),
  factIn(bright, 'contact', 'Enterprise', 'Contact us'),
  factIn(bright, 'feature', 'Enterprise', 'Your own region'),
  factIn(
    north,
    'headline',
    '',
    'From raw events to a decision in an afternoon',
  ),
  factIn(north, 'plan', 'Free', 'Free'),
  factIn(north, 'price', 'Free', '€0', { value: 0, unit: euroMonth }),
  factIn(north, 'limit', 'Free', 'One project'),
  factIn(north, 'plan', 'Pro', 'Pro\n'.trim()),
  factIn(north, 'price', 'Pro', '€39', { value: 39, unit: euroMonth }),
  factIn(north, 'limit', 'Pro', 'Ten projects'),
  factIn(north, 'feature', 'Pro', 'Warehouse sync'),
  factIn(north, 'plan', 'Scale', 'Scale'),
  factIn(north, 'price', 'Scale', '€129', { value: 129, unit: euroMonth }),
  factIn(north, 'contact', '', 'sales@northpeak.example'),
  factIn(quay, 'headline', '', 'Data for product people'),
  factIn(quay, 'price', 'Everything', '$99', {
    value: 99,
    unit: { currency: 'USD', period: 'month', per: 'workspace' },
    confidence: 0.81,
  }),
  factIn(quay, 'cta', '', 'Start your trial'),
];

const pages = [...PAGES.map(pageRecord), ...NOT_SEEN.map(missingRecord)];

export const SUMMARY: RunSummary = {
  pages: 5,
  observed: 3,
  notObserved: [
    { url: NOT_SEEN[0].url, reason: 'ROBOTS_DISALLOWED' },
    { url: NOT_SEEN[1].url, reason: 'HTTP_ERROR' },
  ],
  notObservedTotal: 2,
  facts: FACTS.length,
  byKind: { plan: 6, price: 7, feature: 7, headline: 3 },
  changes: 2,
  hosts: ['www.brightloop.example', 'northpeak.example', 'quayside.example'],
  hostsComplete: true,
  browserSandbox: 'on',
  degraded: false,
};

export const EVIDENCE: RunEvidence = {
  manifest: {
    schemaVersion: 1,
    workflowUid: WORKFLOW_UID,
    jobId: 'agentworkloads/pricing-week-47',
    objective: 'What do our three competitors ask this week?',
    bucket: 'agent-workloads',
    userAgent: 'agent-workloads',
    createdAt: '2026-11-22T09:00:30.000Z',
    pages,
  },
  facts: { schemaVersion: 1, workflowUid: WORKFLOW_UID, facts: [...FACTS] },
  shots: {
    schemaVersion: 1,
    workflowUid: WORKFLOW_UID,
    pages: PAGES.map(page => ({ url: page.url, shots: [] })),
    degraded: [],
  },
};

const sentence = (
  text: string,
  places: number[] = [],
): Report['summary'][number] => ({
  text,
  factIds: places.map(place => FACTS[place].id),
  chosenBy: 'facts',
});

export const REPORT: Report = {
  schemaVersion: 1,
  workflowUid: WORKFLOW_UID,
  jobId: 'agentworkloads/pricing-week-47',
  objective: 'What do our three competitors ask this week?',
  generatedAt: '2026-11-22T09:05:00.000Z',
  prose: { source: 'facts', removedSentences: 0 },
  summary: [
    sentence('3 of 5 pages were observed.'),
    sentence('Brightloop shows 1 offer: Team, $49 per user / month.', [6]),
    sentence('Northpeak shows 1 offer: Pro, €39 per month.'),
    sentence('Quayside shows 1 offer: $99 per workspace / month.'),
  ],
  facts: [...FACTS],
  pages,
  changes: [
    {
      kind: 'changed',
      factKind: 'price',
      subject: 'Team',
      url: bright.url,
      before: 45,
      after: 49,
      factId: FACTS[6].id,
    },
    {
      kind: 'added',
      factKind: 'feature',
      subject: 'Team',
      url: bright.url,
      after: 'Audit log',
      factId: FACTS[11].id,
    },
  ],
  notObserved: NOT_SEEN.map(({ url, reason, detail }) => ({
    url,
    reason: reason!,
    detail,
  })),
  degraded: [],
};
