import { agentWorkloadScheduleSpecSchema } from '../agent-workload-schedule';
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
      const problem = `"${field === 'schedule' ? schedule : timeZone}" ${
        error.issues[0].message
      }`;
      return { kind: 'invalid', field, problem };
    }
  }
  return readTimetable(schedule, timeZone);
}
