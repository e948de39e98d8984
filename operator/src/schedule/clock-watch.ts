import type { Clock } from '../ports';

/** As late as a run may be for a clock that was set, or a machine that slept. */
const LOOK_EVERY_MS = 60_000;
/** What a clock is made to go faster or slower, to be right again, is less in a minute. */
const SET_BY_MS = 1_000;

/**
 * Tells when the clock on the wall has moved otherwise than timers do: it was set, or the machine slept and its timers stood still.
 * Asks nobody anything.
 * @returns ends it
 */
export function watchClock(
  clock: Clock,
  wasSet: () => void,
  everyMs = LOOK_EVERY_MS,
): () => void {
  const ahead = () => clock.now() - clock.monotonic();
  let before = ahead();
  let timer: unknown;
  const look = () => {
    timer = clock.setTimeout(look, everyMs);
    if (Math.abs(ahead() - before) < SET_BY_MS) return;
    before = ahead();
    wasSet();
  };
  timer = clock.setTimeout(look, everyMs);
  return () => clock.clearTimeout(timer);
}
