import type { Clock } from './types';
import { exponential, type BackoffOptions } from './backoff';
import { DelayHeap } from './delay-heap';
import type { QueueObserver } from './observers';

/** A little over client-go's start, so that a hot conflict loop leaves the API server alone. */
export const DEFAULT_ITEM_BACKOFF: BackoffOptions = {
  baseMs: 20,
  maxMs: 60_000,
};

/**
 * Keyed queue with the promises of client-go's: a key waits at most once, is never worked on twice
 * at the same time, and one that is added while it is worked on comes back afterwards.
 */
export class WorkQueue {
  private readonly ready: string[] = [];
  private readonly dirty = new Set<string>();
  /** When each was taken; monotonic. */
  private readonly processing = new Map<string, number>();
  /** Since when each has been waiting; monotonic. */
  private readonly waiting = new Map<string, number>();
  private readonly failures = new Map<string, number>();
  private readonly delayed = new DelayHeap();
  private readonly takers: ((key: string | undefined) => void)[] = [];
  private timer: { handle: unknown; due: number } | undefined;
  private closed = false;

  constructor(
    private readonly clock: Clock,
    private readonly backoff: BackoffOptions = DEFAULT_ITEM_BACKOFF,
    private readonly observer?: QueueObserver,
  ) {}

  /** Keys that wait now; delayed ones don't count. */
  get length(): number {
    return this.ready.length;
  }

  get active(): number {
    return this.processing.size;
  }

  /** Milliseconds that each key in work has been worked on. */
  inWorkMs(): number[] {
    const now = this.clock.monotonic();
    return [...this.processing.values()].map(since => now - since);
  }

  add(key: string): void {
    if (this.closed || this.dirty.has(key)) return;
    this.dirty.add(key);
    this.waiting.set(key, this.clock.monotonic());
    this.observer?.added();
    if (this.processing.has(key)) return;
    this.hand(key);
  }

  /** The earliest of several delayed adds of a key wins. */
  addAfter(key: string, ms: number): void {
    if (this.closed) return;
    if (ms <= 0) {
      this.add(key);
      return;
    }
    this.delayed.push(key, this.clock.monotonic() + ms);
    this.schedule();
  }

  /** @returns the delay in milliseconds, which doubles with each failure until {@link forget} */
  addRateLimited(key: string, atLeastMs = 0): number {
    const count = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, count);
    const delay = Math.max(atLeastMs, exponential(this.backoff, count));
    this.observer?.retried();
    this.addAfter(key, delay);
    return delay;
  }

  forget(key: string): void {
    this.failures.delete(key);
  }

  /** @returns the next key, to be given back with {@link done}; undefined once the queue is closed */
  take(): Promise<string | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    const key = this.ready.shift();
    if (key !== undefined) {
      this.start(key);
      return Promise.resolve(key);
    }
    return new Promise(resolve => this.takers.push(resolve));
  }

  done(key: string): void {
    const since = this.processing.get(key);
    if (since !== undefined)
      this.observer?.done(this.clock.monotonic() - since);
    this.processing.delete(key);
    if (this.dirty.has(key) && !this.closed) this.hand(key);
  }

  /** Workers that wait get undefined; keys in work are finished by their workers. */
  close(): void {
    this.closed = true;
    if (this.timer) this.clock.clearTimeout(this.timer.handle);
    this.timer = undefined;
    for (const taker of this.takers.splice(0)) taker(undefined);
  }

  private start(key: string): void {
    const now = this.clock.monotonic();
    this.dirty.delete(key);
    this.observer?.taken(now - (this.waiting.get(key) ?? now));
    this.waiting.delete(key);
    this.processing.set(key, now);
  }

  private hand(key: string): void {
    const taker = this.takers.shift();
    if (!taker) {
      this.ready.push(key);
      return;
    }
    this.start(key);
    taker(key);
  }

  private schedule(): void {
    const due = this.delayed.earliest();
    if (due === undefined) return;
    if (this.timer) {
      if (this.timer.due <= due) return;
      this.clock.clearTimeout(this.timer.handle);
    }
    const handle = this.clock.setTimeout(() => {
      this.timer = undefined;
      for (const key of this.delayed.popDue(this.clock.monotonic()))
        this.add(key);
      this.schedule();
    }, due - this.clock.monotonic());
    this.timer = { handle, due };
  }
}
