/** Keys to be worked on, each by one pass at a time, with delays and growing pauses after failures. */
export interface WorkQueueOptions {
  work(key: string): Promise<void>;
  /** Pause before the key is tried again; `failures` passes have failed in a row. */
  pauseAfter(key: string, error: unknown, failures: number): number;
}

const MAX_TIMER_MS = 2 ** 31 - 1;

export class WorkQueue {
  private readonly busy = new Set<string>();
  private readonly dirty = new Set<string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly failures = new Map<string, number>();
  private open = false;

  constructor(private readonly options: WorkQueueOptions) {}

  /** Until then, and after {@link stop}, whatever is added is forgotten. */
  start(): void {
    this.open = true;
  }

  stop(): void {
    this.open = false;
    this.timers.forEach(timer => clearTimeout(timer));
  }

  add(key: string): void {
    if (!this.open) return;
    this.dirty.add(key);
    if (!this.busy.has(key)) void this.run(key);
  }

  addLater(key: string, ms: number): void {
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        this.add(key);
      }, Math.min(Math.max(ms, 0), MAX_TIMER_MS)),
    );
  }

  private async run(key: string): Promise<void> {
    this.busy.add(key);
    while (this.open && this.dirty.delete(key)) {
      try {
        await this.options.work(key);
        this.failures.delete(key);
      } catch (error) {
        const failures = (this.failures.get(key) ?? 0) + 1;
        this.failures.set(key, failures);
        this.addLater(key, this.options.pauseAfter(key, error, failures));
      }
    }
    this.busy.delete(key);
  }
}
