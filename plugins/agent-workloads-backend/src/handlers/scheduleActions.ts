import type { RequestHandler } from 'express';
import type { AgentWorkloadSchedule } from '@agentworkloads/api';
import {
  scheduleDeletePermission,
  scheduleRunPermission,
  scheduleUpdatePermission,
  workloadCreatePermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { changeSchedule, parseEdit, touchesWhatRuns } from '../schedules/edit';
import { toScheduleEntry } from '../schedules/entry';
import { assertSame, parseUid } from '../schedules/looked';
import { askForRun, parseRunNow, readSchedule } from '../schedules/runNow';
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

/** One run now, in the caller's name; what the operator makes of it is in the schedule's `lastRunNow` afterwards. */
export function runScheduleNow(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(reader.credentials, scheduleRunPermission);
    await context.authorizer.demand(
      reader.credentials,
      workloadCreatePermission,
    );
    const request = parseRunNow(req.body);
    assertSame(entry.item, request.uid);
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
  const doing = `${verb} the schedule`;
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(
      reader.credentials,
      scheduleUpdatePermission,
    );
    assertSame(entry.item, parseUid(req.body, doing, { required: false }));
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
      throw toResponseError(error, doing);
    }
    await event.success();
    res.json(await answer(context, reader, cluster, schedule));
  };
}

/** When it runs, and what it asks: to change that takes it over where it is in another's name. */
export function editSchedule(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(
      reader.credentials,
      scheduleUpdatePermission,
    );
    const edit = parseEdit(req.body);
    if (touchesWhatRuns(edit)) {
      await context.authorizer.demand(
        reader.credentials,
        workloadCreatePermission,
      );
    }
    assertSame(entry.item, edit.uid);
    const { cluster, namespace, name } = entry.item;
    const person = await context.people.person(reader.credentials);
    const event = await context.auditor.createEvent({
      eventId: 'agent-workloads-schedule-update',
      severityLevel: 'medium',
      request: req,
      meta: {
        cluster,
        namespace,
        name,
        actionType: 'edit',
        as: person.username,
      },
    });
    let changed: Awaited<ReturnType<typeof changeSchedule>>;
    try {
      changed = await changeSchedule(
        context.clusters.get(cluster),
        entry.item,
        edit,
        person,
      );
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
    await event.success({
      meta: { requestedByBefore: changed.before ?? null },
    });
    res.json(await answer(context, reader, cluster, changed.schedule));
  };
}

/** Its runs go with it, by their owner references. */
export function deleteSchedule(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    await context.authorizer.demand(
      reader.credentials,
      scheduleDeletePermission,
    );
    assertSame(
      entry.item,
      parseUid(req.query, 'delete the schedule', { required: true }),
    );
    const { cluster, namespace, name, uid } = entry.item;
    const person = await context.people.person(reader.credentials);
    const event = await context.auditor.createEvent({
      eventId: 'agent-workloads-schedule-delete',
      severityLevel: 'medium',
      request: req,
      meta: {
        cluster,
        namespace,
        name,
        runs: entry.owned,
        as: person.username,
      },
    });
    try {
      const { client } = context.clusters.get(cluster);
      // The uid makes sure that it is the schedule that was looked at.
      await client.delete(RESOURCES.schedules, namespace, name, {
        as: person,
        only: { uid },
      });
    } catch (error) {
      await event.fail({ error: error as Error });
      throw toResponseError(error, 'delete the schedule');
    }
    await event.success();
    res.status(204).end();
  };
}
