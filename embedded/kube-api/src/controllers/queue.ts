/** Runs tasks one after the other, after the request that caused them was answered. */
export class TaskQueue {
  private readonly tasks: (() => void)[] = [];
  private scheduled = false;
  private stopped = false;

  constructor(private readonly onError: (error: unknown) => void) {}

  add(task: () => void): void {
    this.tasks.push(task);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.drain());
  }

  stop(): void {
    this.stopped = true;
  }

  private drain(): void {
    this.scheduled = false;
    for (const task of this.tasks.splice(0)) {
      if (this.stopped) return;
      try {
        task();
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
