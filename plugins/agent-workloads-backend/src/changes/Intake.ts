import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { RunEntry } from '../cache/ClusterCache';
import type { ChangeLog } from './ChangeLog';
import { isLetPass, NotBelieved } from './readReport';
import type { ChangeColumns, CompletedRun } from './rows';

export interface IntakeOptions {
  /** All runs that are known now. */
  runs(): RunEntry[];
  /** Whether these are all there are; their first list is no change that anybody tells of. */
  synced(): boolean;
  log: Pick<ChangeLog, 'known' | 'takeIn'>;
  /** @throws NotBelieved; anything else where the storage is away */
  read(entry: RunEntry): Promise<{ run: CompletedRun; rows: ChangeColumns[] }>;
  /** Called once a run was taken in here: who looks at the changes is told then, for the run itself changed before. */
  tookIn(ref: RunRef): void;
  logger: LoggerService;
  /** Milliseconds since the epoch. */
  now(): number;
  /** The first wait after a failure of storage or database; doubles each time. */
  pauseMs?: number;
  /** How long a stop waits for what goes on. */
  patienceMs?: number;
}

const STOP_WITHIN_MS = 3_000;
const IDLE_MS = 30_000;
const NOT_SYNCED_MS = 500;
const PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A report that is not believed may come back from a backup: looked at again after so long, doubling. */
const DOUBT_MS = 10 * 60_000;
const LONGEST_DOUBT_MS = 24 * 60 * 60_000;

interface Doubt {
  times: number;
  until: number;
}

const keyOf = ({ item }: RunEntry) => `${item.cluster}/${item.uid}`;

/**
 * Takes the changes of completed runs into the plugin's tables, one run after the other: those that complete, and at the start
 * those that were never taken in. What can't be read now is tried again later.
 */
export class Intake {
  /** Runs that are in the log, here or by another replica. */
  private done = new Set<string>();
  private readonly doubts = new Map<string, Doubt>();
  private failures = 0;
  private stopped = false;
  private wakeUp = () => {};
  private awake = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: IntakeOptions) {}

  start(): void {
    this.running = this.work();
  }

  /** Resolves when nothing is being written any more; a storage that does not answer holds nobody up. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    const patience = this.options.patienceMs ?? STOP_WITHIN_MS;
    await Promise.race([
      this.running,
      delay(patience, undefined, { ref: false }),
    ]);
  }

  /** A run changed: one that is due is taken in now. */
  changed(entry: RunEntry | undefined): void {
    if (entry && isLetPass(entry.workload) && !this.done.has(keyOf(entry))) {
      this.wake();
    }
  }

  /** Completed, and not in the log as far as is known here. */
  isWaiting(entry: RunEntry): boolean {
    return isLetPass(entry.workload) && !this.done.has(keyOf(entry));
  }

  private wake(): void {
    this.awake = true;
    this.wakeUp();
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      this.awake = false;
      const synced = this.options.synced();
      try {
        await this.sweep();
        this.failures = 0;
      } catch (error) {
        this.failures += 1;
        this.options.logger.warn(
          `What completed runs changed can't be taken in now, and is tried again: ${
            (error as Error).message
          }`,
        );
        await this.rest(this.pause(), false);
        continue;
      }
      await this.rest(synced ? IDLE_MS : NOT_SYNCED_MS, true);
    }
  }

  private pause(): number {
    const first = this.options.pauseMs ?? PAUSE_MS;
    return Math.min(LONGEST_PAUSE_MS, first * 2 ** (this.failures - 1));
  }

  /** @param interruptible a failing storage is not asked at each change of a run */
  private rest(ms: number, interruptible: boolean): Promise<void> {
    if (this.stopped || (interruptible && this.awake)) {
      return Promise.resolve();
    }
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.wakeUp = () => {
        if (interruptible || this.stopped) {
          clearTimeout(timer);
          resolve();
        }
      };
    });
  }

  /** @throws what storage or database throw */
  private async sweep(): Promise<void> {
    const completed = this.options
      .runs()
      .filter(({ workload }) => isLetPass(workload));
    // What is no longer in the cluster is not asked for again.
    const there = new Set(completed.map(keyOf));
    this.done = new Set([...this.done].filter(key => there.has(key)));
    for (const key of this.doubts.keys()) {
      if (!there.has(key)) this.doubts.delete(key);
    }
    const due = completed.filter(entry => this.isDue(entry));
    if (due.length === 0) {
      return;
    }
    const known = await this.options.log.known(due.map(({ item }) => item));
    known.forEach(({ cluster, uid }) => this.done.add(`${cluster}/${uid}`));
    for (const entry of due) {
      if (this.stopped) return;
      if (!this.done.has(keyOf(entry))) await this.take(entry);
    }
  }

  private isDue(entry: RunEntry): boolean {
    const doubt = this.doubts.get(keyOf(entry));
    return (
      !this.done.has(keyOf(entry)) &&
      (doubt === undefined || doubt.until <= this.options.now())
    );
  }

  private async take(entry: RunEntry): Promise<void> {
    const { log, logger, now, read, tookIn } = this.options;
    const { cluster, namespace, name } = entry.item;
    try {
      const { run, rows } = await read(entry);
      const here = await log.takeIn(run, rows, now());
      this.done.add(keyOf(entry));
      this.doubts.delete(keyOf(entry));
      if (here) tookIn({ cluster, namespace, name });
    } catch (error) {
      if (!(error instanceof NotBelieved)) throw error;
      this.doubt(keyOf(entry));
      logger.warn(
        `The changes of ${namespace}/${name} of cluster ${cluster} are not taken in: ${error.message}`,
      );
    }
  }

  private doubt(key: string): void {
    const times = (this.doubts.get(key)?.times ?? 0) + 1;
    const wait = Math.min(LONGEST_DOUBT_MS, DOUBT_MS * 2 ** (times - 1));
    this.doubts.set(key, { times, until: this.options.now() + wait });
  }
}
