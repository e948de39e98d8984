import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isKubernetesError,
  type KubernetesClient,
  type KubernetesObject,
  type ResourceType,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { lines } from './lines';

/** Where a reflector puts what it sees. A handler must not throw. */
export interface ReflectorSink {
  upsert(object: KubernetesObject): void;
  remove(object: KubernetesObject): void;
}

export interface ReflectorState {
  /** True once the first list was whole; stays true while the cluster is away. */
  synced: boolean;
  /** Why the cluster can't be read now. */
  error?: string;
}

export interface ReflectorOptions {
  client: Pick<KubernetesClient, 'list' | 'watch'>;
  type: ResourceType;
  namespace?: string;
  labelSelector?: string;
  sink: ReflectorSink;
  logger: LoggerService;
  /** Resolves after that many milliseconds, at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  random(): number;
  now(): number;
  onStateChange?(): void;
}

const PAGE = 500;
const WATCH_SECONDS = 290;
/** Bookmarks come about once a minute; a server without them costs a reconnect. */
const IDLE_TIMEOUT = 120_000;
const BACKOFF_FIRST = 500;
const BACKOFF_MAX = 30_000;
/** A server that ends each watch at once must not be asked in a tight loop. */
const WATCH_MIN = 1_000;

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubernetesObject & { code?: number; message?: string };
}

/** Thrown when the server has forgotten our place: list again. */
class ExpiredError extends Error {
  constructor() {
    super('the server has forgotten the place of the watch');
  }
}

/** Whether `a` is of an earlier moment than `b`; what is no decimal number can't be told. */
function isOlder(a: string | undefined, b: string | undefined): boolean {
  const decimal = /^\d+$/;
  return (
    a !== undefined &&
    b !== undefined &&
    decimal.test(a) &&
    decimal.test(b) &&
    BigInt(a) < BigInt(b)
  );
}

/** Keeps a sink equal to a collection of the API server: list, then watch, for ever. */
export class Reflector {
  private keys = new Map<string, KubernetesObject>();
  private readonly state: ReflectorState = { synced: false };
  /** Where a watch goes on; undefined when only a list helps. */
  private version: string | undefined;
  /** True once a watch brought something since it last failed. */
  private progressed = false;
  /** Where the server was last known to be. */
  private position: string | undefined;

  constructor(private readonly options: ReflectorOptions) {}

  getState(): ReflectorState {
    return this.state;
  }

  /** Returns when the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        // A watch that breaks goes on from where it was: a list is read only when nothing else helps.
        if (this.version === undefined) {
          await this.relist(signal);
        }
        for (;;) {
          await this.watchOnce(signal);
          failures = 0;
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (this.progressed) {
          failures = 0;
          this.progressed = false;
        }
        if (error instanceof ExpiredError) {
          this.version = undefined;
          if (failures === 0) {
            failures = 1;
            continue;
          }
        } else {
          this.failed(error);
        }
        const wait = Math.min(BACKOFF_MAX, BACKOFF_FIRST * 2 ** failures);
        failures += 1;
        await this.options.sleep(
          wait * (0.5 + this.options.random() / 2),
          signal,
        );
      }
    }
  }

  /** Page by page: no more than one page of whole objects is held at a time. */
  private async relist(signal: AbortSignal): Promise<void> {
    const { client, type, namespace, labelSelector, sink } = this.options;
    const seen = new Set<string>();
    let token: string | undefined;
    let version = '';
    do {
      const page = await client.list(type, {
        namespace,
        labelSelector,
        limit: PAGE,
        continue: token,
        signal,
      });
      // Restored from a backup: what we hold is of a future that never was.
      const restored = isOlder(page.metadata.resourceVersion, this.position);
      for (const object of page.items) {
        seen.add(keyOf(object));
        this.take(object, restored);
      }
      token = page.metadata.continue || undefined;
      version = page.metadata.resourceVersion ?? '';
    } while (token);
    for (const [key, known] of this.keys) {
      if (!seen.has(key)) {
        this.keys.delete(key);
        sink.remove(known);
      }
    }
    this.moveTo(version);
    this.setState({ synced: true, error: undefined });
  }

  private moveTo(version: string): void {
    this.version = version;
    this.position = version;
  }

  /** Takes an object unless a state as new or newer is known. */
  private take(object: KubernetesObject, whatever = false): void {
    const known = this.keys.get(keyOf(object))?.metadata;
    const { uid, resourceVersion } = object.metadata;
    if (known) {
      const same = known.uid === uid;
      if (same && known.resourceVersion === resourceVersion) {
        return;
      }
      if (!whatever && isOlder(resourceVersion, known.resourceVersion)) {
        return;
      }
      // Deleted and made again while we looked away: another object.
      if (!same) {
        this.options.sink.remove({ metadata: known });
      }
    }
    this.put(object);
  }

  private put(object: KubernetesObject): void {
    // Identity and version are enough to compare with; the sink keeps what it needs.
    const { name, namespace, uid, resourceVersion, labels } = object.metadata;
    this.keys.set(keyOf(object), {
      metadata: { name, namespace, uid, resourceVersion, labels },
    });
    this.options.sink.upsert(object);
  }

  /** Ends when the server ended the watch in good order, or was silent for long. */
  private async watchOnce(signal: AbortSignal): Promise<void> {
    const { client, type, namespace, labelSelector, now, sleep } = this.options;
    const began = now();
    const stop = new AbortController();
    const abort = () => stop.abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const body = await client.watch(type, {
        namespace,
        labelSelector,
        resourceVersion: this.version ?? '',
        timeoutSeconds: WATCH_SECONDS,
        idleTimeout: IDLE_TIMEOUT,
        signal: stop.signal,
      });
      this.setState({ synced: true, error: undefined });
      for await (const line of lines(body)) {
        this.apply(JSON.parse(line) as WatchEvent);
        this.progressed = true;
      }
      signal.throwIfAborted();
    } catch (error) {
      if (isKubernetesError(error) && error.status === 410) {
        throw new ExpiredError();
      }
      if (!isIdle(error)) {
        throw error;
      }
    } finally {
      signal.removeEventListener('abort', abort);
      stop.abort();
    }
    if (now() - began < WATCH_MIN) {
      await sleep(WATCH_MIN, signal);
    }
  }

  private apply({ type, object }: WatchEvent): void {
    const version = object.metadata?.resourceVersion;
    switch (type) {
      case 'ERROR':
        if (object.code === 410) {
          throw new ExpiredError();
        }
        throw new Error(object.message ?? 'the watch failed');
      case 'DELETED': {
        const known = this.keys.get(keyOf(object));
        // The end of a namesake that a list showed us as gone already.
        if (!known || known.metadata.uid === object.metadata.uid) {
          this.keys.delete(keyOf(object));
          this.options.sink.remove(object);
        }
        break;
      }
      case 'BOOKMARK':
        if (isOlder(version, this.position)) {
          throw new ExpiredError();
        }
        break;
      default:
        this.take(object);
    }
    if (version) {
      this.moveTo(version);
    }
  }

  private failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const missing =
      isKubernetesError(error) && error.status === 404
        ? `the kind ${this.options.type.plural}.${this.options.type.group} is not installed`
        : message;
    if (this.state.error !== missing) {
      this.options.logger.warn(
        `${this.options.type.plural} can't be read now, trying again: ${missing}`,
      );
    }
    this.setState({ synced: this.state.synced, error: missing });
  }

  private setState(next: ReflectorState): void {
    const changed =
      next.synced !== this.state.synced || next.error !== this.state.error;
    Object.assign(this.state, next);
    if (changed) {
      this.options.onStateChange?.();
    }
  }
}

function isIdle(error: unknown): boolean {
  return (error as { code?: string }).code === 'UND_ERR_BODY_TIMEOUT';
}

function keyOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
