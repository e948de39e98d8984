import { describe, expect, it } from '@jest/globals';
import { readTimetable } from '@agentworkloads/api';
import { walkedDueTimes } from './schedule-walk';

/** What the years of schedules are held against, and what the product finds by a library: each proves the other. */

/** Each a way of changing clocks, or of not changing them. */
const ZONES = [
  'Etc/UTC',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Lisbon',
  'Atlantic/Azores',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/Havana',
  'America/Asuncion',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Antarctica/Troll',
];

const SCHEDULES = [
  '30 2 * * *',
  '0 0 * * *',
  '*/30 * * * *',
  '15,45 0-3,23 * * SUN',
  '17 */2 29-31 2,3,4,9,10,11 *',
  '59 23 13 * 5-7',
];

describe('five years, against a walk over every minute', () => {
  it.each(ZONES)(
    'in %s',
    timeZone => {
      const from = Date.parse('2022-01-01T00:00Z');
      const to = Date.parse('2027-01-01T00:00Z');
      const walked = walkedDueTimes(SCHEDULES, timeZone, from, to);
      SCHEDULES.forEach((schedule, index) => {
        const read = readTimetable(schedule, timeZone);
        if (read.kind === 'invalid') throw new Error(read.problem);
        const { timetable } = read;
        const found: number[] = [];
        for (const time of timetable.from(from - 1)) {
          if (time >= to) break;
          found.push(time);
        }
        expect([schedule, ...found]).toEqual([schedule, ...walked[index]]);
      });
    },
    120_000,
  );
});
