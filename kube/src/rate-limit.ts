import { sleep } from './clock';
import type { Clock } from './types';

export interface Rate {
  /** Requests a second in the long run; 0 for no limit. */
  perSecond: number;
  /** Requests at once after a pause. */
  burst: number;
}

/**
 * A bucket of tokens, served in the order of asking. Who gives up while waiting has used its turn:
 * the next one comes no sooner.
 * @returns a function that resolves when the caller may go on, at once if its signal has ended
 */
export function rateLimit(
  { perSecond, burst }: Rate,
  clock: Clock,
): (signal?: AbortSignal) => Promise<void> {
  if (perSecond <= 0) return async () => undefined;
  const interval = 1000 / perSecond;
  const never = new AbortController().signal;
  /** When the bucket would be full again, were nobody to ask any more. */
  let fullAt = 0;
  return async (signal = never) => {
    const now = clock.monotonic();
    fullAt = Math.max(fullAt, now) + interval;
    const wait = fullAt - now - burst * interval;
    if (wait > 0) await sleep(clock, wait, signal);
  };
}
