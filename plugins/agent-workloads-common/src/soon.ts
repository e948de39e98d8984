const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** So long the schedule needs to be there before its first due time. */
const LEAD = 10_000;
const BETWEEN = 2 * MINUTE;
const TIMES = 3;

/**
 * Three due times, two minutes apart, from the next minute on: to see a change soon. They name the minutes, the hour and the day,
 * so that the schedule ends by itself: it has no other due time for a year. All are of one hour, as a cron expression wants.
 */
export function threeTimesSoon(now: number): {
  schedule: string;
  timeZone: 'Etc/UTC';
} {
  const next = Math.ceil((now + LEAD) / MINUTE) * MINUTE;
  const last = next + (TIMES - 1) * BETWEEN;
  const isOneHour = Math.floor(next / HOUR) === Math.floor(last / HOUR);
  const first = new Date(isOneHour ? next : Math.ceil(next / HOUR) * HOUR);
  const minutes = Array.from(
    { length: TIMES },
    (_, index) => first.getUTCMinutes() + (index * BETWEEN) / MINUTE,
  );
  return {
    schedule: [
      minutes.join(','),
      first.getUTCHours(),
      first.getUTCDate(),
      first.getUTCMonth() + 1,
      '*',
    ].join(' '),
    timeZone: 'Etc/UTC',
  };
}
