import type { Clock } from './ports';

interface Following {
  /** Whether there was a whole list. */
  synced: boolean;
  /** Why there can't be one now. */
  failing: string | undefined;
  /** Words for what is followed. */
  what: string;
}

const TOLD_EVERY_MS = 60_000;
/** Soon at the start, and slower the longer it takes. */
const pauseAfter = (waited: number) => Math.min(1_000, 50 + waited / 20);

/**
 * Resolves once each has its list, or the signal aborts.
 * @param failing hears once a minute why there is none
 */
export async function untilSynced(
  all: readonly Following[],
  clock: Clock,
  signal: AbortSignal,
  failing?: (why: string) => void,
): Promise<void> {
  const start = clock.monotonic();
  let told = start;
  for (;;) {
    const missing = all.find(({ synced }) => !synced);
    if (!missing || signal.aborted) return;
    const now = clock.monotonic();
    if (failing && missing.failing && now - told >= TOLD_EVERY_MS) {
      told = now;
      failing(`${missing.what}: ${missing.failing}`);
    }
    const pause = pauseAfter(now - start);
    await new Promise<void>(resolve => clock.setTimeout(resolve, pause));
  }
}
