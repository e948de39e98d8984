import { describe, expect, it } from '@jest/globals';
import { FakeClock, settle } from './testing/fake-clock';
import { rateLimit } from './rate-limit';

function asked(perSecond: number, burst: number) {
  const clock = new FakeClock();
  const turn = rateLimit({ perSecond, burst }, clock);
  const times: number[] = [];
  const ask = (signal?: AbortSignal) =>
    turn(signal).then(() => times.push(clock.monotonic()));
  return { clock, ask, times };
}

describe('the rate of requests', () => {
  it('lets a burst go at once, and then so many a second, in their order', async () => {
    const { clock, ask, times } = asked(10, 3);
    for (let index = 0; index < 6; index += 1) void ask();
    await clock.advance(1_000);
    expect(times).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('gives the burst again after a pause', async () => {
    const { clock, ask, times } = asked(10, 2);
    for (let index = 0; index < 3; index += 1) void ask();
    await clock.advance(1_000);
    for (let index = 0; index < 3; index += 1) void ask();
    await clock.advance(1_000);
    expect(times).toEqual([0, 0, 100, 1_000, 1_000, 1_100]);
  });

  it('does not hold whoever gives up', async () => {
    const { clock, ask, times } = asked(1, 1);
    const stop = new AbortController();
    void ask();
    void ask(stop.signal);
    await clock.advance(10);
    stop.abort();
    await settle();
    expect(times).toEqual([0, 10]);
  });

  it('is none when it is 0', async () => {
    const { clock, ask, times } = asked(0, 1);
    for (let index = 0; index < 100; index += 1) void ask();
    await clock.advance(0);
    expect(times).toHaveLength(100);
  });
});
