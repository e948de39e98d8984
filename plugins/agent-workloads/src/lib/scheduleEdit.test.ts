import {
  takesOver,
  type ScheduleEditable,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { draftOf, draftProblems, editOf } from './scheduleEdit';
import { english } from '../__testUtils__/words';

const spec: ScheduleEditable = {
  schedule: '0 7 * * 1',
  timeZone: 'Europe/Berlin',
  concurrencyPolicy: 'Forbid',
  startingDeadline: '12h',
  history: { completed: 20, other: 10, minAge: '7d' },
  objective: 'What changed?',
  targetUrls: ['https://a.example/pricing', 'https://b.example/pricing'],
};

describe('an edit of a schedule', () => {
  it('is nothing where nothing was changed', () => {
    expect(draftProblems(draftOf(spec), english)).toEqual([]);
    expect(editOf(spec, draftOf(spec))).toEqual({});
  });

  it('has what was changed, and takes over where that is what is run', () => {
    const when = { ...draftOf(spec), schedule: '0 6 * * *', completed: '5' };
    expect(editOf(spec, when)).toEqual({
      schedule: '0 6 * * *',
      history: { completed: 5, other: 10, minAge: '7d' },
    });
    expect(takesOver(editOf(spec, when))).toBe(false);
    const what = { ...draftOf(spec), urls: 'https://a.example/pricing\n' };
    expect(editOf(spec, what)).toEqual({
      targetUrls: ['https://a.example/pricing'],
    });
    expect(takesOver(editOf(spec, what))).toBe(true);
  });

  it.each([
    [{ schedule: '0 25 * * *' }, /can't be read/],
    [{ timeZone: 'Europe/Atlantis' }, /time zone database/],
    [{ objective: ' ' }, /objective/],
    [{ urls: '' }, /at least one page/],
    [{ schedule: '' }, /must be five fields/],
    [{ completed: '501' }, /1 to 500 completed runs/],
    [{ other: '501' }, /0 to 500 other runs/],
    [{ urls: 'ftp://a.example' }, /Line 1/],
    [{ completed: '0' }, /1 to 500 completed runs/],
    [{ other: 'many' }, /0 to 500 other runs.*number/],
  ])('can not be %o', (part, problem) => {
    expect(draftProblems({ ...draftOf(spec), ...part }, english)).toEqual([
      expect.stringMatching(problem),
    ]);
  });
});
