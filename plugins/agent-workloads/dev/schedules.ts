import type { IncomingMessage, ServerResponse } from 'node:http';
import type {
  ClusterState,
  EditScheduleRequest,
  ScheduleDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  aRun,
  aSchedule,
  aScheduleDetail,
  ready,
} from '../src/__testUtils__/runs';
import { bodyOf, json, notFound, userOf } from './http';

const DAY = 86_400_000;

const items: ScheduleDetail[] = [
  aSchedule({
    lastRun: aRun({ name: 'pricing-week-46', phase: 'Completed' }),
    notStarted: [
      {
        from: new Date(Date.now() - 21 * DAY).toISOString(),
        to: new Date(Date.now() - 14 * DAY).toISOString(),
        times: 2,
        reason: 'StillRunning',
        message: 'pricing-week-45 goes on, and concurrencyPolicy is Forbid.',
      },
    ],
  }),
  aSchedule({
    name: 'changelogs-daily',
    objective: 'What do others say that is new?',
    schedule: '@daily',
    timeZone: 'America/New_York',
    suspend: true,
    nextAt: undefined,
    requestedBy: 'erin',
    isYours: false,
    conditions: [ready('False', 'Suspended', 'Nothing is started.')],
  }),
  aSchedule({
    name: 'intranet-hourly',
    schedule: '0 * * * *',
    nextAt: undefined,
    conditions: [
      ready(
        'False',
        'PolicyDenies',
        'Policy would deny each run: host intranet.example is not allowed',
      ),
    ],
  }),
].map(aScheduleDetail);

/** The row and the spec say the same. */
function edit(one: ScheduleDetail, { spec }: EditScheduleRequest): void {
  const history = { ...one.spec.history, ...spec.history };
  one.spec = { ...one.spec, ...spec, history };
  one.generation += 1;
  const { schedule, timeZone, objective, targetUrls } = one.spec;
  Object.assign(one, { schedule, timeZone, objective });
  one.pages = targetUrls.length;
}

async function act(req: IncomingMessage, one: ScheduleDetail, action: string) {
  if (action === 'run-now') {
    one.runNow = JSON.parse(await bodyOf(req)).token;
    one.requestedBy = userOf(req).split('/')[1];
    one.isYours = true;
  } else if (action === 'edit') {
    edit(one, JSON.parse(await bodyOf(req)));
  } else if (action === 'suspend' || action === 'resume') {
    one.suspend = action === 'suspend';
  }
}

/** The REST contract of schedules, answered from memory. */
export async function schedules(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  clusters: ClusterState[],
): Promise<void> {
  const [, , , , name, action] = path.split('/');
  if (!name) {
    json(res, { items, clusters });
    return;
  }
  const one = items.find(item => item.name === name);
  if (!one) {
    notFound(res, `There is no schedule ${name}.`);
    return;
  }
  if (req.method === 'DELETE') {
    items.splice(items.indexOf(one), 1);
    res.writeHead(204);
    res.end();
    return;
  }
  if (action) await act(req, one, action);
  json(res, one);
}
