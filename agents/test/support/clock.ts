import type { Clock } from '../../src/runtime/clock';

export interface FakeClock extends Clock {
  /** Milliseconds of every sleep, in order. */
  slept: number[];
}

/** Time that passes only by sleeping. */
export function fakeClock(start = '2026-01-01T00:00:00Z'): FakeClock {
  let ms = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(Date.parse(start) + ms),
    elapsed: () => ms,
    async sleep(duration, signal) {
      signal?.throwIfAborted();
      slept.push(duration);
      ms += duration;
    },
  };
}
