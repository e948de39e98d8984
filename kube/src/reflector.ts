import { exponential, jittered, type BackoffOptions } from './backoff';
import { sleep } from './clock';
import { ApiError, apiStatus } from './errors';
import type { ReflectorObserver } from './observers';
import { keyOf, type Store } from './store';
import type { Clock, KubeObject, ListWatch, Logger, WatchEvent } from './types';
import { isOlder } from './versions';

export interface ReflectorOptions<Raw, T extends KubeObject> {
  name: string;
  source: ListWatch<Raw>;
  /** May be shared by the reflectors of several namespaces. */
  store: Store<T>;
  /** The namespace that `source` covers; undefined for all. */
  namespace?: string;
  /** Makes the stored form; what it leaves out (managedFields, bulk) costs no memory. */
  transform: (raw: Raw) => T;
  /** Told of each change after the store has it, both states where both are known. */
  onChange: (change: { before?: T; after?: T }) => void;
  clock: Clock;
  logger: Logger;
  random: () => number;
  pageSize?: number;
  /** Between tries while the server can't be reached. */
  failureBackoff?: BackoffOptions;
  /** Without a byte for so long (bookmarks come about once a minute) the watch is taken for dead. */
  idleMs?: number;
  observer?: ReflectorObserver;
}

const FAILURE_BACKOFF: BackoffOptions = { baseMs: 500, maxMs: 30_000 };
/** As client-go's reflector has it. */
const RELIST_BACKOFF: BackoffOptions = { baseMs: 800, maxMs: 30_000 };

/**
 * A position that the server has forgotten (410), or has never reached: it was restored from a backup.
 * Only a new list helps.
 */
function isOfNoUse(error: unknown): boolean {
  return (
    apiStatus(error) === 410 ||
    (error instanceof ApiError &&
      /too large resource version/i.test(error.message))
  );
}

function wentBack(): ApiError {
  return new ApiError(
    'the server is behind a position that it gave before: it was restored',
    410,
    'Expired',
  );
}

/**
 * Keeps a store equal to the API server: paged list, then watch from there, for ever. Whatever goes
 * wrong it comes back; the store keeps its last state meanwhile, since "not reachable" isn't "gone".
 */
export class Reflector<Raw, T extends KubeObject> {
  private resourceVersion: string | undefined;
  /** Where the server was last known to be, also while {@link resourceVersion} is of no use. */
  private position: string | undefined;
  private failures = 0;
  private problem: unknown;
  private lastData = 0;
  private hasSynced = false;

  constructor(private readonly options: ReflectorOptions<Raw, T>) {}

  /** The kind, and the namespace unless it is all: for people. */
  get what(): string {
    const { name, namespace } = this.options;
    return namespace ? `${name} of ${namespace}` : name;
  }

  /** True once a whole list has been stored. */
  get synced(): boolean {
    return this.hasSynced;
  }

  /** Milliseconds since the server last said anything; for health checks and a metric. */
  get silentForMs(): number {
    return this.options.clock.monotonic() - this.lastData;
  }

  /** Why the kind can't be followed now; undefined while all is well, or nothing is known. */
  get failing(): string | undefined {
    const { problem } = this;
    if (problem === undefined) return undefined;
    return problem instanceof Error ? problem.message : String(problem);
  }

  /** The error behind {@link failing}. */
  get failure(): unknown {
    return this.problem;
  }

  /** Runs until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, name } = this.options;
    this.lastData = clock.monotonic();
    while (!signal.aborted) {
      try {
        if (this.resourceVersion === undefined) await this.list(signal);
        await this.watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        const delay = this.delayAfter(error);
        const relist = isOfNoUse(error);
        this.options.observer?.failed(relist ? 'relist' : 'error');
        if (relist) {
          // Each list is a whole one: a server that answers every watch so must not be asked at will.
          this.resourceVersion = undefined;
          logger.info(
            { kind: name, err: error, delay },
            'watch position is of no use, listing again',
          );
        } else {
          this.problem = error;
          logger.warn({ kind: name, err: error, delay }, 'watch failed');
        }
        await sleep(clock, delay, signal);
      }
    }
  }

  private delayAfter(error: unknown): number {
    this.failures += 1;
    const { failureBackoff = FAILURE_BACKOFF } = this.options;
    const backoff = isOfNoUse(error) ? RELIST_BACKOFF : failureBackoff;
    const delay = jittered(
      exponential(backoff, this.failures),
      this.options.random(),
    );
    const wanted = error instanceof ApiError ? error.retryAfterMs ?? 0 : 0;
    return Math.max(delay, wanted);
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { source, store, onChange, pageSize = 100 } = this.options;
    const seen = new Set<string>();
    let continueToken: string | undefined;
    let resourceVersion = '';
    do {
      const page = await source.list({
        limit: pageSize,
        continueToken,
        signal,
      });
      // Restored from a backup: what we hold is of a future that never was.
      const restored = isOlder(page.resourceVersion, this.position);
      for (const raw of page.items) {
        const key = this.upsert(raw, restored);
        if (key) seen.add(key);
      }
      resourceVersion = page.resourceVersion;
      continueToken = page.continue;
      this.heard();
    } while (continueToken && !signal.aborted);
    if (signal.aborted) return;
    for (const key of store.keys()) {
      if (seen.has(key) || !this.covers(key)) continue;
      const before = store.delete(key);
      if (before) onChange({ before });
    }
    this.moveTo(resourceVersion);
    this.hasSynced = true;
    this.options.observer?.listed();
    this.heard();
  }

  private heard(): void {
    this.lastData = this.options.clock.monotonic();
    this.problem = undefined;
  }

  /**
   * After a silence: is the server still where it was? A watch from a position that is yet to come
   * is silent for ever. The answer is also a sign of life where there are no bookmarks.
   */
  private async checkPosition(signal: AbortSignal): Promise<void> {
    const page = await this.options.source.list({ limit: 1, signal });
    this.heard();
    if (isOlder(page.resourceVersion, this.position)) throw wentBack();
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const { source, clock, random, idleMs = 90_000 } = this.options;
    const resourceVersion = this.resourceVersion ?? '';
    const own = new AbortController();
    const stop = () => own.abort();
    signal.addEventListener('abort', stop, { once: true });
    let watchdog: unknown;
    let idle = false;
    const watchFor = () => {
      clock.clearTimeout(watchdog);
      watchdog = clock.setTimeout(() => {
        idle = true;
        own.abort();
      }, idleMs);
    };
    const startedAt = clock.monotonic();
    const alive = () => {
      this.heard();
      watchFor();
    };
    // A refusal, however quick, is no sign that the kind can be followed.
    watchFor();
    try {
      const events = source.watch({
        resourceVersion,
        // Spread, so that the watches of all kinds don't end in the same second.
        timeoutSeconds: Math.round(300 + 300 * random()),
        signal: own.signal,
        onData: alive,
      });
      for await (const event of events) this.take(event);
    } catch (error) {
      if (!idle || isOfNoUse(error)) throw error;
    } finally {
      clock.clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
    }
    if (idle) await this.checkPosition(signal);
    // A server that closes each watch at once would otherwise be asked in a tight loop.
    if (clock.monotonic() - startedAt < 1000) {
      await sleep(clock, jittered(200, random()), signal);
    } else this.failures = 0;
  }

  private take(event: WatchEvent<Raw>): void {
    this.failures = 0;
    if (event.type === 'BOOKMARK') {
      if (isOlder(event.resourceVersion, this.position)) throw wentBack();
      this.moveTo(event.resourceVersion);
      return;
    }
    const version = (event.object as KubeObject).metadata.resourceVersion;
    if (event.type === 'DELETED') {
      this.drop(event.object as KubeObject);
    } else {
      this.upsert(event.object);
    }
    if (version) this.moveTo(version);
  }

  private moveTo(resourceVersion: string): void {
    this.resourceVersion = resourceVersion;
    this.position = resourceVersion;
  }

  private drop(gone: KubeObject): void {
    const { store, onChange } = this.options;
    const key = keyOf(gone);
    // The end of a namesake that a list showed us as gone already.
    if (store.get(key)?.metadata.uid !== gone.metadata.uid) return;
    const before = store.delete(key);
    if (before) onChange({ before });
  }

  private covers(key: string): boolean {
    const { namespace } = this.options;
    return !namespace || key.startsWith(`${namespace}/`);
  }

  private upsert(raw: Raw, whatever = false): string | undefined {
    const { store, transform, onChange, logger, name } = this.options;
    let after: T;
    try {
      after = transform(raw);
    } catch (error) {
      logger.error({ kind: name, err: error }, 'object skipped: not readable');
      return undefined;
    }
    const key = keyOf(after);
    const { before, taken } = whatever
      ? { before: store.set(after), taken: true }
      : store.put(after);
    if (!taken) return key;
    // Deleted and made again between two looks: two objects, not one that changed.
    if (before && before.metadata.uid !== after.metadata.uid) {
      onChange({ before });
      onChange({ after });
    } else if (
      before?.metadata.resourceVersion !== after.metadata.resourceVersion
    ) {
      onChange({ before, after });
    }
    return key;
  }
}
