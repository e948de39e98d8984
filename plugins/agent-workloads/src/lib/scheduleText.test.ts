import { ready } from '../__testUtils__/runs';
import { runNowAnswer, scheduleState, scheduleWords } from './scheduleText';
import { english } from '../__testUtils__/words';

describe('the words for a schedule', () => {
  it.each([
    ['@weekly', 'At 00:00, only on Sunday'],
    ['@daily', 'At 00:00, every day'],
    [
      '*/30 9-17 * * 1-5',
      'Every 30 minutes, between 09:00 and 17:59, Monday through Friday',
    ],
    [
      '0 7 1 * 1',
      'At 07:00, on day 1 of the month, and on Monday (a day of either counts)',
    ],
    ['61 * * * *', '61 * * * *'],
    [
      '23,27,25 12 30 11 *',
      'Every year on November 30, at 12:23, 12:25, and 12:27',
    ],
    ['5 0 29 2 *', 'Every year on February 29, at 00:05'],
    ['5 0 31 2 *', 'At 00:05, on day 31 of the month, only in February'],
  ])('%s: %s', (schedule, words) => {
    expect(scheduleWords(schedule, english)).toBe(words);
  });
});

describe('how a schedule stands', () => {
  const of = (
    suspend: boolean,
    status?: 'True' | 'False' | 'Unknown',
    reason = '',
  ) =>
    scheduleState(
      {
        suspend,
        conditions: status ? [ready(status, reason, 'The message.')] : [],
      },
      english,
    );

  it.each([
    ['Ready', of(false, 'True', 'Scheduled'), undefined],
    ['Refused', of(false, 'False', 'PolicyDenies'), 'The message.'],
    ['Waits', of(false, 'Unknown', 'PolicyUnavailable'), 'The message.'],
    ['Suspended', of(true, 'False', 'Suspended'), undefined],
    ['Suspended', of(true, 'True', 'Scheduled'), undefined],
    ['Not looked at yet', of(false), expect.stringContaining('operator')],
    [
      'Not looked at yet',
      of(false, 'False', 'Suspended'),
      expect.stringContaining('operator'),
    ],
  ])('%s', (label, state, message) => {
    expect(state).toMatchObject({ label });
    expect(state.message).toEqual(message);
  });
});

describe('runNowAnswer', () => {
  const at = '2026-11-22T09:00:00Z';
  const WAITS = 'The run is asked for; the operator has not answered yet.';
  const conditions = [ready('True', 'Scheduled', 'Runs are started.')];

  it.each([
    ['nothing was asked for', {}, undefined],
    ['it is asked for', { runNow: 'a' }, WAITS],
    [
      'the last answer is to an earlier one',
      { runNow: 'b', lastRunNow: { token: 'a', at, run: 'r-now' } },
      WAITS,
    ],
    [
      'there is a run',
      { runNow: 'a', lastRunNow: { token: 'a', at, run: 'r-now' } },
      'r-now was started.',
    ],
    [
      'an earlier run goes on',
      { runNow: 'a', lastRunNow: { token: 'a', at, reason: 'StillRunning' } },
      'No run was started: an earlier run goes on.',
    ],
    [
      'the reason is one of tomorrow',
      { runNow: 'a', lastRunNow: { token: 'a', at, reason: 'MoonIsFull' } },
      'No run was started: MoonIsFull.',
    ],
  ])('says when %s', (_when, part, words) => {
    expect(runNowAnswer({ conditions, ...part }, english)).toBe(words);
  });
});
