import {
  AGENT_WORKLOAD_SCHEDULE,
  agentWorkloadScheduleSpecSchema,
  agentWorkloadScheduleStatusSchema,
  API_VERSION,
  POLICY_ENTRYPOINTS,
  type AgentWorkloadSchedule,
  type ReadTimetable,
  type StartDecision,
  type Timetables,
} from '@agentworkloads/api';
import type { z } from 'zod';
import { readStartAnswer, type Judged } from '../policy/answers';
import { scheduleInput } from '../policy/input';
import {
  saysAbsent,
  type KubeClient,
  type PolicyEngine,
  type ResourceKind,
} from '../ports';
import { toCachedWorkload, type CachedWorkload } from '../reconcile/cached';
import { KINDS } from '../reconcile/kinds';
import type { Observed } from '../reconcile/observed';
import { toRawSchedule, type CachedSchedule, type RawSchedule } from './cached';
import type { Remembered } from './remembered';
import { askRequester } from './requester';
import type { RunOfSchedule, ScheduleRuns } from './runs';
import { cancelOf, type RequesterRight, type ScheduleState } from './state';

/** Where a pass over a schedule reads. */
export interface ScheduleSources {
  schedules: { get(key: string): CachedSchedule | undefined };
  workloads: { get(key: string): CachedWorkload | undefined };
  runs: Pick<ScheduleRuns, 'of'>;
  client: KubeClient;
  policy: PolicyEngine;
  timetables: Timetables;
  /** Answers of earlier passes. */
  asked: {
    policy: Remembered<Judged<StartDecision>>;
    requester: Remembered<RequesterRight>;
  };
  /** Why the API server refused runs, by uid of their schedule, or their cancelling ({@link cancelOf}). */
  refusals: { get(uid: string): string | undefined };
}

export type GatheredSchedule =
  | { kind: 'gone' }
  | { kind: 'unreadable'; cause: string }
  | { kind: 'seen'; raw: RawSchedule; state: ScheduleState };

function sentences(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(issue => `${issue.path.join('.')}: ${issue.message}`)
    .join('; ');
}

async function read<T>(
  client: KubeClient,
  kind: ResourceKind,
  key: string,
  parse: (raw: unknown) => T,
): Promise<Observed<T>> {
  const [namespace = '', name = ''] = key.split('/');
  try {
    return {
      kind: 'present',
      value: parse(await client.get(kind, namespace, name)),
    };
  } catch (error) {
    if (saysAbsent(error, name)) return { kind: 'absent' };
    const cause = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', cause };
  }
}

async function readSchedule(
  { schedules, client }: ScheduleSources,
  key: string,
): Promise<Observed<RawSchedule>> {
  const cached = schedules.get(key);
  if (!cached) return { kind: 'absent' };
  const isPending =
    (cached.raw?.status as { pending?: unknown } | undefined)?.pending !==
    undefined;
  // What a run is made from is read just before; nothing else is made.
  return cached.raw && !isPending
    ? { kind: 'present', value: cached.raw }
    : read(client, KINDS.schedules, key, toRawSchedule);
}

function readTimetables(
  timetables: Timetables,
  { spec, status }: AgentWorkloadSchedule,
): { timetable: ReadTimetable; followed: ReadTimetable | undefined } {
  const { following } = status ?? {};
  return {
    timetable: timetables.of(spec.schedule, spec.timeZone),
    followed:
      following && timetables.of(following.schedule, following.timeZone),
  };
}

/** Those that are followed, and those that status has and no cache knows: they were made a moment ago, or are gone. */
async function readRuns(
  sources: ScheduleSources,
  { metadata, status }: AgentWorkloadSchedule,
): Promise<RunOfSchedule[]> {
  const { namespace, uid } = metadata;
  const known = sources.runs.of(uid);
  const unseen = (status?.active ?? []).filter(
    run =>
      !known.some(({ name }) => name === run.name) &&
      !sources.workloads.get(`${namespace}/${run.name}`),
  );
  const found = await Promise.all(
    unseen.map(run =>
      read(
        sources.client,
        KINDS.workloads,
        `${namespace}/${run.name}`,
        toCachedWorkload,
      ),
    ),
  );
  const unreadable = found.find(one => one.kind === 'unreadable');
  if (unreadable) throw new Error(unreadable.cause);
  const read_ = found.flatMap(one =>
    one.kind === 'present' ? one.value.scheduled ?? [] : [],
  );
  return [...known, ...read_.filter(({ owner }) => owner.uid === uid)];
}

async function readPendingRun(
  { client }: ScheduleSources,
  { metadata, status }: AgentWorkloadSchedule,
): Promise<Observed<CachedWorkload>> {
  const name = status?.pending?.name;
  return name === undefined
    ? { kind: 'absent' }
    : read(
        client,
        KINDS.workloads,
        `${metadata.namespace}/${name}`,
        toCachedWorkload,
      );
}

async function askPolicy(
  { policy, asked }: ScheduleSources,
  schedule: AgentWorkloadSchedule,
  timetable: ReadTimetable,
): Promise<Judged<StartDecision> | undefined> {
  if (timetable.kind === 'invalid') return undefined;
  const everySeconds = timetable.timetable.shortest / 1000;
  return asked.policy.get(schedule.metadata, async () =>
    readStartAnswer(
      await policy.decide(
        POLICY_ENTRYPOINTS.start,
        scheduleInput(schedule, everySeconds),
      ),
    ),
  );
}

/** One object is looked at again and again, and never changes. */
const parsed = new WeakMap<RawSchedule, AgentWorkloadSchedule | string>();

function parseOnce(raw: RawSchedule): AgentWorkloadSchedule | string {
  const known = parsed.get(raw);
  if (known !== undefined) return known;
  const schedule = parse(raw);
  parsed.set(raw, schedule);
  return schedule;
}

function parse(raw: RawSchedule): AgentWorkloadSchedule | string {
  const status = agentWorkloadScheduleStatusSchema
    .optional()
    .safeParse(raw.status);
  if (!status.success) return `status: ${sentences(status.error)}`;
  const spec = agentWorkloadScheduleSpecSchema.safeParse(raw.spec);
  if (!spec.success) return `spec: ${sentences(spec.error)}`;
  return {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD_SCHEDULE.kind,
    metadata: raw.metadata,
    spec: spec.data,
    status: status.data,
  };
}

/** Reads everything that one pass needs. With a run that is pending the schedule, the run and the right of who asks are read live. */
export async function gatherSchedule(
  sources: ScheduleSources,
  key: string,
): Promise<GatheredSchedule> {
  const found = await readSchedule(sources, key);
  if (found.kind === 'absent') return { kind: 'gone' };
  if (found.kind === 'unreadable') return found;
  const schedule = parseOnce(found.value);
  if (typeof schedule === 'string') {
    return { kind: 'unreadable', cause: schedule };
  }
  const { uid } = schedule.metadata;
  const isPending = schedule.status?.pending !== undefined;
  const { timetable, followed } = readTimetables(sources.timetables, schedule);
  const [policy, requester, pending, runs] = await Promise.all([
    askPolicy(sources, schedule, timetable),
    sources.asked.requester.get(
      schedule.metadata,
      () => askRequester(sources.client, schedule),
      isPending,
    ),
    readPendingRun(sources, schedule),
    readRuns(sources, schedule),
  ]);
  return {
    kind: 'seen',
    raw: found.value,
    state: {
      schedule,
      timetable,
      followed,
      policy,
      requester,
      ...withPending(runs, pending, uid),
      refusal: sources.refusals.get(uid),
      notCancelled: readNotCancelled(sources, schedule, runs),
    },
  };
}

function readNotCancelled(
  { refusals }: ScheduleSources,
  { status }: AgentWorkloadSchedule,
  runs: readonly RunOfSchedule[],
): Record<string, string> {
  const { name, replaces = [] } = status?.pending ?? { name: '' };
  const told = runs
    .filter(run => replaces.includes(run.name))
    .map(({ uid }) => [uid, refusals.get(cancelOf(uid, name))] as const);
  return Object.fromEntries(
    told.flatMap(([uid, why]) => (why === undefined ? [] : [[uid, why]])),
  );
}

/** The pending run, once it is there, is one of its runs, whether the watch has brought it or not. */
function withPending(
  runs: RunOfSchedule[],
  pending: Observed<CachedWorkload>,
  uid: string,
): Pick<ScheduleState, 'runs' | 'pendingRun'> {
  if (pending.kind !== 'present') return { runs, pendingRun: pending };
  const { scheduled } = pending.value;
  const isNew =
    scheduled?.owner.uid === uid &&
    !runs.some(({ name }) => name === scheduled.name);
  return {
    runs: isNew ? [...runs, scheduled] : runs,
    pendingRun: {
      kind: 'present',
      value: scheduled ? { scheduleUid: scheduled.owner.uid } : {},
    },
  };
}
