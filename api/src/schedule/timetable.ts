import { Cron } from 'croner';
import { SCHEDULE_PATTERN } from '../agent-workload-schedule';
import { findZone, MOST_OFFSET, type Zone } from './zone';

/** Milliseconds. */
const DAY = 24 * 60 * 60_000;
/** Leap days may be eight years apart, so this finds two of them. */
const DAYS_LOOKED_AT = 17 * 366;

const MACROS: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
};

/** Times are milliseconds since 1970. */
export interface Timetable {
  /** Due times after an instant, in their order; there is always another one. */
  from(after: number): Iterable<number>;
  /** The first due time after an instant. */
  next(after: number): number;
  /** Due times after one instant, up to another one and including it. */
  between(after: number, until: number): DueTimes | undefined;
  /** The shortest time from one due time to the next by the clocks on the wall, milliseconds. */
  shortest: number;
}

export interface DueTimes {
  first: number;
  latest: number;
  /** The last one before the latest; undefined where there is one only. */
  beforeLatest?: number;
  times: number;
}

export type ReadTimetable =
  | { kind: 'read'; timetable: Timetable }
  | {
      kind: 'invalid';
      field: 'schedule' | 'timeZone';
      /** A sentence. */
      problem: string;
    };

/** A cron expression as days and as minutes of a day: all days of one have the same minutes. */
interface Expression {
  minutes: number[];
  /** The first matching day after a day, or, without one, of all; undefined where there is none any more. */
  nextDay(after: number): number | undefined;
  /** Whether it names hours by `*`: only then is a repeated hour another one. */
  isEachHour: boolean;
}

/** Croner knows the fields; time zones are ours, by the table in docs/schedules.md. */
function parse(pattern: string): Cron {
  return new Cron(pattern, { utcOffset: 0, paused: true, domAndDow: false });
}

function readExpression(schedule: string): Expression | string {
  const pattern = MACROS[schedule] ?? schedule;
  if (!new RegExp(SCHEDULE_PATTERN).test(schedule)) {
    return `"${schedule}" is not five fields (minute hour day-of-month month day-of-week) or @hourly, @daily, @weekly, @monthly, @yearly`;
  }
  const [minute, hour, ...day] = pattern.split(' ');
  try {
    const times = parse(`${minute} ${hour} * * *`);
    const days = parse(`0 0 ${day.join(' ')}`);
    const minutes: number[] = [];
    let at = times.nextRun(new Date(-1000));
    while (at && at.getTime() < DAY) {
      minutes.push(at.getTime() / 60_000);
      at = times.nextRun(at);
    }
    const nextDay = remembering(after =>
      days.nextRun(new Date(after))?.getTime(),
    );
    if (nextDay(0) === undefined) {
      return `"${schedule}" names no day that any year has`;
    }
    return {
      minutes,
      nextDay,
      isEachHour: hour.split(',').some(item => item.startsWith('*')),
    };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const why = said.replace(/^CronPattern: /, '');
    return `"${schedule}" can't be read: ${why}`;
  }
}

/** All due times after an instant, in their order. */
function* dueTimes(
  { minutes, nextDay, isEachHour }: Expression,
  zone: Zone,
  after: number,
): Generator<number> {
  let last = after;
  let waiting: number[] = [];
  // A day on the wall may begin long before its date does in UTC, and one that was left out counts later.
  let day = nextDay(Math.floor(after / DAY) * DAY - 3 * DAY);
  while (day !== undefined || waiting.length > 0) {
    // What comes of this day or a later one is not before this.
    const safe = day === undefined ? Infinity : day - MOST_OFFSET;
    const ready = waiting.filter(time => time < safe);
    waiting = waiting.filter(time => time >= safe);
    for (const time of ready) {
      if (time <= last) continue;
      last = time;
      yield time;
    }
    if (day !== undefined) {
      const found = zone.instantsOf(day, minutes, isEachHour);
      const isInOrder =
        waiting.length === 0 || (waiting.at(-1) ?? 0) < (found[0] ?? 0);
      waiting = [...waiting, ...found];
      if (!isInOrder) waiting.sort((one, other) => one - other);
      day = nextDay(day);
    }
  }
}

function shortestOf({ minutes, nextDay }: Expression): number {
  const steps = minutes
    .slice(1)
    .map((minute, index) => minute - minutes[index]);
  let days = Infinity;
  let day = nextDay(0);
  const end = DAYS_LOOKED_AT * DAY;
  while (day !== undefined && day < end && days > 1) {
    const next: number | undefined = nextDay(day);
    if (next !== undefined) days = Math.min(days, (next - day) / DAY);
    day = next;
  }
  const overnight = days * 1440 + minutes[0] - (minutes.at(-1) ?? 0);
  return Math.min(...steps, overnight) * 60_000;
}

/** Answers that are remembered of one question. */
const REMEMBERED = 4;

/** What comes next stays so until it has come, and finding it takes a millisecond: a pass asks for it again and again. */
function remembering<T extends number | undefined>(
  find: (after: number) => T,
): (after: number) => T {
  const known: { from: number; found: T }[] = [];
  return after => {
    const same = known.find(
      ({ from, found }) => after >= from && after < (found ?? Infinity),
    );
    if (same) return same.found;
    const found = find(after);
    known.unshift({ from: after, found });
    known.splice(REMEMBERED);
    return found;
  };
}

/** Reads `spec.schedule` and `spec.timeZone`; a mistake in them is an answer, not an error. */
export function readTimetable(
  schedule: string,
  timeZone: string,
): ReadTimetable {
  const expression = readExpression(schedule);
  if (typeof expression === 'string') {
    return { kind: 'invalid', field: 'schedule', problem: expression };
  }
  const zone = findZone(timeZone);
  if (!zone) {
    const problem = `"${timeZone}" is no name of the time zone database, such as Europe/Berlin`;
    return { kind: 'invalid', field: 'timeZone', problem };
  }
  const next = remembering(after => {
    for (const time of dueTimes(expression, zone, after)) return time;
    throw new Error(`"${schedule}" has no due time any more`);
  });
  return {
    kind: 'read',
    timetable: {
      shortest: shortestOf(expression),
      from: after => dueTimes(expression, zone, after),
      next,
      between: (after, until) => {
        if (next(after) > until) return undefined;
        let found: DueTimes | undefined;
        for (const time of dueTimes(expression, zone, after)) {
          if (time > until) break;
          found = {
            first: found?.first ?? time,
            latest: time,
            times: (found?.times ?? 0) + 1,
            ...(found ? { beforeLatest: found.latest } : {}),
          };
        }
        return found;
      },
    },
  };
}

/** Reading one costs a millisecond, and each pass of a schedule needs it. */
export class Timetables {
  private readonly read = new Map<string, ReadTimetable>();

  constructor(private readonly most = 2_000) {}

  of(schedule: string, timeZone: string): ReadTimetable {
    const key = `${schedule} ${timeZone}`;
    const known = this.read.get(key);
    if (known) return known;
    if (this.read.size >= this.most) this.read.clear();
    const found = readTimetable(schedule, timeZone);
    this.read.set(key, found);
    return found;
  }
}
