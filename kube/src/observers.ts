/** Who wants numbers of what goes on here implements these; nothing waits for them, and they must not throw. */

/** What happens to the keys of a queue. Durations in milliseconds. */
export interface QueueObserver {
  /** A key waits that did not wait before. */
  added(): void;
  /** A key is to come back because its pass failed. */
  retried(): void;
  /** @param waitedMs since it was added */
  taken(waitedMs: number): void;
  /** @param workedMs since it was taken */
  done(workedMs: number): void;
}

/** How a pass ended, in the words of controller-runtime. */
export type PassResult = 'success' | 'error' | 'requeue_after';

export interface ControllerObserver extends QueueObserver {
  passed(result: PassResult, tookMs: number): void;
}

/** What it takes to follow one kind. */
export interface ReflectorObserver {
  /** A whole list was read. */
  listed(): void;
  /** A list or watch failed; `relist` where the position was of no use, so that a new list follows. */
  failed(why: 'relist' | 'error'): void;
}

/** One request that was answered, or was not. */
export interface Answered {
  method: string;
  /** The HTTP status; `<error>` when there was no answer, as client-go writes it. */
  code: string;
  /** Until the head of the answer was there. */
  tookMs: number;
}
