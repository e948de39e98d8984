/**
 * Due times found by looking at every minute on a clock of the zone: knows nothing of croner, of offsets or of days, so that what
 * is found otherwise can be held against it. Intl is asked once an hour; where an hour on the wall is not an hour, each minute.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

function valueOf(text: string): number {
  const name = text.toUpperCase();
  if (MONTHS.includes(name)) return MONTHS.indexOf(name) + 1;
  return WEEKDAYS.includes(name) ? WEEKDAYS.indexOf(name) : Number(text);
}

function field(text: string, least: number, most: number): boolean[] {
  const found: boolean[] = [];
  for (const item of text.split(',')) {
    const [range, step = '1'] = item.split('/');
    const [from, to = from] =
      range === '*' ? [String(least), String(most)] : range.split('-');
    for (
      let value = valueOf(from);
      value <= valueOf(to);
      value += Number(step)
    ) {
      found[value] = true;
    }
  }
  return found;
}

/** Whether a time on the wall is one of the schedule; milliseconds, as a clock of UTC would have them. */
function matcher(schedule: string): (shown: number) => boolean {
  const [minute, hour, date, month, weekday] = schedule.split(' ');
  const minutes = field(minute, 0, 59);
  const hours = field(hour, 0, 23);
  const dates = field(date, 1, 31);
  const months = field(month, 1, 12);
  const weekdays = field(weekday, 0, 7);
  if (weekdays[7]) weekdays[0] = true;
  const isEither = date !== '*' && weekday !== '*';
  let day = -1;
  let isDay = false;
  return shown => {
    if (!minutes[(shown / MINUTE) % 60]) return false;
    if (!hours[Math.floor(shown / HOUR) % 24]) return false;
    const today = Math.floor(shown / DAY);
    if (today !== day) {
      day = today;
      const at = new Date(shown);
      const [isDate, isWeekday] = [
        dates[at.getUTCDate()] ?? false,
        weekdays[at.getUTCDay()] ?? false,
      ];
      isDay =
        (months[at.getUTCMonth() + 1] ?? false) &&
        (isEither ? isDate || isWeekday : isDate && isWeekday);
    }
    return isDay;
  };
}

function clockOf(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return instant => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
}

/** Calls back with each minute: the instant, and what a clock of the zone shows. */
function walk(
  timeZone: string,
  from: number,
  to: number,
  each: (instant: number, shown: number) => void,
): void {
  const clock = clockOf(timeZone);
  let shown = clock(from);
  for (let hour = from; hour < to; hour += HOUR) {
    const next = clock(hour + HOUR);
    const isEven = next - shown === HOUR;
    for (let passed = 0; passed < HOUR; passed += MINUTE) {
      each(hour + passed, isEven ? shown + passed : clock(hour + passed));
    }
    shown = next;
  }
}

const NONE: readonly number[] = [];

function minutesBetween(from: number, to: number): number[] {
  const count = Math.round((to - from) / MINUTE) - 1;
  return Array.from(
    { length: count },
    (_, index) => from + (index + 1) * MINUTE,
  );
}

/**
 * What docs/schedules.md says, minute by minute: due where the clock shows a time of the schedule; once, at the minute after it, where
 * the clock jumps over one; and when it shows a time that it has shown before, only for a schedule whose hours are a `*`.
 *
 * @param from a whole hour of UTC
 * @returns for each schedule its due times, milliseconds
 */
export function walkedDueTimes(
  schedules: readonly string[],
  timeZone: string,
  from: number,
  to: number,
): number[][] {
  const found: number[][] = schedules.map(() => []);
  const watched = schedules.map(schedule => ({
    isDue: matcher(schedule),
    isEachHour: schedule.split(' ')[1].includes('*'),
  }));
  // So far back that what was shown before is known.
  const begin = from - 2 * DAY;
  let highest = -Infinity;
  let before: number | undefined;
  walk(timeZone, begin, to, (instant, shown) => {
    const isRepeat = shown <= highest;
    // A minute that is jumped over and was shown before is not missing.
    const jumpedFrom = Math.max(before ?? shown, highest);
    const isJump = shown > jumpedFrom + MINUTE;
    const skipped = isJump ? minutesBetween(jumpedFrom, shown) : NONE;
    if (instant >= from) {
      for (let index = 0; index < watched.length; index += 1) {
        const { isDue, isEachHour } = watched[index];
        const isNow = isDue(shown) && (!isRepeat || isEachHour);
        if (isNow || (isJump && skipped.some(isDue))) {
          found[index].push(instant);
        }
      }
    }
    before = shown;
    if (!isRepeat) highest = shown;
  });
  return found;
}
