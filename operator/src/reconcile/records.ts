import type { EventNote } from '../ports';
import type { Decision } from './decision';
import type { ObservedState } from './observed';
import { nextStatus, sameJson, type StatusChange } from './status';

export interface Recording extends StatusChange {
  /** Told when it is written: an event of this type with the change's own reason and message, or another one. */
  event?: EventNote['type'] | EventNote;
}

function eventsOf({ event, reason, message }: Recording): EventNote[] {
  if (event === undefined) return [];
  return [
    typeof event === 'string' ? { type: event, reason, note: message } : event,
  ];
}

/** @returns a decision to write the changed status; undefined when nothing would change */
export function recordIfNew(
  state: ObservedState,
  now: Date,
  change: Recording,
): Decision | undefined {
  const status = nextStatus(state.workload, change, now);
  return sameJson(state.workload.status ?? {}, status)
    ? undefined
    : { type: 'record', status, events: eventsOf(change) };
}

/** The same, and wait when it is known already: for so long, or for the next change. */
export function recordOrWait(
  state: ObservedState,
  now: Date,
  { requeueAfterMs, ...change }: Recording & { requeueAfterMs?: number },
): Decision {
  return recordIfNew(state, now, change) ?? { type: 'wait', requeueAfterMs };
}
