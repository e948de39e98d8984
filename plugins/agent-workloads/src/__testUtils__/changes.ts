import type { Change, ChangeSide } from '@agentworkloads/api';
import type { ChangeItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { PAGES, sha256, WORKFLOW_UID } from './pages';

const [page] = PAGES;

const side = (value: number, quote: string): ChangeSide => ({
  subject: 'Team',
  value,
  unit: { currency: 'USD', period: 'month', per: 'user' },
  quote,
  factId: sha256(quote).slice(0, 16),
  source: 'text',
  sourceSha256: sha256(page.text),
  start: 10,
  end: 10 + quote.length,
  url: page.url,
  workflowUid: WORKFLOW_UID,
});

/** The plan Team became dearer. */
export const PRICE_CHANGE: Change = {
  kind: 'changed',
  factKind: 'price',
  subject: 'Team',
  url: page.url,
  before: 45,
  after: 49,
  aspect: 'amount',
  was: side(45, '$45 per user a month'),
  is: side(49, '$49 per user a month'),
  confidence: 0.95,
};

/** A row of the page Changes. */
export function aChange(
  part: Partial<ChangeItem> = {},
  now: number = Date.now(),
): ChangeItem {
  return {
    run: {
      cluster: 'local',
      namespace: 'agentworkloads',
      name: 'pricing-week-46',
    },
    workloadUid: 'uid-pricing-week-46',
    position: 0,
    completedAt: new Date(now - 3 * 60_000).toISOString(),
    takenInAt: new Date(now - 2 * 60_000).toISOString(),
    comparedWith: 'pricing-week-45',
    company: 'Brightloop',
    host: 'www.brightloop.example',
    class: 'price',
    change: PRICE_CHANGE,
    ...part,
  };
}
