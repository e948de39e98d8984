/** Milliseconds. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How far a clock on the wall may be from UTC: 12 hours behind to 14 hours ahead, and one more to be sure. */
export const MOST_OFFSET = 15 * HOUR;

/**
 * What the clocks of a time zone show. Times on the wall are milliseconds, too: those that a clock set to UTC would have when it
 * shows the same.
 */
export interface Zone {
  /** What a clock shows at an instant, less the instant. */
  offsetAt(instant: number): number;
  /** When the clocks show the times of a day on the wall; see docs/schedules.md for gaps and repeats. */
  instantsOf(
    day: number,
    minutes: readonly number[],
    isRepeated: boolean,
  ): number[];
}

/** @returns undefined for a name that the time zone database does not have */
export function findZone(timeZone: string): Zone | undefined {
  const format = formatOf(timeZone);
  if (!format) return undefined;
  const offsetAt = (instant: number) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) {
      part[type] = Number(value);
    }
    const shown = Date.UTC(
      part.year,
      part.month - 1,
      part.day,
      part.hour,
      part.minute,
      part.second,
    );
    return shown - Math.floor(instant / 1000) * 1000;
  };
  return {
    offsetAt,
    instantsOf: (day, minutes, isRepeated) =>
      instantsOf(offsetAt, day, minutes, isRepeated),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

/** The first whole minute at which the clocks go by the later offset. */
function changeBetween(
  offsetAt: Zone['offsetAt'],
  from: number,
  to: number,
): number {
  const before = offsetAt(from);
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}

function instantsOf(
  offsetAt: Zone['offsetAt'],
  day: number,
  minutes: readonly number[],
  isRepeated: boolean,
): number[] {
  const [from, to] = [day - MOST_OFFSET, day + DAY + MOST_OFFSET];
  const [before, after] = [offsetAt(from), offsetAt(to)];
  if (before === after) {
    return minutes.map(minute => day + minute * MINUTE - before);
  }
  const change = changeBetween(offsetAt, from, to);
  const found = minutes.flatMap(minute => {
    const shown = day + minute * MINUTE;
    const times = [
      ...(shown - before < change ? [shown - before] : []),
      ...(shown - after >= change ? [shown - after] : []),
    ];
    // A time that no clock shows: once, at the first minute after the gap.
    if (times.length === 0) return [change];
    return isRepeated ? times : times.slice(0, 1);
  });
  return [...new Set(found)].sort((one, other) => one - other);
}
