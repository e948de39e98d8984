import {
  SCHEDULE_LIMITS,
  type NotStarted,
  type Reason,
} from '@agentworkloads/api';
import { isoSeconds } from '../reconcile/status';
import type { ScheduleState } from './state';

/** Due times in a row that lead to no run; milliseconds since 1970. */
export interface LeftOut {
  from: number;
  to: number;
  times: number;
  reason: Reason;
  message: string;
}

/** Whether no due time lies between the two: then they are told as one. */
function isNext(
  { timetable }: ScheduleState,
  last: NotStarted,
  from: number,
): boolean {
  if (timetable.kind === 'invalid') return false;
  return timetable.timetable.next(Date.parse(last.to)) === from;
}

/** `status.notStarted` with these at its end; the oldest are forgotten. */
export function withLeftOut(
  state: ScheduleState,
  leftOut: readonly LeftOut[],
): NotStarted[] {
  const rows = [...(state.schedule.status?.notStarted ?? [])];
  for (const { from, to, times, reason, message } of leftOut) {
    const last = rows.at(-1);
    const row: NotStarted = {
      from: isoSeconds(new Date(from)),
      to: isoSeconds(new Date(to)),
      times,
      reason,
      message: message.slice(0, 1024),
    };
    if (last?.reason === reason && isNext(state, last, from)) {
      rows.pop();
      row.from = last.from;
      row.times += last.times;
    }
    rows.push(row);
  }
  return rows.slice(-SCHEDULE_LIMITS.notStarted);
}
