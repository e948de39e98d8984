import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isKubernetesError,
  type KubernetesClient,
  type KubernetesObject,
  type ResourceType,
} from '@agentic/backstage-plugin-agent-workloads-node';
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

/** Thrown when the server has forgotten our place: list again, at once. */
class ExpiredError extends Error {}

/** Keeps a sink equal to a collection of the API server: list, then watch, for ever. */
export class Reflector {
  private keys = new Map<string, KubernetesObject>();
  private readonly state: ReflectorState = { synced: false };

  constructor(private readonly options: ReflectorOptions) {}

  getState(): ReflectorState {
    return this.state;
  }

  /** Returns when the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        let version = await this.relist(signal);
        failures = 0;
        for (;;) {
          version = await this.watchOnce(version, signal);
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (error instanceof ExpiredError && failures === 0) {
          failures = 1;
          continue;
        }
        this.failed(error);
        const wait = Math.min(BACKOFF_MAX, BACKOFF_FIRST * 2 ** failures);
        failures += 1;
        await this.options.sleep(
          wait * (0.5 + this.options.random() / 2),
          signal,
        );
      }
    }
  }

  /** @returns the resourceVersion to watch from */
  private async relist(signal: AbortSignal): Promise<string> {
    const { client, type, namespace, labelSelector } = this.options;
    const seen = new Map<string, KubernetesObject>();
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
      for (const object of page.items) {
        seen.set(keyOf(object), object);
      }
      token = page.metadata.continue || undefined;
      version = page.metadata.resourceVersion ?? '';
    } while (token);
    this.replace(seen);
    this.setState({ synced: true, error: undefined });
    return version;
  }

  private replace(seen: Map<string, KubernetesObject>): void {
    for (const [key, known] of this.keys) {
      const now = seen.get(key);
      // Deleted and made again while we looked away: another object.
      if (!now || now.metadata.uid !== known.metadata.uid) {
        this.keys.delete(key);
        this.options.sink.remove(known);
      }
    }
    for (const [key, object] of seen) {
      const known = this.keys.get(key);
      if (
        known?.metadata.resourceVersion !== object.metadata.resourceVersion ||
        !known
      ) {
        this.put(object);
      }
    }
  }

  private put(object: KubernetesObject): void {
    // Identity and version are enough to compare with; the sink keeps what it needs.
    const { name, namespace, uid, resourceVersion, labels } = object.metadata;
    this.keys.set(keyOf(object), {
      metadata: { name, namespace, uid, resourceVersion, labels },
    });
    this.options.sink.upsert(object);
  }

  /** @returns where to go on when the server ended the watch in good order */
  private async watchOnce(from: string, signal: AbortSignal): Promise<string> {
    const { client, type, namespace, labelSelector, now, sleep } = this.options;
    const began = now();
    let version = from;
    const stop = new AbortController();
    const abort = () => stop.abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const body = await client.watch(type, {
        namespace,
        labelSelector,
        resourceVersion: version,
        timeoutSeconds: WATCH_SECONDS,
        idleTimeout: IDLE_TIMEOUT,
        signal: stop.signal,
      });
      this.setState({ synced: true, error: undefined });
      for await (const line of lines(body)) {
        version = this.apply(JSON.parse(line) as WatchEvent) ?? version;
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
    return version;
  }

  private apply({ type, object }: WatchEvent): string | undefined {
    switch (type) {
      case 'ERROR':
        if (object.code === 410) {
          throw new ExpiredError();
        }
        throw new Error(object.message ?? 'the watch failed');
      case 'DELETED':
        this.keys.delete(keyOf(object));
        this.options.sink.remove(object);
        break;
      case 'BOOKMARK':
        break;
      default: {
        const known = this.keys.get(keyOf(object));
        if (known && known.metadata.uid !== object.metadata.uid) {
          this.options.sink.remove(known);
        }
        this.put(object);
      }
    }
    return object.metadata.resourceVersion;
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
