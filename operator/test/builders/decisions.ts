import type { AgentWorkloadStatus } from '@agentworkloads/api';
import { decide } from '../../src/reconcile/decide';
import type { Action, Decision } from '../../src/reconcile/decision';
import type { ObservedState } from '../../src/reconcile/observed';
import { NOW } from './workload';

/** The status that is written; fails the test when it isn't a record. */
export function recorded(
  state: ObservedState,
  now: Date = NOW,
): AgentWorkloadStatus {
  const decision = decide(state, now);
  if (decision.type !== 'record') {
    throw new Error(`not a record but ${JSON.stringify(decision)}`);
  }
  return decision.status;
}

export function actions(state: ObservedState, now: Date = NOW): Action[] {
  const decision = decide(state, now);
  if (decision.type !== 'act') {
    throw new Error(`not an act but ${JSON.stringify(decision)}`);
  }
  return decision.actions;
}

export function waits(
  state: ObservedState,
  now: Date = NOW,
): Extract<Decision, { type: 'wait' }> {
  const decision = decide(state, now);
  if (decision.type !== 'wait') {
    throw new Error(`not a wait but ${JSON.stringify(decision)}`);
  }
  return decision;
}

/** `True PolicyAllows`, for one condition. */
export function condition(
  status: AgentWorkloadStatus,
  type: string,
): string | undefined {
  const found = status.conditions?.find(item => item.type === type);
  return found && `${found.status} ${found.reason}`;
}

/** The state once everything that is to be recorded has been. */
export function settled(state: ObservedState, now: Date = NOW): ObservedState {
  let current = state;
  for (let pass = 0; pass < 10; pass += 1) {
    const decision = decide(current, now);
    if (decision.type !== 'record') return current;
    const workload = { ...current.workload, status: decision.status };
    current = { ...current, workload };
  }
  throw new Error('ten records in a row: it never settles');
}
