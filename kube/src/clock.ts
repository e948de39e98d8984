import type { Clock } from './types';

/** Longest delay of setTimeout; beyond it Node fires at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (callback, ms) =>
    setTimeout(callback, Math.min(Math.max(0, ms), MAX_TIMEOUT_MS)),
  clearTimeout: handle => clearTimeout(handle as NodeJS.Timeout),
};

/** Resolves after `ms` or as soon as the signal aborts; never rejects. */
export function sleep(
  clock: Clock,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clock.clearTimeout(handle);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const handle = clock.setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
