import type { Request, RequestHandler } from 'express';
import {
  scheduleReadPermission,
  workloadReadPermission,
  type ScheduleItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { missing, type Place, type Rights } from '../permissions';
import {
  keyOf,
  newestRuns,
  sortSchedules,
  type ScheduleEntry,
} from '../schedules/entry';
import { personCredentials, runRefOf, type HandlerContext } from './context';

/** Schedules are read as their runs are: both permissions, and what the cluster lets the person read. */
async function readerOf(
  context: HandlerContext,
  req: Request,
  places: readonly Place[],
): Promise<Rights> {
  const credentials = await personCredentials(context, req);
  await context.authorizer.demand(credentials, scheduleReadPermission);
  return context.authorizer.rights(credentials, places, workloadReadPermission);
}

/** With the newest run of each that this reader may see. */
function forReader(
  context: HandlerContext,
  rights: Rights,
  schedules: readonly ScheduleEntry[],
): ScheduleItem[] {
  const runs = newestRuns(
    context.store
      .entries()
      .filter(({ resource }) => rights.may(workloadReadPermission, resource)),
  );
  return schedules.map(({ item }) => ({
    ...item,
    lastRun: runs.get(keyOf(item)),
  }));
}

export function listSchedules(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { store } = context;
    const rights = await readerOf(context, req, store.schedulePlaces());
    const visible = store
      .schedules()
      .filter(({ resource }) => rights.may(workloadReadPermission, resource));
    res.json({
      items: sortSchedules(forReader(context, rights, visible)),
      clusters: store.states(rights.problems, 'schedules'),
    });
  };
}

/** One in a place that the cluster does not let the caller read is answered like one that does not exist. */
export function getSchedule(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { store } = context;
    const ref = runRefOf(req);
    const rights = await readerOf(context, req, [ref]);
    const found = store
      .schedules()
      .find(
        ({ item }) =>
          item.cluster === ref.cluster &&
          item.namespace === ref.namespace &&
          item.name === ref.name,
      );
    if (!found || !rights.reads(ref)) {
      throw store.unknown(ref, 'schedules');
    }
    if (!rights.may(workloadReadPermission, found.resource)) {
      throw missing(workloadReadPermission.name);
    }
    res.json(forReader(context, rights, [found])[0]);
  };
}
