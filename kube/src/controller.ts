import { jittered, type BackoffOptions } from './backoff';
import { sleep } from './clock';
import { apiStatus } from './errors';
import type { ControllerObserver, PassResult } from './observers';
import type { Clock, Logger } from './types';
import { WorkQueue } from './work-queue';

/** `requeueAfterMs` asks for another look at that distance; undefined waits for the next change. */
export interface ReconcileResult {
  requeueAfterMs?: number;
}

/** @param signal aborts when the pass is given up: it must end soon then, and write no more */
export type Reconcile = (
  key: string,
  signal: AbortSignal,
) => Promise<ReconcileResult>;

/** How long a pass that was told to end may take for it before its worker goes on without it. */
const END_GRACE_MS = 5_000;

export interface ControllerOptions {
  name: string;
  reconcile: Reconcile;
  clock: Clock;
  logger: Logger;
  random: () => number;
  workers?: number;
  /** A pass that takes longer is told to end, and tried again once it has. */
  timeoutMs?: number;
  /** Between tries of a pass that fails. */
  failureBackoff?: BackoffOptions;
  /** Everything is looked at again this often, in case a change was lost. */
  resyncMs?: number;
  /** All keys, for the resync. */
  keys?: () => string[];
  observer?: ControllerObserver;
}

/**
 * Queue and workers for one kind. Only the key travels: every pass reads everything again.
 * Leader election fits between the caches' sync and {@link start}.
 */
export class Controller {
  readonly queue: WorkQueue;
  private readonly stopping = new AbortController();
  private workers: Promise<void>[] = [];

  constructor(private readonly options: ControllerOptions) {
    this.queue = new WorkQueue(
      options.clock,
      options.failureBackoff,
      options.observer,
    );
  }

  start(): void {
    const count = this.options.workers ?? 4;
    this.workers = Array.from({ length: count }, () => this.work());
    const { resyncMs, keys } = this.options;
    if (resyncMs && keys) void this.resync(resyncMs, keys);
  }

  /**
   * Takes no new work and lets passes that run end.
   * @returns false when some had not ended after `graceMs`; they were told to abort
   */
  async stop(graceMs = 30_000): Promise<boolean> {
    this.queue.close();
    const over = new AbortController();
    const ended = Promise.all(this.workers).then(() => true);
    const late = sleep(this.options.clock, graceMs, over.signal).then(
      () => false,
    );
    const inTime = await Promise.race([ended, late]);
    over.abort();
    this.stopping.abort();
    return inTime;
  }

  private async resync(ms: number, keys: () => string[]): Promise<void> {
    const { clock, random } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await sleep(clock, jittered(ms, random()), signal);
      if (!signal.aborted) for (const key of keys()) this.queue.add(key);
    }
  }

  private async work(): Promise<void> {
    for (;;) {
      const key = await this.queue.take();
      if (key === undefined) return;
      const { rest } = await this.pass(key);
      // The key stays in work until the pass has really ended: never two passes of one key.
      if (rest) void rest.finally(() => this.queue.done(key));
      else this.queue.done(key);
    }
  }

  /** @returns what is left of a pass that did not heed its signal; it never rejects */
  private async pass(key: string): Promise<{ rest?: Promise<unknown> }> {
    const { reconcile, logger, clock, timeoutMs = 60_000 } = this.options;
    let work: Promise<ReconcileResult> | undefined;
    let over = false;
    let outcome: PassResult = 'success';
    const began = clock.monotonic();
    const own = new AbortController();
    const timer = clock.setTimeout(
      () => own.abort(new Error(`no end after ${timeoutMs} ms`)),
      timeoutMs,
    );
    const stop = () => own.abort(this.stopping.signal.reason);
    this.stopping.signal.addEventListener('abort', stop, { once: true });
    try {
      work = reconcile(key, own.signal).finally(() => (over = true));
      const result = await withAbort(work, own.signal);
      this.queue.forget(key);
      if (result.requeueAfterMs !== undefined) {
        outcome = 'requeue_after';
        this.queue.addAfter(key, result.requeueAfterMs);
      }
    } catch (error) {
      outcome = 'error';
      const delay = this.queue.addRateLimited(key, retryAfter(error));
      // The cache was behind or someone else wrote first: expected, and the next look sees it.
      const level = apiStatus(error) === 409 ? 'debug' : 'warn';
      logger[level]({ key, err: error, delay }, 'pass failed, trying again');
    } finally {
      this.options.observer?.passed(outcome, clock.monotonic() - began);
      clock.clearTimeout(timer);
      this.stopping.signal.removeEventListener('abort', stop);
    }
    if (!work || over) return {};
    const settled = work.catch(() => undefined);
    const enough = new AbortController();
    await Promise.race([settled, sleep(clock, END_GRACE_MS, enough.signal)]);
    enough.abort();
    if (over) return {};
    logger.error({ key }, 'a pass goes on after it was told to end');
    return { rest: settled };
  }
}

function retryAfter(error: unknown): number {
  return (error as { retryAfterMs?: number } | undefined)?.retryAfterMs ?? 0;
}

function withAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () =>
      reject(
        signal.reason instanceof Error ? signal.reason : new Error('aborted'),
      );
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
