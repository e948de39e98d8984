import type { Request, RequestHandler } from 'express';
import { AGENT_WORKLOAD_SCHEDULE } from '@agentworkloads/api';
import {
  scheduleDeletePermission,
  scheduleReadPermission,
  scheduleRunPermission,
  scheduleUpdatePermission,
  workloadCreatePermission,
  workloadReadPermission,
  type ScheduleDetail,
  type ScheduleItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { missing, type Place, type Rights } from '../permissions';
import { sortSchedules, type ScheduleEntry } from '../schedules/entry';
import { scheduleKey } from '../schedules/key';
import {
  personCredentials,
  runRefOf,
  type HandlerContext,
  type PersonCredentials,
} from './context';
import { readerIn } from './readable';

/** Somebody who reads schedules, and what they may read. */
export interface ScheduleReader {
  credentials: PersonCredentials;
  rights: Rights;
}

/** Schedules are read as their runs are: both permissions, and what the cluster lets the person read. */
async function readerOf(
  context: HandlerContext,
  req: Request,
  places: readonly Place[],
): Promise<ScheduleReader> {
  const credentials = await personCredentials(context, req);
  await context.authorizer.demand(credentials, scheduleReadPermission);
  const rights = await context.authorizer.rights(
    credentials,
    places,
    workloadReadPermission,
  );
  return { credentials, rights };
}

/** The name that the reader has in the clusters; undefined for somebody who can have none. */
async function usernameOf(
  { people }: HandlerContext,
  credentials: PersonCredentials,
): Promise<string | undefined> {
  try {
    return (await people.person(credentials)).username;
  } catch {
    return undefined;
  }
}

/** With the newest run of each that this reader may see, and with what the reader may do. */
export async function forReader(
  context: HandlerContext,
  { credentials, rights }: ScheduleReader,
  schedules: readonly Pick<ScheduleEntry, 'item'>[],
): Promise<ScheduleItem[]> {
  const { index } = context.store;
  const may = readerIn(rights);
  const places = schedules.map(({ item }) => item);
  const [username, [mayRun, mayUpdate, mayCreate], mayPatch] =
    await Promise.all([
      usernameOf(context, credentials),
      context.authorizer.allowed(credentials, [
        scheduleRunPermission,
        scheduleUpdatePermission,
        workloadCreatePermission,
      ]),
      rights.where(places, {
        verb: 'patch',
        resource: AGENT_WORKLOAD_SCHEDULE.plural,
      }),
    ]);
  return schedules.map(({ item }) => ({
    ...item,
    lastRun: index.newestOf(scheduleKey(item), may),
    isYours: username !== undefined && item.requestedBy === username,
    mayRun: mayRun && mayCreate && mayPatch(item),
    mayUpdate: mayUpdate && mayPatch(item),
  }));
}

/** One with its spec, as its own page needs it. */
export async function detailFor(
  context: HandlerContext,
  reader: ScheduleReader,
  entry: ScheduleEntry,
): Promise<ScheduleDetail> {
  const [[item], [mayDelete], deletes] = await Promise.all([
    forReader(context, reader, [entry]),
    context.authorizer.allowed(reader.credentials, [scheduleDeletePermission]),
    reader.rights.where([entry.item], {
      verb: 'delete',
      resource: AGENT_WORKLOAD_SCHEDULE.plural,
    }),
  ]);
  const { spec, generation, owned } = entry;
  return {
    ...item,
    spec,
    generation,
    owned,
    mayDelete: mayDelete && deletes(entry.item),
  };
}

export function listSchedules(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { store } = context;
    const reader = await readerOf(context, req, store.schedulePlaces());
    const { rights } = reader;
    const visible = store
      .schedules()
      .filter(({ resource }) => rights.may(workloadReadPermission, resource));
    res.json({
      items: sortSchedules(await forReader(context, reader, visible)),
      clusters: store.states(rights.problems, 'schedules'),
    });
  };
}

/**
 * The schedule of the path, for a caller who may read it. One in a place that the cluster does not let the caller read
 * is answered like one that does not exist.
 * @throws NotAllowedError, NotFoundError
 */
export async function readableSchedule(
  context: HandlerContext,
  req: Request,
): Promise<ScheduleReader & { entry: ScheduleEntry }> {
  const { store } = context;
  const ref = runRefOf(req);
  const reader = await readerOf(context, req, [ref]);
  const entry = store
    .schedules()
    .find(
      ({ item }) =>
        item.cluster === ref.cluster &&
        item.namespace === ref.namespace &&
        item.name === ref.name,
    );
  if (!entry || !reader.rights.reads(ref)) {
    throw store.unknown(ref, 'schedules');
  }
  if (!reader.rights.may(workloadReadPermission, entry.resource)) {
    throw missing(workloadReadPermission.name);
  }
  return { ...reader, entry };
}

export function getSchedule(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { entry, ...reader } = await readableSchedule(context, req);
    res.json(await detailFor(context, reader, entry));
  };
}
