import cronstrue from 'cronstrue';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Words } from '../translation/words';
import type { Tone } from './phases';

/** A leap year, so that each date exists; in it no date has another name than in the others. */
const ANY_YEAR = 2028;

/**
 * A schedule that names its minutes, its hour, its day and its month: cron's own words for it can hardly be read.
 *
 * @returns undefined for every other schedule, and for dates that do not exist
 */
function datedWords(
  schedule: string,
  { t, locale }: Words,
): string | undefined {
  const found = /^(\d+(?:,\d+)*) (\d+) (\d+) (\d+) \*$/.exec(schedule);
  if (!found) return undefined;
  const [hour, day, month] = found.slice(2).map(Number);
  const minutes = found[1].split(',').map(Number);
  const at = (minute: number) =>
    new Date(Date.UTC(ANY_YEAR, month - 1, day, hour, minute));
  const exists =
    Math.max(...minutes) < 60 && hour < 24 && at(0).getUTCDate() === day;
  if (!exists) return undefined;
  const times = minutes
    .sort((a, b) => a - b)
    .map(minute =>
      at(minute).toLocaleTimeString(locale, {
        timeStyle: 'short',
        timeZone: 'UTC',
        hourCycle: 'h23',
      }),
    );
  return t('pace.eachYear', {
    date: at(0).toLocaleDateString(locale, {
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    }),
    times: new Intl.ListFormat(locale).format(times),
  });
}

/**
 * What a schedule does, in words: `At 07:00, only on Monday`.
 *
 * @param schedule - five fields, or a macro such as `@weekly`
 * @returns the schedule itself where it means nothing; its condition says why
 */
export function scheduleWords(schedule: string, said: Words): string {
  const { t } = said;
  const dated = datedWords(schedule, said);
  if (dated) return dated;
  let words: string;
  try {
    words = cronstrue.toString(schedule, {
      // Registered by the words of that language.
      locale: t('common.locale'),
      use24HourTimeFormat: true,
      verbose: true,
    });
  } catch {
    return schedule;
  }
  const [, , dayOfMonth, , dayOfWeek] = schedule.split(' ');
  // "On day 1, and on Monday" would be read as: on the first if it is a Monday.
  return dayOfWeek && dayOfMonth !== '*' && dayOfWeek !== '*'
    ? t('pace.eitherCounts', { words })
    : words;
}

export interface ScheduleState {
  label: string;
  tone: Tone;
  /** A sentence of the operator, where there is something to mend or to wait for. */
  message?: string;
}

/** The operator's words for why no run was started by hand. */
const RUN_NOW_REASONS = [
  'InvalidSchedule',
  'InvalidTimeZone',
  'InvalidSpec',
  'PolicyDenies',
  'RequesterMayNot',
  'StillRunning',
  'ScheduleChanged',
  'RunNotMade',
  'TooLate',
  'NameTaken',
] as const;

function whyNot(reason: string | undefined, { t }: Words): string {
  const known = RUN_NOW_REASONS.find(one => one === reason);
  return known ? t(`runNow.${known}`) : reason ?? t('runNow.unknown');
}

/**
 * What became of the last run that was asked for by hand, as a sentence.
 *
 * @returns undefined where none was asked for
 */
export function runNowAnswer(
  {
    runNow,
    lastRunNow,
    conditions,
  }: Pick<ScheduleItem, 'runNow' | 'lastRunNow' | 'conditions'>,
  words: Words,
): string | undefined {
  const { t } = words;
  if (runNow !== undefined && runNow !== lastRunNow?.token) {
    return t('runNow.notAnswered');
  }
  if (!lastRunNow) return undefined;
  const { run, reason } = lastRunNow;
  if (run) return t('runNow.started', { run });
  const ready = conditions.find(({ type }) => type === 'Ready');
  // The operator's own sentence says more, as long as it is the same reason.
  if (ready?.status === 'False' && ready.reason === reason) {
    return t('runNow.notStartedSays', { message: ready.message });
  }
  return t('runNow.notStarted', { why: whyNot(reason, words) });
}

/** How a schedule stands, by its condition `Ready` and by what was asked of it since. */
export function scheduleState(
  { suspend, conditions }: Pick<ScheduleItem, 'suspend' | 'conditions'>,
  { t }: Words,
): ScheduleState {
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (suspend) {
    return { label: t('scheduleState.suspended'), tone: 'neutral' };
  }
  if (!ready || ready.reason === 'Suspended') {
    return {
      label: t('scheduleState.notLookedAt'),
      tone: 'neutral',
      message: t('scheduleState.notTakenUp'),
    };
  }
  switch (ready.status) {
    case 'True':
      return { label: t('scheduleState.ready'), tone: 'success' };
    case 'False':
      return {
        label: t('scheduleState.refused'),
        tone: 'danger',
        message: ready.message,
      };
    default:
      return {
        label: t('scheduleState.waits'),
        tone: 'warning',
        message: ready.message,
      };
  }
}
