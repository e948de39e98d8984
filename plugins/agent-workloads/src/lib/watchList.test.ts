import { aChange } from '../__testUtils__/changes';
import { aRun, aSchedule } from '../__testUtils__/runs';
import { watchList } from './watchList';

const at = (hour: number) => `2026-11-30T0${hour}:00:00Z`;
const change = (host: string, position: number, hour: number) =>
  aChange({ host, company: `Of ${host}`, position, completedAt: at(hour) });

describe('the watch list', () => {
  it('has each company once, with its last change, its next run and what is unread', () => {
    const [a, b, older] = [
      change('a.example', 0, 3),
      change('b.example', 1, 2),
      change('b.example', 2, 1),
    ];
    const schedule = (name: string, nextAt: string | undefined) =>
      aSchedule({
        name,
        nextAt,
        lastRun: aRun({
          name: `${name}-1`,
          phase: 'Completed',
          hosts: ['b.example', 'c.example'],
        }),
      });
    const list = watchList(
      [a, b, older],
      [older],
      [schedule('weekly', at(9)), schedule('daily', at(8))],
    );
    expect(list.map(({ name, unread }) => [name, unread])).toEqual([
      ['Of b.example', 1],
      ['Of a.example', 0],
      ['c.example', 0],
    ]);
    expect(list[0]).toMatchObject({ last: b, nextAt: at(8) });
    expect(list[1].nextAt).toBeUndefined();
    expect(list[2]).not.toHaveProperty('last');
    expect(list[2].nextAt).toBe(at(8));
    expect(list[2].report?.name).toBe('weekly-1');
  });

  it('has the last report of a company whose changes nobody knows', () => {
    const lastRun = aRun({ phase: 'Completed', hosts: ['c.example'] });
    const [company] = watchList([], [], [aSchedule({ lastRun })]);
    expect(company.report).toBe(lastRun);
    const without = { ...lastRun, hasReport: false };
    const [other] = watchList([], [], [aSchedule({ lastRun: without })]);
    expect(other).not.toHaveProperty('report');
  });

  it('knows last what was seen last, whatever came in since', () => {
    const wednesday = change('a.example', 0, 3);
    const openedAgain = { ...change('a.example', 1, 1), takenInAt: at(4) };
    const [company] = watchList([wednesday, openedAgain], [openedAgain], []);
    expect(company.last).toBe(wednesday);
    expect(company.unread).toBe(1);
  });
});
