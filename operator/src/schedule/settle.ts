import { parseDuration, REASONS, type Reason } from '@agentworkloads/api';
import type { EventNote } from '../ports';
import { isoSeconds } from '../reconcile/status';
import { replacedBy } from './due';
import { withLeftOut } from './not-started';
import { readinessOf } from './readiness';
import { answerWithNone } from './run-now';
import { goesOn, type RunOfSchedule } from './runs';
import type {
  Pending,
  ScheduleAction,
  ScheduleDecision,
  ScheduleState,
} from './state';
import { record, recordIfNew } from './status';

const RETRY_MS = 5_000;

interface GivenUp {
  reason: Reason;
  /** With its full stop. */
  message: string;
}

function giveUp(
  state: ScheduleState,
  pending: Pending,
  { reason, message }: GivenUp,
  now: Date,
): ScheduleDecision {
  if (pending.token !== undefined) {
    return answerWithNone(state, now, pending.token, reason, message);
  }
  const due = Date.parse(pending.dueAt);
  const told = `The run of ${pending.dueAt} is not started. ${message}`;
  const row = { from: due, to: due, times: 1, reason, message: told };
  return record(
    state,
    now,
    { pending: undefined, notStarted: withLeftOut(state, [row]) },
    [{ type: 'Warning', reason, note: told }],
  );
}

function givesWay(
  { runs }: ScheduleState,
  { name, replaces = [] }: Pending,
): RunOfSchedule[] {
  return runs.filter(run => run.name !== name && replaces.includes(run.name));
}

/** Runs that are to give way and have not been told so. */
function stillGoOn(state: ScheduleState, pending: Pending): RunOfSchedule[] {
  return givesWay(state, pending).filter(
    run => goesOn(run) && !run.isCancelled,
  );
}

function cancelFor(
  { name, uid }: RunOfSchedule,
  pending: Pending,
): ScheduleAction {
  return { type: 'cancel-run', name, uid, replacedBy: pending.name };
}

function isTooLate({ schedule }: ScheduleState, { dueAt }: Pending, now: Date) {
  const late = now.getTime() - Date.parse(dueAt);
  return late > parseDuration(schedule.spec.startingDeadline);
}

function started(
  state: ScheduleState,
  pending: Pending,
  now: Date,
): ScheduleDecision {
  const goOn = stillGoOn(state, pending);
  const { notCancelled = {} } = state;
  const cancel = goOn.filter(({ uid }) => notCancelled[uid] === undefined);
  // Who can't be cancelled must not hold up the schedule.
  if (cancel.length > 0 && !isTooLate(state, pending, now)) {
    return { type: 'act', actions: cancel.map(run => cancelFor(run, pending)) };
  }
  const { name, dueAt, token } = pending;
  const gaveWay = givesWay(state, pending).filter(run => run.isCancelled);
  const replaced =
    gaveWay.length > 0
      ? `, in place of ${gaveWay.map(run => run.name).join(', ')}`
      : '';
  return record(
    state,
    now,
    {
      pending: undefined,
      ...(token === undefined
        ? { lastScheduleTime: dueAt }
        : { lastRunNow: { token, at: isoSeconds(now), run: name } }),
    },
    [
      {
        type: 'Normal',
        reason: REASONS.runStarted,
        note:
          token === undefined
            ? `Made AgentWorkload ${name} for ${dueAt}${replaced}`
            : `Made AgentWorkload ${name}, asked for by spec.runNow${replaced}`,
      },
      ...goOn.map(
        (run): EventNote => ({
          type: 'Warning',
          reason: REASONS.stillRunning,
          note: `Run ${
            run.name
          } goes on beside ${name}: it could not be cancelled (${
            notCancelled[run.uid] ?? 'not in time'
          }). Cancel it by hand if it is not to.`,
        }),
      ),
    ],
  );
}

/** Why a run that was decided upon is not to be made any more; undefined where it is. */
function whyNotAnyMore(
  state: ScheduleState,
  pending: Pending,
  now: Date,
): GivenUp | undefined {
  const { spec } = state.schedule;
  const { timetable, refusal } = state;
  const byHand = pending.token !== undefined;
  const readiness = readinessOf(state, byHand);
  if (readiness.kind === 'blocked') return readiness;
  const { following } = state.schedule.status ?? {};
  const isOther = byHand
    ? spec.runNow !== pending.token
    : spec.schedule !== following?.schedule ||
      spec.timeZone !== following.timeZone;
  if (isOther) {
    const message = byHand
      ? 'Another spec.runNow was set before it was made.'
      : 'Another schedule or time zone was set before it was made.';
    return { reason: REASONS.scheduleChanged, message };
  }
  const isOvertaken =
    !byHand &&
    timetable.kind === 'read' &&
    timetable.timetable.next(Date.parse(pending.dueAt)) <= now.getTime();
  if (!isOvertaken && !isTooLate(state, pending, now)) return undefined;
  if (refusal !== undefined) {
    const message = `The API server refused to make it: ${refusal}`;
    return { reason: REASONS.runNotMade, message };
  }
  return isOvertaken
    ? { reason: REASONS.missed, message: 'The next one is due.' }
    : {
        reason: REASONS.tooLate,
        message: `spec.startingDeadline, ${spec.startingDeadline}, is over.`,
      };
}

/** A run that was decided upon: it is made, found to be there, or given up with a reason. */
export function settlePending(
  state: ScheduleState,
  now: Date,
): ScheduleDecision | undefined {
  const { metadata, status, spec } = state.schedule;
  const { pending } = status ?? {};
  if (!pending) return undefined;
  const { pendingRun } = state;
  if (pendingRun.kind === 'unreadable') {
    return { type: 'wait', requeueAfterMs: RETRY_MS };
  }
  if (pendingRun.kind === 'present') {
    return pendingRun.value.scheduleUid === metadata.uid
      ? started(state, pending, now)
      : giveUp(
          state,
          pending,
          {
            reason: REASONS.nameTaken,
            message: `There is an AgentWorkload ${pending.name} that is not this schedule's; it is left alone.`,
          },
          now,
        );
  }
  const why = whyNotAnyMore(state, pending, now);
  if (why) return giveUp(state, pending, why, now);
  if (pending.generation !== metadata.generation) {
    const { replaces: _before, ...rest } = pending;
    const { generation } = metadata;
    const replaces = replacedBy(spec, state.runs);
    return record(state, now, {
      pending: { ...rest, generation, ...replaces },
    });
  }
  const told = recordIfNew(state, now);
  if (told) return told;
  const { kind, reason } = readinessOf(state, pending.token !== undefined);
  return kind === 'waiting' && reason !== REASONS.runNotMade
    ? { type: 'wait', requeueAfterMs: RETRY_MS }
    : { type: 'act', actions: [{ type: 'create-run', pending }] };
}
