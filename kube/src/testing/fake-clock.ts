import type { Clock } from '../types';

interface Timer {
  due: number;
  callback: () => void;
}

/** Time that moves only when told to; timers fire in their order. */
export class FakeClock implements Clock {
  private timers = new Set<Timer>();

  /** How far the wall clock was set away from the time that passes. */
  private setBy = 0;

  constructor(private time = 0) {}

  now(): number {
    return this.time + this.setBy;
  }

  monotonic(): number {
    return this.time;
  }

  /** Sets the wall clock, as an administrator or NTP does; no timer moves. */
  setWall(byMs: number): void {
    this.setBy += byMs;
  }

  setTimeout(callback: () => void, ms: number): Timer {
    const timer = { due: this.time + Math.max(0, ms), callback };
    this.timers.add(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.timers.delete(handle as Timer);
  }

  get pending(): number {
    return this.timers.size;
  }

  /** Lets timers fire and promises settle until `ms` have passed. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await this.settle();
      const next = [...this.timers].sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > end) break;
      this.timers.delete(next);
      this.time = next.due;
      next.callback();
    }
    this.time = end;
    await this.settle();
  }

  /** Lets what a timer set off end. */
  protected settle(): Promise<void> {
    return settle();
  }
}

/** Enough turns of the microtask queue for a chain of awaits. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
