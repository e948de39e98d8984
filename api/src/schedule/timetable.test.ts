import { describe, expect, it } from '@jest/globals';
import { readTimetable, type Timetable } from './timetable';

function timetable(schedule: string, timeZone = 'Etc/UTC'): Timetable {
  const read = readTimetable(schedule, timeZone);
  if (read.kind === 'invalid') throw new Error(read.problem);
  return read.timetable;
}

function dueTimes(
  schedule: string,
  timeZone: string,
  from: string,
  to: string,
): string[] {
  const { next } = timetable(schedule, timeZone);
  const found: string[] = [];
  let time = next(Date.parse(from) - 1);
  while (time < Date.parse(to)) {
    found.push(`${new Date(time).toISOString().slice(5, 16)}Z`);
    time = next(time);
  }
  return found;
}

describe('when a clock jumps over a due time', () => {
  it.each([
    ['30 2 * * *', ['03-28T01:30Z', '03-29T01:00Z', '03-30T00:30Z']],
    ['0 2 * * *', ['03-28T01:00Z', '03-29T01:00Z', '03-30T00:00Z']],
    ['15,45 2 * * 0', ['03-29T01:00Z']],
  ])('%s runs once, at the first minute there is', (schedule, expected) => {
    const [from, to] = ['2026-03-28T00:00Z', '2026-03-30T12:00Z'];
    expect(dueTimes(schedule, 'Europe/Berlin', from, to)).toEqual(expected);
  });

  it('what is due every few minutes runs once at that minute, not once for each it missed', () => {
    expect(
      dueTimes(
        '*/20 * * * *',
        'Europe/Berlin',
        '2026-03-29T00:20Z',
        '2026-03-29T01:30Z',
      ),
    ).toEqual(['03-29T00:20Z', '03-29T00:40Z', '03-29T01:00Z', '03-29T01:20Z']);
  });

  it('a whole day that a country left out counts at its end', () => {
    expect(
      dueTimes(
        '0 9 * * *',
        'Pacific/Apia',
        '2011-12-29T00:00Z',
        '2012-01-01T00:00Z',
      ),
    ).toEqual(['12-29T19:00Z', '12-30T10:00Z', '12-30T19:00Z', '12-31T19:00Z']);
  });
});

describe('when a clock shows an hour twice', () => {
  it.each([
    ['30 2 * * *', ['10-25T00:30Z']],
    ['30 1-3 * * *', ['10-24T23:30Z', '10-25T00:30Z', '10-25T02:30Z']],
    ['30 */2 * * *', ['10-24T22:30Z', '10-25T00:30Z', '10-25T01:30Z']],
    [
      '30 * * * *',
      [
        '10-24T22:30Z',
        '10-24T23:30Z',
        '10-25T00:30Z',
        '10-25T01:30Z',
        '10-25T02:30Z',
      ],
    ],
  ])('%s: %j', (schedule, expected) => {
    const [from, to] = ['2026-10-24T22:00Z', '2026-10-25T03:00Z'];
    expect(dueTimes(schedule, 'Europe/Berlin', from, to)).toEqual(expected);
  });
});

describe('what can be no schedule', () => {
  it.each([
    ['0 0 30 2 *', 'names no day that any year has'],
    ['61 * * * *', "can't be read"],
    ['0 24 * * *', "can't be read"],
    ['0 0 * * 9', "can't be read"],
    ['0 0 * FOO *', "can't be read"],
    ['*/0 * * * *', "can't be read"],
    ['30-10 * * * *', "can't be read"],
    ['0 0 0 * *', "can't be read"],
    ['0 7 * *', 'is not five fields'],
    ['0 0 7 * * *', 'is not five fields'],
    ['0 7 L * *', 'is not five fields'],
    ['0 7 15W * *', 'is not five fields'],
    ['0 7 * * 1#2', 'is not five fields'],
    ['0 7 ? * *', 'is not five fields'],
    ['TZ=Europe/Berlin 0 7 * * *', 'is not five fields'],
    ['@reboot', 'is not five fields'],
    ['', 'is not five fields'],
  ])('%s %s', (schedule, problem) => {
    expect(readTimetable(schedule, 'Etc/UTC')).toMatchObject({
      kind: 'invalid',
      field: 'schedule',
      problem: expect.stringContaining(problem),
    });
  });

  it.each(['Europe/Atlantis', '', 'Berlin', 'Local'])('zone %j', timeZone => {
    expect(readTimetable('@daily', timeZone)).toMatchObject({
      kind: 'invalid',
      field: 'timeZone',
    });
  });
});

describe('the shortest time between two due times', () => {
  it.each([
    ['* * * * *', 1],
    ['*/15 * * * *', 15],
    ['0,50 * * * *', 10],
    ['@hourly', 60],
    ['0 7 * * *', 1440],
    ['0 0,23 * * *', 60],
    ['0 0,23 * * 1', 23 * 60],
    ['0 7 * * 1,4', 3 * 1440],
    ['0 0 29 2 *', 1461 * 1440],
  ])('of %s is %d minutes', (schedule, minutes) => {
    expect(timetable(schedule).shortest / 60_000).toBe(minutes);
  });
});

describe('due times of a long time', () => {
  it('are counted, and the latest is known', () => {
    const [after, until] = ['2026-01-01T00:00Z', '2027-01-01T00:00Z'].map(
      Date.parse,
    );
    expect(
      timetable('* * * * *', 'Europe/Berlin').between(after, until),
    ).toEqual({
      first: after + 60_000,
      latest: until,
      beforeLatest: until - 60_000,
      times: 365 * 1440,
    });
    expect(timetable('@yearly').between(after, until - 1)).toBeUndefined();
  });
});

describe('what comes next', () => {
  it('is the same whatever was asked before, earlier or later', () => {
    const asked = timetable('30 2 * * *', 'Europe/Berlin');
    const hours = (count: number) =>
      Date.parse('2026-03-27T00:00Z') + count * 3_600_000;
    // Forth and back, by steps that meet the due times and the minutes beside them.
    const order = [0, 90, 3, 40, 25.5, 1.5, 90, 49, 1.4, 49.1, 24, 0, 400, 2];
    for (const count of order) {
      const fresh = timetable('30 2 * * *', 'Europe/Berlin');
      expect([count, asked.next(hours(count))]).toEqual([
        count,
        fresh.next(hours(count)),
      ]);
    }
  });
});
