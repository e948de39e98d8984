import type { RequestHandler } from 'express';
import type { AgentWorkloadSchedule } from '@agentworkloads/api';
import {
  scheduleRunPermission,
  scheduleUpdatePermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { toScheduleEntry } from '../schedules/entry';
import { askForRun, parseRunNow, readSchedule } from '../schedules/runNow';
import type { HandlerContext } from './context';
import { forReader, readableSchedule, type ScheduleReader } from './schedules';

/** The schedule as the cluster gave it back: the watch may not have brought it yet. */
async function answer(
  context: HandlerContext,
  reader: ScheduleReader,
  cluster: string,
  schedule: AgentWorkloadSchedule,
) {
  const { identity } = context.clusters;
  const entry = toScheduleEntry(cluster, schedule, identity);
  return (await forReader(context, reader, [entry]))[0];
}

/** One run now, in the caller's name; what the operator makes of it is in the schedule's `lastRunNow` afterwards. */
export function runScheduleNow(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(reader.credentials, scheduleRunPermission);
    const request = parseRunNow(req.body);
    const { cluster, namespace, name } = entry.item;
    const person = await context.people.person(reader.credentials);
    const event = await context.auditor.createEvent({
      eventId: 'agent-workloads-schedule-run',
      severityLevel: 'medium',
      request: req,
      meta: {
        cluster,
        namespace,
        name,
        token: request.token,
        as: person.username,
      },
    });
    let asked: Awaited<ReturnType<typeof askForRun>>;
    try {
      asked = await askForRun(
        context.clusters.get(cluster),
        entry.item,
        request,
        person,
      );
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
    await event.success({ meta: { requestedByBefore: asked.before ?? null } });
    res.json(await answer(context, reader, cluster, asked.schedule));
  };
}

/** Whether due times lead to runs, and nothing else. What is so already changes nothing and succeeds. */
export function setSuspended(
  context: HandlerContext,
  suspend: boolean,
): RequestHandler {
  const verb = suspend ? 'suspend' : 'resume';
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(
      reader.credentials,
      scheduleUpdatePermission,
    );
    const { cluster, namespace, name, uid } = entry.item;
    const person = await context.people.person(reader.credentials);
    const event = await context.auditor.createEvent({
      eventId: 'agent-workloads-schedule-update',
      severityLevel: 'medium',
      request: req,
      meta: { cluster, namespace, name, actionType: verb, as: person.username },
    });
    let schedule: AgentWorkloadSchedule;
    try {
      const { client } = context.clusters.get(cluster);
      const patched = await client.patch(
        RESOURCES.schedules,
        namespace,
        name,
        // The uid makes sure that it is the schedule that was looked at.
        { metadata: { uid }, spec: { suspend } },
        { as: person },
      );
      schedule = readSchedule(patched);
    } catch (error) {
      await event.fail({ error: error as Error });
      throw toResponseError(error, `${verb} the schedule`);
    }
    await event.success();
    res.json(await answer(context, reader, cluster, schedule));
  };
}
