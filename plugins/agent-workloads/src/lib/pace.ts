import { readWhen } from '@agentworkloads/api';

/** How often, as the form asks it. */
export type Pace = 'week' | 'day' | 'own';

/** What the form shows of a cron expression. */
export interface PaceParts {
  pace: Pace;
  /** 0–23. */
  hour: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** Monday at seven: before the week's work. */
export const FIRST_PACE: PaceParts = { pace: 'week', hour: 7, weekday: 1 };

/** Its name in that language. @param weekday 0 is Sunday */
export function weekdayName(weekday: number, locale: string): string {
  // The fourth of January 1970 was a Sunday.
  const day = Date.UTC(1970, 0, 4 + weekday);
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(day);
}

/** @returns `own` for what the form has no words for */
export function paceOf(schedule: string): PaceParts {
  const match = /^0 (\d{1,2}) \* \* (\*|\d)$/.exec(schedule);
  const [hour, day] = [Number(match?.[1]), match?.[2]];
  if (!match || hour > 23 || (day !== '*' && Number(day) > 7)) {
    return { ...FIRST_PACE, pace: 'own' };
  }
  return day === '*'
    ? { ...FIRST_PACE, pace: 'day', hour }
    : { pace: 'week', hour, weekday: Number(day) % 7 };
}

/** The five fields of a pace that is not one's own. */
export function cronOf({ pace, hour, weekday }: PaceParts): string {
  return `0 ${hour} * * ${pace === 'day' ? '*' : weekday}`;
}

export type Upcoming =
  | { kind: 'times'; times: string[] }
  | { kind: 'invalid'; field: 'schedule' | 'timeZone'; problem: string };

/**
 * When the next runs would be, by the operator's own reading.
 * @returns RFC 3339
 */
export function upcoming(
  schedule: string,
  timeZone: string,
  now: number,
  count = 3,
): Upcoming {
  const read = readWhen(schedule, timeZone);
  if (read.kind === 'invalid') return read;
  const times: string[] = [];
  for (const time of read.timetable.from(now)) {
    times.push(new Date(time).toISOString());
    if (times.length === count) break;
  }
  return { kind: 'times', times };
}

export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @param chosen stays in the list, whatever this browser knows */
export function timeZones(chosen: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return [...new Set(['Etc/UTC', ownTimeZone(), chosen, ...known])]
    .filter(Boolean)
    .sort();
}

function hostnameOf(url: string | undefined): string {
  try {
    return new URL(url ?? '').hostname;
  } catch {
    return '';
  }
}

const SUFFIXES: Record<Pace | 'demo', string> = {
  week: 'weekly',
  day: 'daily',
  own: 'schedule',
  demo: 'demo',
};

/**
 * A name that says what is watched and how often, that none of the known ones has: `tidepool-weekly`.
 *
 * @param longest characters that it may have
 */
export function proposedName(
  url: string | undefined,
  pace: Pace | 'demo',
  taken: readonly string[],
  longest: number,
): string {
  const host = hostnameOf(url);
  const labels = host.replace(/^www\./, '').split('.');
  const words = (labels.length > 1 ? labels.slice(0, -1) : labels).join('-');
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  for (let number = 1; ; number++) {
    const tail = `-${SUFFIXES[pace]}${number > 1 ? `-${number}` : ''}`;
    const head = (slug || 'pages').slice(0, longest - tail.length);
    const name = `${head.replace(/-+$/, '')}${tail}`;
    if (!taken.includes(name)) return name;
  }
}
