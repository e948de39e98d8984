import { REASONS, type Reason } from '@agentworkloads/api';
import { isoSeconds } from '../reconcile/status';
import { sha256Hex } from '../workflow/hash';
import { keptByEarlier, replacedBy } from './due';
import { readinessOf } from './readiness';
import type { Pending, ScheduleDecision, ScheduleState } from './state';
import { record } from './status';

/** One token has one name, whatever is tried again. */
function nameOf(name: string, uid: string, token: string): string {
  return `${name}-now-${sha256Hex(`${uid}/${token}`).slice(0, 7)}`;
}

/** @param why with its full stop */
export function answerWithNone(
  state: ScheduleState,
  now: Date,
  token: string,
  reason: Reason,
  why: string,
): ScheduleDecision {
  return record(
    state,
    now,
    {
      pending: undefined,
      lastRunNow: { token, at: isoSeconds(now), reason },
    },
    [
      {
        type: 'Warning',
        reason,
        note: `The run that was asked for by spec.runNow is not started. ${why}`,
      },
    ],
  );
}

export function isUnanswered({ spec, status }: ScheduleState['schedule']) {
  return spec.runNow !== undefined && spec.runNow !== status?.lastRunNow?.token;
}

/** `spec.runNow` asks for one run a value; whether it gets one or a reason, it is answered once. */
export function runNow(
  state: ScheduleState,
  now: Date,
): ScheduleDecision | undefined {
  const { spec, metadata } = state.schedule;
  const token = spec.runNow;
  if (token === undefined || !isUnanswered(state.schedule)) return undefined;
  const name = nameOf(metadata.name, metadata.uid, token);
  // An earlier value was set again: it had its run.
  if (state.runs.some(run => run.name === name)) {
    const lastRunNow = { token, at: isoSeconds(now), run: name };
    return record(state, now, { lastRunNow });
  }
  const readiness = readinessOf(state, true);
  if (readiness.kind === 'waiting') return undefined;
  if (readiness.kind === 'blocked') {
    const { reason, message } = readiness;
    return answerWithNone(state, now, token, reason, message);
  }
  const why = keptByEarlier(spec, state.runs);
  if (why !== undefined) {
    return answerWithNone(state, now, token, REASONS.stillRunning, `${why}.`);
  }
  const pending: Pending = {
    name,
    dueAt: isoSeconds(now),
    token,
    generation: metadata.generation,
    ...replacedBy(spec, state.runs),
  };
  return record(state, now, { pending });
}
