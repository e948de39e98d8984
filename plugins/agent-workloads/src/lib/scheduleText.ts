import cronstrue from 'cronstrue';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Tone } from './phases';

/**
 * What a schedule does, in words: `At 07:00, only on Monday`.
 *
 * @param schedule - five fields, or a macro such as `@weekly`
 * @returns the schedule itself where it means nothing; its condition says why
 */
export function scheduleWords(schedule: string): string {
  let words: string;
  try {
    words = cronstrue.toString(schedule, {
      use24HourTimeFormat: true,
      verbose: true,
    });
  } catch {
    return schedule;
  }
  const [, , dayOfMonth, , dayOfWeek] = schedule.split(' ');
  // "On day 1, and on Monday" would be read as: on the first if it is a Monday.
  return dayOfWeek && dayOfMonth !== '*' && dayOfWeek !== '*'
    ? `${words} (a day of either counts)`
    : words;
}

export interface ScheduleState {
  label: string;
  tone: Tone;
  /** A sentence of the operator, where there is something to mend or to wait for. */
  message?: string;
}

/** Why no run was started by hand, by the operator's word for it. */
const RUN_NOW_REASONS: Record<string, string> = {
  InvalidSchedule: 'its schedule means nothing',
  InvalidTimeZone: 'its time zone means nothing',
  InvalidSpec: 'its template can not be run',
  PolicyDenies: 'policy would deny it',
  RequesterMayNot: 'the person in whose name it was may not make runs there',
  StillRunning: 'an earlier run goes on',
  ScheduleChanged: 'another run was asked for before it was made',
  RunNotMade: 'the API server refused to make it, until it was too late',
  TooLate: 'it could not be made in time',
  NameTaken: 'there is another run of its name',
};

/**
 * What became of the last run that was asked for by hand, as a sentence.
 *
 * @returns undefined where none was asked for
 */
export function runNowAnswer({
  runNow,
  lastRunNow,
  conditions,
}: Pick<ScheduleItem, 'runNow' | 'lastRunNow' | 'conditions'>):
  | string
  | undefined {
  if (runNow !== undefined && runNow !== lastRunNow?.token) {
    return 'The run is asked for; the operator has not answered yet.';
  }
  if (!lastRunNow) return undefined;
  const { run, reason } = lastRunNow;
  if (run) return `${run} was started.`;
  const ready = conditions.find(({ type }) => type === 'Ready');
  // The operator's own sentence says more, as long as it is the same reason.
  if (ready?.status === 'False' && ready.reason === reason) {
    return `No run was started. ${ready.message}`;
  }
  const why = RUN_NOW_REASONS[reason ?? ''] ?? reason ?? 'no reason is known';
  return `No run was started: ${why}.`;
}

/** How a schedule stands, by its condition `Ready` and by what was asked of it since. */
export function scheduleState({
  suspend,
  conditions,
}: Pick<ScheduleItem, 'suspend' | 'conditions'>): ScheduleState {
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (suspend) {
    return { label: 'Suspended', tone: 'neutral' };
  }
  if (!ready || ready.reason === 'Suspended') {
    return {
      label: 'Not looked at yet',
      tone: 'neutral',
      message: 'The operator has not taken it up yet.',
    };
  }
  switch (ready.status) {
    case 'True':
      return { label: 'Ready', tone: 'success' };
    case 'False':
      return { label: 'Refused', tone: 'danger', message: ready.message };
    default:
      return { label: 'Waits', tone: 'warning', message: ready.message };
  }
}
