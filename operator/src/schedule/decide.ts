import { REASONS } from '@agentworkloads/api';
import { clockSetBack, dueTimes, followChange } from './due';
import { beyondHistory } from './history';
import { readinessOf } from './readiness';
import { isUnanswered, runNow } from './run-now';
import { settlePending } from './settle';
import type { ScheduleDecision, ScheduleState } from './state';
import { followingOf, recordIfNew } from './status';

/** In case that a change was lost. */
const LOOK_AGAIN_MS = 6 * 3_600_000;
const UNAVAILABLE_RETRY_MS = 10_000;
/** Nothing tells of changed rights or rules. */
const REFUSED_RETRY_MS = 300_000;

type Step = (state: ScheduleState, now: Date) => ScheduleDecision | undefined;

/** Its runs go with it by their owner references: nothing is left to do. */
const beingDeleted: Step = ({ schedule }) =>
  schedule.metadata.deletionTimestamp ? { type: 'wait' } : undefined;

const history: Step = ({ schedule, runs }, now) => {
  const { over } = beyondHistory(schedule, runs, now);
  return over.length > 0
    ? {
        type: 'act',
        actions: over.map(({ name, uid, resourceVersion }) => ({
          type: 'delete-run',
          name,
          uid,
          resourceVersion,
        })),
      }
    : undefined;
};

function waitForNext(state: ScheduleState, now: Date): ScheduleDecision {
  const { schedule, timetable, runs } = state;
  const { kind, reason } = readinessOf(state);
  const times = [now.getTime() + LOOK_AGAIN_MS];
  const until = Date.parse(followingOf(state, now).until);
  if (kind === 'ready' && timetable.kind === 'read') {
    times.push(timetable.timetable.next(Math.max(until, now.getTime())));
  }
  const byHand = isUnanswered(schedule) ? readinessOf(state, true).kind : kind;
  if ([kind, byHand].includes('waiting'))
    times.push(now.getTime() + UNAVAILABLE_RETRY_MS);
  const mayChange: string[] = [REASONS.policyDenies, REASONS.requesterMayNot];
  if (mayChange.includes(reason)) times.push(now.getTime() + REFUSED_RETRY_MS);
  const { nextAt } = beyondHistory(schedule, runs, now);
  if (nextAt !== undefined) times.push(nextAt);
  return { type: 'wait', requeueAfterMs: Math.min(...times) - now.getTime() };
}

/** One question each, first answer wins. */
const STEPS: readonly Step[] = [
  beingDeleted,
  // Before anything else is decided: a run that was decided upon has a name, and may have been made.
  settlePending,
  // Before due times: they are those of what is followed.
  followChange,
  clockSetBack,
  // Before due times: somebody waits for it.
  runNow,
  dueTimes,
  recordIfNew,
  history,
];

/** Pure: the same state and time give the same decision. */
export function decideSchedule(
  state: ScheduleState,
  now: Date,
): ScheduleDecision {
  for (const step of STEPS) {
    const decision = step(state, now);
    if (decision) return decision;
  }
  return waitForNext(state, now);
}
