import { afterEach, describe, expect, it } from '@jest/globals';
import type { FakeObject, Fault } from '@agentworkloads/kube/testing';
import { dueOf, ScheduleWorld } from './schedule-world';
import { walkedDueTimes } from './schedule-walk';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2027-01-01T00:00:00Z');
/** Both clock changes of two years, and 29 February 2028. */
const END = Date.parse('2029-01-01T00:00:00Z');
const FAULTS = 200;

const ZONES = [
  'Etc/UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Kolkata',
];
/** Each runs in the zone of its place in the list, over and over. */
const EXPRESSIONS = [
  '0 7 * * 1',
  '30 2 * * *',
  '30 1 * * 0',
  '0 0 * * *',
  '15 2,14 * * 3,0',
  '0 9 1 * *',
  '0 12 29 2 *',
  '45 1 * * SUN',
  '0 */6 * * 2',
  '0 0 1 1 *',
  '59 23 * * 5',
  '0 3 13 * 5',
  '30 0-4/2 * 3,10,11 0',
  '0 8 * * 1,4',
  '0 2 * * 0,6',
  '20 4 */2 * *',
  '0 6 * 1-6 1',
  '30 1,2 * 3,4,10,11 *',
  '0 22 * * 0',
  '10 10 31 * *',
];
const POLICIES = ['Forbid', 'Allow', 'Replace'] as const;

/** The same numbers each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const KINDS_OF_FAULT: ((random: () => number) => Fault | 'kill')[] = [
  () => ({ answer: 500 }),
  () => ({ answer: 503 }),
  () => ({ answer: 429, headers: { 'retry-after': '5' } }),
  () => ({ answer: 409, reason: 'Conflict' }),
  () => 'cut-before',
  () => 'cut-after',
  random => ({ lateMs: Math.floor(random() * 90_000) }),
  () => 'kill',
];

let world: ScheduleWorld;
afterEach(() => world.stop());

interface Told {
  reason: string;
  to: string;
  times: number;
}

/** By schedule: when runs were made for, and what was told of the others. */
class Book {
  readonly runs = new Map<string, number[]>();
  private readonly rows = new Map<string, Map<string, Told>>();

  constructor(on: ScheduleWorld) {
    on.onRun = run => {
      const name = scheduleOf(run);
      this.runs.set(name, [...(this.runs.get(name) ?? []), dueOf(run)]);
    };
    on.onSchedule = ({ notStarted = [] }, name) => {
      const rows = this.rows.get(name) ?? new Map<string, Told>();
      // A row grows while nothing else comes between.
      for (const { from, ...row } of notStarted) rows.set(from, row);
      this.rows.set(name, rows);
    };
  }

  /** Due times of those that have a reason, each once for each row that tells of it. */
  told(name: string, due: readonly number[]): number[] {
    return [...(this.rows.get(name) ?? [])].flatMap(([from, { to, times }]) => {
      const covered = due.filter(
        time => time >= Date.parse(from) && time <= Date.parse(to),
      );
      expect([name, from, covered.length]).toEqual([name, from, times]);
      return covered;
    });
  }
}

const scheduleOf = ({ metadata }: FakeObject) =>
  metadata.labels?.['agentworkloads.io/schedule'] ?? '';

describe('twenty schedules in six zones over two years', () => {
  it('have, for each due time, exactly one run or one reason', async () => {
    const random = seeded(20_270_101);
    world = new ScheduleWorld(new Date(START).toISOString());
    world.clockEveryMs = HOUR / 4;
    const book = new Book(world);
    world.plan = () => {
      const dice = random();
      if (dice < 0.03)
        return { minutes: 40 * 60, phase: 'Denied', atGate: true };
      const phase = dice < 0.15 ? 'Failed' : 'Completed';
      return { minutes: 10 + Math.floor(random() * 80), phase };
    };
    world.watchDelay = () => (random() < 0.02 ? 30_000 : 10);
    EXPRESSIONS.forEach((schedule, index) => {
      world.make(`s${index}`, {
        schedule,
        timeZone: ZONES[index % ZONES.length],
        concurrencyPolicy: POLICIES[index % POLICIES.length],
        history: { completed: 5, other: 2, minAge: '1d' },
      });
    });
    const restarts = await live(random);
    expect(restarts.faults).toBe(FAULTS);
    check(book);
  }, 300_000);
});

/** Two years go by: with faults, deaths, absences and a clock that is set. */
async function live(random: () => number): Promise<{ faults: number }> {
  const at = Array.from(
    { length: FAULTS },
    () => START + random() * (END - START),
  );
  at.sort((one, other) => one - other);
  let faults = 0;
  let isAway = false;
  const start = () => {
    const client = world.startOperator();
    client.fault = () => {
      const next = at[faults];
      if (next === undefined || next > world.clock.now()) return undefined;
      faults += 1;
      const kind = KINDS_OF_FAULT[Math.floor(random() * KINDS_OF_FAULT.length)];
      const fault = kind(random);
      if (fault !== 'kill') return fault;
      // In the middle of a request, which has taken effect.
      client.die();
      world.stop();
      world.clock.setTimeout(() => {
        if (!isAway) start();
      }, Math.floor(random() * 600_000));
      return 'cut-after';
    };
  };
  start();
  /** Time by the clock that nobody sets. */
  let passed = 0;
  const pass = async (ms: number) => {
    await world.clock.advance(ms);
    passed += ms;
  };
  const away = async (ms: number) => {
    isAway = true;
    world.stop();
    await pass(ms);
    isAway = false;
    start();
  };
  const untilDay = async (day: number) => {
    while (passed < day * DAY) await pass(3 * HOUR);
  };
  await untilDay(60);
  // Three due times of what runs once a day, and more of others.
  await away(3 * DAY + HOUR);
  await untilDay(200);
  world.clock.setWall(-2 * HOUR);
  await untilDay(250);
  world.clock.setWall(8 * HOUR);
  await untilDay(300);
  await away(2 * DAY);
  await untilDay(500);
  world.clock.setWall(-3 * DAY);
  await untilDay(660);
  await away(40 * DAY);
  while (world.clock.now() < END) await pass(3 * HOUR);
  return { faults };
}

/** The days that the clock showed twice: their due times came twice, too. */
const REPEATED = [START + 496 * DAY, START + 501 * DAY] as const;

function check(book: Book): void {
  const due = ZONES.map(zone => walkedDueTimes(EXPRESSIONS, zone, START, END));
  EXPRESSIONS.forEach((schedule, index) => {
    const name = `s${index}`;
    const times = due[index % ZONES.length][index].filter(
      time => time > START && time < world.clock.now() - HOUR,
    );
    const runs = book.runs.get(name) ?? [];
    expect([name, new Set(runs).size]).toEqual([name, runs.length]);
    const told = book.told(name, times);
    const answers = new Map<number, number>();
    for (const time of [...runs, ...told]) {
      answers.set(time, (answers.get(time) ?? 0) + 1);
    }
    const isTwice = (time: number) =>
      time >= REPEATED[0] && time <= REPEATED[1];
    const wrong = times.filter(time => {
      const count = answers.get(time) ?? 0;
      return isTwice(time) ? count < 1 : count !== 1;
    });
    const stamps = wrong.map(time => [
      new Date(time).toISOString(),
      answers.get(time) ?? 0,
    ]);
    expect([name, schedule, ...stamps]).toEqual([name, schedule]);
    const strange = [...answers.keys()].filter(
      time => !times.includes(time) && time < world.clock.now() - HOUR,
    );
    expect([name, strange]).toEqual([name, []]);
  });
}
