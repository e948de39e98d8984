import type { EventNote } from '../ports';
import type { Decision } from './decision';
import type { ObservedState } from './observed';
import { nextStatus, sameJson, type StatusChange } from './status';

/** @returns a decision to write the changed status; undefined when nothing would change */
export function recordIfNew(
  state: ObservedState,
  change: StatusChange,
  now: Date,
  events: EventNote[] = [],
): Decision | undefined {
  const status = nextStatus(state.workload, change, now);
  return sameJson(state.workload.status ?? {}, status)
    ? undefined
    : { type: 'record', status, events };
}

/** The same, and wait when it is known already. */
export function recordOrWait(
  state: ObservedState,
  change: StatusChange,
  now: Date,
  requeueAfterMs?: number,
  events: EventNote[] = [],
): Decision {
  return (
    recordIfNew(state, change, now, events) ?? { type: 'wait', requeueAfterMs }
  );
}

export function normal(reason: string, note: string): EventNote {
  return { type: 'Normal', reason, note };
}

export function warning(reason: string, note: string): EventNote {
  return { type: 'Warning', reason, note };
}
