import { readWhen } from '@agentworkloads/api';
import { threeTimesSoon } from './soon';

function timesAfter(now: string): string[] {
  const { schedule, timeZone } = threeTimesSoon(Date.parse(now));
  const read = readWhen(schedule, timeZone);
  if (read.kind === 'invalid') throw new Error(read.problem);
  const times: string[] = [];
  for (const time of read.timetable.from(Date.parse(now))) {
    times.push(new Date(time).toISOString().slice(0, 16));
    if (times.length === 4) break;
  }
  return times;
}

describe('three times soon', () => {
  it('begins with the next minute, two minutes apart, and is over then for a year', () => {
    expect(timesAfter('2026-11-29T14:03:20Z')).toEqual([
      '2026-11-29T14:04',
      '2026-11-29T14:06',
      '2026-11-29T14:08',
      '2027-11-29T14:04',
    ]);
  });

  it('leaves out a minute that is too near to be kept', () => {
    expect(timesAfter('2026-11-29T14:03:55Z')[0]).toBe('2026-11-29T14:05');
  });

  it.each([
    ['2026-11-29T14:56:30Z', '2026-11-29T15:00'],
    ['2026-12-31T23:58:00Z', '2027-01-01T00:00'],
    ['2026-11-29T14:54:30Z', '2026-11-29T14:55'],
  ])('stays in one hour: after %s it begins at %s', (now, first) => {
    expect(timesAfter(now)[0]).toBe(first);
  });
});
