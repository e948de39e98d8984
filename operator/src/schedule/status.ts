import {
  CONDITION_TYPES,
  REASONS,
  SCHEDULE_LIMITS,
  type AgentWorkloadScheduleStatus,
  type Condition,
} from '@agentworkloads/api';
import type { EventNote } from '../ports';
import { isoSeconds, sameJson, withCondition } from '../reconcile/status';
import { lastToCompareWith } from './history';
import { readinessOf, type Readiness } from './readiness';
import { goesOn, type RunOfSchedule } from './runs';
import type { ScheduleDecision, ScheduleState } from './state';

type Following = NonNullable<AgentWorkloadScheduleStatus['following']>;

/** Fields of status that a decision sets; the rest follows from what is seen. */
export type ScheduleChange = Partial<
  Pick<
    AgentWorkloadScheduleStatus,
    'following' | 'pending' | 'notStarted' | 'lastScheduleTime' | 'lastRunNow'
  >
>;

/** Due times are dealt with from its creation on; of one that can't be read there are none. */
export function followingOf(
  { schedule, timetable }: ScheduleState,
  now: Date,
): Following {
  const { spec, status, metadata } = schedule;
  const created = Date.parse(metadata.creationTimestamp);
  const from =
    timetable.kind === 'read' && Number.isFinite(created)
      ? new Date(created)
      : now;
  return (
    status?.following ?? {
      schedule: spec.schedule,
      timeZone: spec.timeZone,
      until: isoSeconds(from),
    }
  );
}

function requesterCondition(
  { schedule, requester }: ScheduleState,
  conditions: Condition[],
  now: Date,
): Condition[] {
  const type = CONDITION_TYPES.requesterAllowed;
  const others = conditions.filter(one => one.type !== type);
  const name = schedule.spec.requestedBy?.username;
  if (name === undefined || requester.kind === 'nobody') return others;
  const told = {
    may: {
      status: 'True',
      reason: REASONS.requesterMay,
      message: `${name} may make AgentWorkloads here.`,
    },
    'may-not': {
      status: 'False',
      reason: REASONS.requesterMayNot,
      message: `${name} may not make AgentWorkloads here.`,
    },
    unknown: {
      status: 'Unknown',
      reason: REASONS.requesterUnknown,
      message: `Whether ${name} may make AgentWorkloads here can't be found out.`,
    },
  } as const;
  const { generation } = schedule.metadata;
  const input = { type, ...told[requester.kind] };
  return withCondition(conditions, input, generation, now);
}

function gateCondition(runs: readonly RunOfSchedule[]) {
  const open = runs
    .filter(run => goesOn(run) && run.phase === 'AwaitingApproval')
    .map(({ name }) => name)
    .sort();
  return open.length > 0
    ? ({
        type: CONDITION_TYPES.gateOpen,
        status: 'True',
        reason: REASONS.waitingForPerson,
        message: `${open.slice(0, 5).join(', ')} ${
          open.length > 1 ? 'wait' : 'waits'
        } at the gate for somebody to decide.`,
      } as const)
    : ({
        type: CONDITION_TYPES.gateOpen,
        status: 'False',
        reason: REASONS.noGateOpen,
        message: 'No run of this schedule waits at its gate.',
      } as const);
}

const READY = { ready: 'True', blocked: 'False', waiting: 'Unknown' } as const;

function conditionsOf(
  state: ScheduleState,
  { kind, reason, message }: Readiness,
  now: Date,
): Condition[] {
  const { metadata, status } = state.schedule;
  const { generation } = metadata;
  const ready = {
    type: CONDITION_TYPES.ready,
    status: READY[kind],
    reason,
    message,
  };
  const before = status?.conditions ?? [];
  const withReady = withCondition(before, ready, generation, now);
  const gate = gateCondition(state.runs);
  const withGate = withCondition(withReady, gate, generation, now);
  return requesterCondition(state, withGate, now);
}

/** What is seen of its runs. */
function mirrored({ schedule, runs }: ScheduleState) {
  const { spec, status } = schedule;
  const completed = runs.filter(({ phase }) => phase === 'Completed');
  const ends = completed.flatMap(({ ended }) => ended?.at ?? []);
  const told = Date.parse(status?.lastSuccessfulTime ?? '');
  const last = Math.max(...(Number.isFinite(told) ? [told] : []), ...ends);
  const baseline = lastToCompareWith(
    runs,
    spec.workloadTemplate.spec.workflowTemplateRef,
  )?.ended?.comparable?.baseline;
  return {
    lastSuccessfulTime: Number.isFinite(last)
      ? isoSeconds(new Date(last))
      : undefined,
    active: runs
      .filter(goesOn)
      .map(({ name, uid }) => ({ name, uid }))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .slice(0, SCHEDULE_LIMITS.active),
    baseline: baseline && {
      name: baseline.name,
      completedAt: baseline.completedAt,
    },
    owned: { runs: runs.length, completed: completed.length },
  };
}

function nextTime(
  { timetable }: ScheduleState,
  { kind }: Readiness,
  until: string,
  now: Date,
): string | undefined {
  if (timetable.kind === 'invalid' || kind === 'blocked') return undefined;
  const after = Math.max(Date.parse(until), now.getTime());
  return isoSeconds(new Date(timetable.timetable.next(after)));
}

/** The one place where the status of a schedule is made. */
export function nextScheduleStatus(
  state: ScheduleState,
  change: ScheduleChange,
  now: Date,
): AgentWorkloadScheduleStatus {
  const { status, metadata } = state.schedule;
  const following = change.following ?? followingOf(state, now);
  // What is no longer pending was not refused any more.
  const settled = 'pending' in change && !change.pending;
  const readiness = readinessOf(
    settled ? { ...state, refusal: undefined } : state,
  );
  const next: AgentWorkloadScheduleStatus = {
    ...status,
    ...change,
    observedGeneration: metadata.generation,
    following,
    conditions: conditionsOf(state, readiness, now),
    ...mirrored(state),
    nextScheduleTime: nextTime(state, readiness, following.until, now),
  };
  // Absent and undefined are the same in JSON.
  return Object.fromEntries(
    Object.entries(next).filter(([, value]) => value !== undefined),
  );
}

/** Told once, when due times stop leading to runs; who suspends it knows. */
function readinessEvents(
  state: ScheduleState,
  next: AgentWorkloadScheduleStatus,
): EventNote[] {
  const readyIn = (conditions: Condition[] = []) =>
    conditions.find(({ type }) => type === CONDITION_TYPES.ready);
  const before = readyIn(state.schedule.status?.conditions);
  const after = readyIn(next.conditions);
  const isNews =
    after &&
    after.status !== 'True' &&
    after.reason !== REASONS.suspended &&
    after.reason !== before?.reason;
  return isNews
    ? [{ type: 'Warning', reason: after.reason, note: after.message }]
    : [];
}

export function record(
  state: ScheduleState,
  now: Date,
  change: ScheduleChange,
  events: EventNote[] = [],
): ScheduleDecision {
  const status = nextScheduleStatus(state, change, now);
  return {
    type: 'record',
    status,
    events: [...readinessEvents(state, status), ...events],
  };
}

/** @returns a decision to write what is seen; undefined when status says it already */
export function recordIfNew(
  state: ScheduleState,
  now: Date,
): ScheduleDecision | undefined {
  const decision = record(state, now, {});
  return decision.type === 'record' &&
    sameJson(state.schedule.status ?? {}, decision.status)
    ? undefined
    : decision;
}
