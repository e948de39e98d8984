import {
  parseDuration,
  REASONS,
  SCHEDULE_LIMITS,
  type AgentWorkloadScheduleSpec,
  type DueTimes,
} from '@agentworkloads/api';
import type { EventNote } from '../ports';
import { isoSeconds } from '../reconcile/status';
import { withLeftOut, type LeftOut } from './not-started';
import { blockedBefore, readinessOf } from './readiness';
import { goesOn, type RunOfSchedule } from './runs';
import type { Pending, ScheduleDecision, ScheduleState } from './state';
import { followingOf, record } from './status';

const DAY_MS = 24 * 3_600_000;
/** What comes due while it is suspended or refused is told so often: no write at each due time. */
const TOLD_EVERY_MS = DAY_MS;

const told = ({ reason, message }: LeftOut): EventNote => ({
  type: 'Warning',
  reason,
  note: message,
});

const at = (time: number) => isoSeconds(new Date(time));

/** Who may not cancel a run otherwise has none cancelled by a schedule either: a new run takes the place of those of the same person. */
function isTheirs(
  { requestedBy }: AgentWorkloadScheduleSpec,
  { requester }: RunOfSchedule,
): boolean {
  return requester === (requestedBy?.username ?? '');
}

/** Why an earlier run keeps a new one from starting; undefined where it doesn't. */
export function keptByEarlier(
  spec: AgentWorkloadScheduleSpec,
  runs: readonly RunOfSchedule[],
): string | undefined {
  const { concurrencyPolicy } = spec;
  const going = runs.filter(goesOn);
  if (concurrencyPolicy === 'Forbid' && going.length > 0) {
    const gate = going.find(({ phase }) => phase === 'AwaitingApproval');
    const { name } = gate ?? going[0];
    return gate
      ? `Run ${name} waits at its gate: decide it, or set spec.concurrencyPolicy`
      : `Run ${name} goes on, and spec.concurrencyPolicy is Forbid`;
  }
  const other = going.find(run => !isTheirs(spec, run));
  if (concurrencyPolicy === 'Replace' && other) {
    return `Run ${other.name} goes on, which ${
      other.requester || 'nobody by name'
    } asked for: Replace cancels no run of somebody else`;
  }
  return going.length >= SCHEDULE_LIMITS.active
    ? `${going.length} runs go on, and no more than ${SCHEDULE_LIMITS.active} may`
    : undefined;
}

/** Names of the runs that a new one takes the place of. */
export function replacedBy(
  spec: AgentWorkloadScheduleSpec,
  runs: readonly RunOfSchedule[],
): Pick<Pending, 'replaces'> {
  const names = runs
    .filter(run => goesOn(run) && isTheirs(spec, run))
    .map(({ name }) => name);
  return spec.concurrencyPolicy === 'Replace' && names.length > 0
    ? { replaces: names.sort().slice(0, SCHEDULE_LIMITS.active) }
    : {};
}

/** Another schedule or zone was set: what came due by the old one is told, and the new one counts from now on. */
export function followChange(
  state: ScheduleState,
  now: Date,
): ScheduleDecision | undefined {
  const { spec, status } = state.schedule;
  const following = status?.following;
  const isSame =
    !following ||
    (following.schedule === spec.schedule &&
      following.timeZone === spec.timeZone);
  if (isSame) return undefined;
  const due =
    state.followed?.kind === 'read'
      ? state.followed.timetable.between(
          Date.parse(following.until),
          now.getTime(),
        )
      : undefined;
  const block = blockedBefore(state);
  const leftOut: LeftOut[] = due
    ? [
        {
          from: due.first,
          to: due.latest,
          times: due.times,
          reason: block?.reason ?? REASONS.scheduleChanged,
          message:
            block?.message ??
            'Another schedule or time zone was set before it was started.',
        },
      ]
    : [];
  return record(state, now, {
    following: {
      schedule: spec.schedule,
      timeZone: spec.timeZone,
      until: isoSeconds(now),
    },
    ...(due ? { notStarted: withLeftOut(state, leftOut) } : {}),
  });
}

/** The wall clock stands more than a day before what is dealt with: nothing would be started until it is there again. */
export function clockSetBack(
  state: ScheduleState,
  now: Date,
): ScheduleDecision | undefined {
  const following = state.schedule.status?.following;
  if (!following) return undefined;
  if (Date.parse(following.until) - now.getTime() <= DAY_MS) return undefined;
  return record(
    state,
    now,
    { following: { ...following, until: isoSeconds(now) } },
    [
      {
        type: 'Warning',
        reason: REASONS.clockSetBack,
        note: `The clock was set back from ${
          following.until
        } or later to ${isoSeconds(
          now,
        )}: what comes due from now on is started again, but no run that exists.`,
      },
    ],
  );
}

/** Of a row of due times only the latest is started: after an absence there is one run. */
function missed({ first, beforeLatest, latest, times }: DueTimes): LeftOut[] {
  return beforeLatest === undefined
    ? []
    : [
        {
          from: first,
          to: beforeLatest,
          times: times - 1,
          reason: REASONS.missed,
          message: `Not started in time; of these and ${at(
            latest,
          )} only the latest is.`,
        },
      ];
}

function notNow(
  { schedule, runs }: ScheduleState,
  { latest }: DueTimes,
  now: Date,
): Pick<LeftOut, 'reason' | 'message'> | undefined {
  const { startingDeadline } = schedule.spec;
  if (now.getTime() - latest > parseDuration(startingDeadline)) {
    return {
      reason: REASONS.tooLate,
      message: `The run of ${at(
        latest,
      )} could not be started within spec.startingDeadline, ${startingDeadline}.`,
    };
  }
  const why = keptByEarlier(schedule.spec, runs);
  return why === undefined
    ? undefined
    : {
        reason: REASONS.stillRunning,
        message: `The run of ${at(latest)} is left out. ${why}.`,
      };
}

/** What has come due: the latest gets its run, or a reason why not. */
export function dueTimes(
  state: ScheduleState,
  now: Date,
): ScheduleDecision | undefined {
  const { schedule, timetable, runs } = state;
  if (timetable.kind === 'invalid') return undefined;
  const following = followingOf(state, now);
  const until = Date.parse(following.until);
  const due = timetable.timetable.between(until, now.getTime());
  if (!due) return undefined;
  const dealtWith = { following: { ...following, until: at(due.latest) } };
  const readiness = readinessOf(state);
  const block = readiness.kind === 'blocked' ? readiness : blockedBefore(state);
  if (block) {
    const isNews =
      readiness.kind !== 'blocked' || now.getTime() - until >= TOLD_EVERY_MS;
    const { first: from, latest: to, times } = due;
    const { reason, message } = block;
    const row = { from, to, times, reason, message };
    return isNews
      ? record(state, now, {
          ...dealtWith,
          notStarted: withLeftOut(state, [row]),
        })
      : undefined;
  }
  if (readiness.kind === 'waiting') return undefined;
  const { latest } = due;
  const { name, generation } = schedule.metadata;
  const runName = `${name}-${latest / 60_000}`;
  // Made before the clock was set back.
  const isThere = runs.some(run => run.name === runName);
  const reason = isThere ? undefined : notNow(state, due, now);
  const leftOut = [
    ...missed(due),
    ...(reason ? [{ from: latest, to: latest, times: 1, ...reason }] : []),
  ];
  const pending: Pending = {
    name: runName,
    dueAt: at(latest),
    generation,
    ...replacedBy(schedule.spec, runs),
  };
  return record(
    state,
    now,
    {
      ...dealtWith,
      ...(leftOut.length > 0
        ? { notStarted: withLeftOut(state, leftOut) }
        : {}),
      ...(reason || isThere ? {} : { pending }),
    },
    leftOut.map(told),
  );
}
