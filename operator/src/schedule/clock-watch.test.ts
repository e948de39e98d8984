import { afterEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '@agentworkloads/kube/testing';
import { dueOf, ScheduleWorld } from '../../test/schedule-world';
import { watchClock } from './clock-watch';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a clock that is watched', () => {
  it('is told of within a minute when it was set, and not while it only goes', async () => {
    const clock = new FakeClock(0);
    let told = 0;
    const end = watchClock(clock, () => (told += 1));
    await clock.advance(24 * HOUR);
    expect(told).toBe(0);
    for (const by of [8 * HOUR, -HOUR]) {
      clock.setWall(by);
      await clock.advance(MINUTE);
    }
    expect(told).toBe(2);
    end();
    expect(clock.pending).toBe(0);
  });
});

describe('a machine that slept over a due time', () => {
  let world: ScheduleWorld;
  afterEach(() => world.stop());

  it('starts its run within a minute', async () => {
    world = new ScheduleWorld('2026-03-02T08:00:00Z');
    world.make('daily', { schedule: '0 12 * * *' });
    world.startOperator();
    await world.clock.advance(10 * MINUTE);
    expect(world.runs()).toEqual([]);
    // Timers stood still.
    world.clock.setWall(8 * HOUR);
    await world.clock.advance(MINUTE + 1_000);
    expect(world.runs().map(dueOf)).toEqual([
      Date.parse('2026-03-02T12:00:00Z'),
    ]);
  });
});
