import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChangeItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { aChange, PRICE_CHANGE } from '../src/__testUtils__/changes';
import { bodyOf, json, userOf } from './http';

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();

const OBJECTIVE = 'What do our three closest competitors charge, and for what?';

const items: ChangeItem[] = [
  aChange({ objective: OBJECTIVE }),
  aChange({
    position: 1,
    objective: OBJECTIVE,
    change: { ...PRICE_CHANGE, suspect: ['currency'] },
    wrong: {
      by: 'user:default/alice',
      at: ago(0.1),
      reason: 'The banner shows dollars to visitors from abroad.',
      mine: false,
    },
  }),
  aChange({
    position: 2,
    objective: OBJECTIVE,
    company: 'Northpeak Analytics and Reporting',
    host: 'pricing.northpeak-analytics-and-reporting.example',
    class: 'plan',
    change: {
      kind: 'added',
      factKind: 'plan',
      subject: 'Enterprise with dedicated support',
      url: 'https://pricing.northpeak-analytics-and-reporting.example/plans',
      after: 'Enterprise with dedicated support',
    },
  }),
  aChange({
    workloadUid: 'uid-older',
    completedAt: ago(7),
    takenInAt: ago(7),
    objective: OBJECTIVE,
    entityRef: 'component:default/pricing-page',
  }),
];

function list(query: URLSearchParams): ChangeItem[] {
  const [run, entityRef] = [query.get('run'), query.get('entityRef')];
  return items
    .filter(one => !run || one.run.name === run)
    .filter(one => !entityRef || one.entityRef === entityRef)
    .filter(one => query.get('show') !== 'wrong' || one.wrong)
    .filter(
      one => query.get('show') !== 'unread' || !(one.wrong || one.seenAt),
    );
}

async function mark(req: IncomingMessage, item: ChangeItem, what: string) {
  const body = JSON.parse((await bodyOf(req)) || '{}');
  const at = new Date().toISOString();
  if (what === 'seen') item.seenAt = body.seen ? at : undefined;
  if (what === 'right') item.wrong = undefined;
  if (what === 'wrong') {
    item.wrong = { by: userOf(req), at, reason: body.reason, mine: true };
  }
}

/** What the backend answers below `/changes`, from memory. */
export async function changes(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
  clusters: object[],
): Promise<void> {
  const [, , , uid, position, what] = path.split('/');
  if (path === '/changes') {
    json(res, { items: list(query), takenIn: true, waiting: 1, clusters });
    return;
  }
  if (path === '/changes/visit') {
    json(res, { unreadSince: ago(1) });
    return;
  }
  const item = items.find(
    one => one.workloadUid === uid && String(one.position) === position,
  );
  if (!item) {
    const message = 'There is no such change.';
    json(res, { error: { name: 'NotFoundError', message } }, 404);
    return;
  }
  await mark(req, item, what);
  json(res, item);
}
