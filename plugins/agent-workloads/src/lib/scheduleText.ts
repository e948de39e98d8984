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
