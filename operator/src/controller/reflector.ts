import {
  ApiError,
  apiStatus,
  type Clock,
  type KubeObject,
  type ListWatch,
  type Logger,
  type WatchEvent,
} from '../ports';
import { exponential, jittered, type BackoffOptions } from './backoff';
import { sleep } from './clock';
import { keyOf, type Store } from './store';
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
  /** Without a byte for so long (bookmarks come about once a minute) the watch is taken for dead. */
  idleMs?: number;
  backoff?: BackoffOptions;
}

/** An expired position (410): only a new list helps. */
function isGone(error: unknown): boolean {
  return apiStatus(error) === 410;
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
  private lastData = 0;
  private hasSynced = false;

  constructor(private readonly options: ReflectorOptions<Raw, T>) {}

  /** True once a whole list has been stored. */
  get synced(): boolean {
    return this.hasSynced;
  }

  /** Milliseconds since the server last said anything; for health checks and, later, a metric. */
  get silentForMs(): number {
    return this.options.clock.now() - this.lastData;
  }

  /** Runs until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, name } = this.options;
    this.lastData = clock.now();
    while (!signal.aborted) {
      try {
        if (this.resourceVersion === undefined) await this.list(signal);
        await this.watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (isGone(error)) {
          logger.info({ kind: name }, 'watch position expired, listing again');
          this.resourceVersion = undefined;
        } else {
          const delay = this.delayAfter(error);
          logger.warn({ kind: name, err: error, delay }, 'watch failed');
          await sleep(clock, delay, signal);
        }
      }
    }
  }

  private delayAfter(error: unknown): number {
    this.failures += 1;
    const backoff = this.options.backoff ?? { baseMs: 500, maxMs: 30_000 };
    const delay = jittered(
      exponential(backoff, this.failures),
      this.options.random(),
    );
    const wanted = error instanceof ApiError ? error.retryAfterMs ?? 0 : 0;
    return Math.max(delay, wanted);
  }

  private async list(signal: AbortSignal): Promise<void> {
    const { source, store, onChange, pageSize = 250 } = this.options;
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
      const wentBack = isOlder(page.resourceVersion, this.position);
      for (const raw of page.items) {
        const key = this.upsert(raw, wentBack);
        if (key) seen.add(key);
      }
      resourceVersion = page.resourceVersion;
      continueToken = page.continue;
      this.lastData = this.options.clock.now();
    } while (continueToken && !signal.aborted);
    if (signal.aborted) return;
    for (const key of store.keys()) {
      if (seen.has(key) || !this.covers(key)) continue;
      const before = store.delete(key);
      if (before) onChange({ before });
    }
    this.moveTo(resourceVersion);
    this.hasSynced = true;
    this.failures = 0;
  }

  private async watch(signal: AbortSignal): Promise<void> {
    const { source, clock, random, idleMs = 90_000 } = this.options;
    const resourceVersion = this.resourceVersion ?? '';
    const own = new AbortController();
    const stop = () => own.abort();
    signal.addEventListener('abort', stop, { once: true });
    let watchdog: unknown;
    let idle = false;
    const alive = () => {
      this.lastData = clock.now();
      clock.clearTimeout(watchdog);
      watchdog = clock.setTimeout(() => {
        idle = true;
        own.abort();
      }, idleMs);
    };
    const startedAt = clock.now();
    alive();
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
      if (!idle || isGone(error)) throw error;
    } finally {
      clock.clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
    }
    // A server that closes each watch at once would otherwise be asked in a tight loop.
    if (clock.now() - startedAt < 1000) {
      await sleep(clock, jittered(200, random()), signal);
    }
  }

  private take(event: WatchEvent<Raw>): void {
    this.failures = 0;
    if (event.type === 'BOOKMARK') {
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
