import type { Request, RequestHandler } from 'express';
import type { AgentWorkloadSchedule } from '@agentworkloads/api';
import {
  scheduleDeletePermission,
  scheduleRunPermission,
  scheduleUpdatePermission,
  takesOver,
  workloadCreatePermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  type Cluster,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  audited,
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { changeSchedule, parseEdit } from '../schedules/edit';
import { toScheduleEntry, type ScheduleFacts } from '../schedules/entry';
import { assertSame, parseUid } from '../schedules/looked';
import { readSchedule } from '../schedules/onLatest';
import { askForRun, parseRunNow } from '../schedules/runNow';
import type { HandlerContext } from './context';
import { detailFor, readableSchedule, type ScheduleReader } from './schedules';

/** The schedule as the cluster gave it back: the watch may not have brought it yet. */
async function answer(
  context: HandlerContext,
  reader: ScheduleReader,
  cluster: string,
  schedule: AgentWorkloadSchedule,
) {
  const { identity } = context.clusters;
  const entry = toScheduleEntry(cluster, schedule, identity);
  return detailFor(context, reader, entry);
}

/** As the caller, and under an audit event of this schedule. */
async function asCaller<T>(
  context: HandlerContext,
  req: Request,
  { credentials }: ScheduleReader,
  { cluster, namespace, name }: ScheduleFacts,
  {
    act,
    tell,
    ...event
  }: {
    eventId: string;
    meta: Record<string, string | number>;
    act(cluster: Cluster, person: ImpersonatedPerson): Promise<T>;
    tell?(result: NoInfer<T>): { requestedByBefore: string | null };
  },
): Promise<T> {
  const person = await context.people.person(credentials);
  return audited(
    context.auditor,
    {
      eventId: event.eventId,
      severityLevel: 'medium',
      request: req,
      meta: { cluster, namespace, name, ...event.meta, as: person.username },
    },
    () => act(context.clusters.get(cluster), person),
    tell,
  );
}

/** In whose name it was, where that may have changed. */
const ownerBefore = ({ before }: { before?: string }) => ({
  requestedByBefore: before ?? null,
});

/** One run now, in the caller's name; what the operator makes of it is in the schedule's `lastRunNow` afterwards. */
export function runScheduleNow(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    const { credentials } = reader;
    await context.authorizer.demand(credentials, scheduleRunPermission);
    await context.authorizer.demand(credentials, workloadCreatePermission);
    const request = parseRunNow(req.body);
    assertSame(entry.item, request.uid);
    const { schedule } = await asCaller(context, req, reader, entry.item, {
      eventId: 'agent-workloads-schedule-run',
      meta: { token: request.token },
      act: (cluster, person) => askForRun(cluster, entry.item, request, person),
      tell: ownerBefore,
    });
    res.json(await answer(context, reader, entry.item.cluster, schedule));
  };
}

/** Whether due times lead to runs, and nothing else. What is so already changes nothing and succeeds. */
export function setSuspended(
  context: HandlerContext,
  suspend: boolean,
): RequestHandler {
  const verb = suspend ? 'suspend' : 'resume';
  const doing = `${verb} the schedule`;
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(
      reader.credentials,
      scheduleUpdatePermission,
    );
    assertSame(entry.item, parseUid(req.body, doing, { required: false }));
    const { namespace, name, uid } = entry.item;
    const schedule = await asCaller(context, req, reader, entry.item, {
      eventId: 'agent-workloads-schedule-update',
      meta: { actionType: verb },
      act: async ({ client }, person) =>
        readSchedule(
          await client.patch(
            RESOURCES.schedules,
            namespace,
            name,
            // The uid makes sure that it is the schedule that was looked at.
            { metadata: { uid }, spec: { suspend } },
            { as: person },
          ),
        ),
    }).catch(error => {
      throw toResponseError(error, doing);
    });
    res.json(await answer(context, reader, entry.item.cluster, schedule));
  };
}

/** When it runs, and what it asks: to change that takes it over where it is in another's name. */
export function editSchedule(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    const { credentials } = reader;
    await context.authorizer.demand(credentials, scheduleUpdatePermission);
    const edit = parseEdit(req.body);
    if (takesOver(edit.spec)) {
      await context.authorizer.demand(credentials, workloadCreatePermission);
    }
    assertSame(entry.item, edit.uid);
    const { schedule } = await asCaller(context, req, reader, entry.item, {
      eventId: 'agent-workloads-schedule-update',
      meta: { actionType: 'edit' },
      act: (cluster, person) =>
        changeSchedule(cluster, entry.item, edit, person),
      tell: ownerBefore,
    });
    res.json(await answer(context, reader, entry.item.cluster, schedule));
  };
}

/** Its runs go with it, by their owner references. */
export function deleteSchedule(context: HandlerContext): RequestHandler {
  const doing = 'delete the schedule';
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(
      reader.credentials,
      scheduleDeletePermission,
    );
    assertSame(entry.item, parseUid(req.query, doing, { required: true }));
    const { namespace, name, uid } = entry.item;
    await asCaller(context, req, reader, entry.item, {
      eventId: 'agent-workloads-schedule-delete',
      meta: { runs: entry.owned },
      act: ({ client }, person) =>
        // The uid makes sure that it is the schedule that was looked at.
        client.delete(RESOURCES.schedules, namespace, name, {
          as: person,
          only: { uid },
        }),
    }).catch(error => {
      throw toResponseError(error, doing);
    });
    res.status(204).end();
  };
}
