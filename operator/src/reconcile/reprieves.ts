import type { Clock } from '../ports';

/** A clock that jumped is mostly set right again within it. */
const REPRIEVE_MS = 60_000;

/**
 * What is to be deleted by the wall clock must still be so a minute later by a clock that nobody sets:
 * a jump of the wall clock that is taken back deletes nothing. Kept in memory, so a restart begins anew.
 */
export class Reprieves {
  private readonly since = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** @returns milliseconds until it may be deleted; 0 when it may be */
  left(key: string): number {
    const now = this.clock.monotonic();
    const since = this.since.get(key) ?? now;
    this.since.set(key, since);
    return Math.max(0, since + REPRIEVE_MS - now);
  }

  /** It is not to be deleted after all, or it is gone. */
  forget(key: string): void {
    this.since.delete(key);
  }
}
