import {
  agentWorkloadScheduleSpecSchema,
  SCHEDULE_LIMITS,
} from '../agent-workload-schedule';
import { readTimetable, type ReadTimetable } from './timetable';

const { schedule: scheduleSchema, timeZone: timeZoneSchema } =
  agentWorkloadScheduleSpecSchema.shape;

/**
 * Reads when a schedule runs, as a person writes it: by the shapes that the API server asks for, then as the operator reads it.
 * The portal's form and its backend ask this before anything is sent.
 */
export function readWhen(schedule: string, timeZone: string): ReadTimetable {
  const shapes = [
    ['schedule', scheduleSchema.safeParse(schedule)],
    ['timeZone', timeZoneSchema.safeParse(timeZone)],
  ] as const;
  for (const [field, { error }] of shapes) {
    if (error) {
      // Of a text that is too short, too, what it must be is worth more than its length.
      const shape = error.issues.find(({ code }) => code === 'invalid_format');
      const must =
        shape?.message ??
        `must have at most ${SCHEDULE_LIMITS[field]} characters`;
      const text = field === 'schedule' ? schedule : timeZone;
      return { kind: 'invalid', field, problem: `"${text}" ${must}` };
    }
  }
  return readTimetable(schedule, timeZone);
}
