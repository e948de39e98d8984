import { describe, expect, it } from '@jest/globals';
import { readWhen } from './when';

describe('when a schedule runs', () => {
  it('is read as the operator reads it', () => {
    const read = readWhen('0 7 * * 1', 'Europe/Berlin');
    const next =
      read.kind === 'read' &&
      read.timetable.next(Date.parse('2026-03-28T00:00:00Z'));
    expect(next).toBe(Date.parse('2026-03-30T05:00:00Z'));
  });

  it.each([
    ['', 'Etc/UTC', 'schedule', /^"" must be five fields/],
    ['0', 'Etc/UTC', 'schedule', /^"0" must be five fields/],
    ['0 7 * *', 'Etc/UTC', 'schedule', /must be five fields/],
    ['0 25 * * *', 'Etc/UTC', 'schedule', /can't be read/],
    ['0 0 30 2 *', 'Etc/UTC', 'schedule', /no day that any year has/],
    [
      '0 7 * * 1',
      '',
      'timeZone',
      /^"" must be a name of the time zone database/,
    ],
    ['0 7 * * 1', '+02:00', 'timeZone', /time zone database/],
    ['0 7 * * 1', 'Europe/Atlantis', 'timeZone', /time zone database/],
  ])(
    '%s in "%s" has something wrong in %s',
    (schedule, zone, field, problem) => {
      expect(readWhen(schedule, zone)).toMatchObject({
        kind: 'invalid',
        field,
        problem: expect.stringMatching(problem),
      });
    },
  );
});
