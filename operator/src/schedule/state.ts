import type {
  AgentWorkloadSchedule,
  AgentWorkloadScheduleStatus,
  ReadTimetable,
  StartDecision,
} from '@agentworkloads/api';
import type { Judged } from '../policy/answers';
import type { EventNote } from '../ports';
import type { Observed } from '../reconcile/observed';
import type { RunOfSchedule } from './runs';

/** Whether who asks may ask for runs in that namespace. */
export type RequesterRight =
  /** The spec names nobody. */
  | { kind: 'nobody' }
  | { kind: 'may' }
  | { kind: 'may-not'; why: string }
  /** The API server could not be asked: that may only lead to waiting. */
  | { kind: 'unknown'; cause: string };

/** Everything that one pass over a schedule looks at. */
export interface ScheduleState {
  schedule: AgentWorkloadSchedule;
  /** Of `spec.schedule` and `spec.timeZone`. */
  timetable: ReadTimetable;
  /** Of `status.following`; undefined where nothing is followed yet. */
  followed: ReadTimetable | undefined;
  /** What policy `start` says of a run by the template, at this pace; undefined where there is no pace. */
  policy: Judged<StartDecision> | undefined;
  requester: RequesterRight;
  /** Those that it owns by uid. */
  runs: readonly RunOfSchedule[];
  /** The workload of the name in `status.pending`, whoever owns it: uid of the schedule, if one does. */
  pendingRun: Observed<{ scheduleUid?: string }>;
  /** Why the API server refused to cancel runs that were to give way, by their uid. */
  notCancelled?: Readonly<Record<string, string>>;
  /** Why the API server refused the pending run when it was last tried. */
  refusal: string | undefined;
}

/** What can be done to the world; each is idempotent or guarded by a precondition. */
export type ScheduleAction =
  | { type: 'create-run'; pending: Pending }
  | { type: 'cancel-run'; name: string; uid: string; replacedBy: string }
  | { type: 'delete-run'; name: string; uid: string; resourceVersion: string };

export type Pending = NonNullable<AgentWorkloadScheduleStatus['pending']>;

/** A pass records a decision in status or carries out one that is recorded, never both. */
export type ScheduleDecision =
  | {
      type: 'record';
      status: AgentWorkloadScheduleStatus;
      events: EventNote[];
    }
  | { type: 'act'; actions: ScheduleAction[] }
  | { type: 'wait'; requeueAfterMs?: number };

/** Under what it is kept why one run could not be cancelled for another: for the next one it is tried again. */
export function cancelOf(uid: string, replacedBy: string): string {
  return `${uid}/${replacedBy}`;
}
