import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiContext } from '../context';
import { badRequest, expired, fieldError, invalid } from '../errors';
import { apiVersionOf, type KubeObject, type ResourceDef } from '../model';
import { parseVersion } from '../rest/list';
import { fromStorage } from '../rest/versions';
import type { Change } from '../store/history';
import { isTrue } from './request-info';
import type { AcceptedForm } from './respond';
import { parseSelectors, type Matcher } from './selectors';
import { partialMetadata, tableOf } from './table';

const BOOKMARK_EVERY_MS = 60_000;
const DEFAULT_TIMEOUT_S = 30 * 60;
/** A reader that falls this far behind is cut off and lists again. */
const MAX_BACKLOG = 64 * 1024 * 1024;

export interface WatchTarget {
  def: ResourceDef;
  namespace?: string;
  /** Set by the path of a single object. */
  name?: string;
}

/** Streams changes until the client goes, the time is up or the server stops. */
export class WatchStream {
  private columnsSent = false;
  private lastVersion: number;
  private readonly matches: Matcher | undefined;
  private stop: () => void = () => undefined;

  constructor(
    private readonly context: ApiContext,
    private readonly target: WatchTarget,
    private readonly query: URLSearchParams,
    private readonly form: AcceptedForm,
    private readonly res: ServerResponse,
  ) {
    this.lastVersion = context.store.version();
    this.matches = parseSelectors(query, target.def);
  }

  /** @throws ApiError before anything is sent, for options that make no sense */
  start(req: IncomingMessage): void {
    refuseUnsupported(this.query);
    const from = parseVersion(this.query);
    const { store } = this.context;
    const seconds = timeoutOf(this.query);
    this.res.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
    });
    this.res.flushHeaders();
    this.res.socket?.setNoDelay(true);
    const missed =
      from === undefined || from > store.version()
        ? undefined
        : store.since(this.target.def.storageKey, from);
    if (from !== undefined && missed === undefined) {
      this.fail(from);
      return;
    }
    if (from === undefined) this.sendState();
    else missed?.forEach(change => this.deliver(change));
    this.follow(req, seconds);
  }

  private follow(req: IncomingMessage, seconds: number): void {
    const unsubscribe = this.context.store.onChange(change => {
      try {
        this.deliver(change);
      } catch {
        // The writer is answered all the same; this reader lists anew.
        this.stop();
        this.res.destroy();
      }
    });
    const timeout = setTimeout(() => {
      if (isTrue(this.query.get('allowWatchBookmarks'))) this.bookmark();
      this.res.end();
    }, seconds * 1000);
    const bookmarks = isTrue(this.query.get('allowWatchBookmarks'))
      ? setInterval(() => this.bookmark(), BOOKMARK_EVERY_MS)
      : undefined;
    this.stop = () => {
      unsubscribe();
      clearTimeout(timeout);
      clearInterval(bookmarks);
    };
    req.once('close', () => this.stop());
    this.res.once('close', () => this.stop());
  }

  /** A version from the future is of another data folder: listing anew heals that, waiting would not. */
  private fail(from: number): void {
    const { store } = this.context;
    const status = expired(
      from > store.version()
        ? `unknown resource version: ${from} (current: ${store.version()})`
        : `too old resource version: ${from} (${store.oldestKnown(
            this.target.def.storageKey,
          )})`,
    );
    this.res.end(
      `${JSON.stringify({ type: 'ERROR', object: status.toStatus() })}\n`,
    );
  }

  /** Without a version a watch begins with what there is. */
  private sendState(): void {
    const { def, namespace } = this.target;
    for (const entry of this.context.store.list(def.storageKey, namespace)) {
      const object = fromStorage(def, entry.object);
      if (this.wants(object)) this.write('ADDED', object);
    }
  }

  private deliver(change: Change): void {
    const { def, namespace } = this.target;
    this.lastVersion = Math.max(this.lastVersion, change.version);
    if (change.storageKey !== def.storageKey) return;
    if (namespace && change.object.metadata.namespace !== namespace) return;
    const object = fromStorage(def, change.object);
    const before = change.previous && fromStorage(def, change.previous);
    const was = before !== undefined && this.wants(before);
    const is = change.type !== 'DELETED' && this.wants(object);
    if (is) this.write(was ? 'MODIFIED' : 'ADDED', object);
    else if (was) this.write('DELETED', object);
  }

  private wants(object: KubeObject): boolean {
    const { name } = this.target;
    if (name !== undefined && object.metadata.name !== name) return false;
    return this.matches ? this.matches(object) : true;
  }

  private bookmark(): void {
    const { def } = this.target;
    const object = {
      kind: def.kind,
      apiVersion: apiVersionOf(def),
      metadata: { resourceVersion: String(this.lastVersion) },
    };
    this.send('BOOKMARK', object);
  }

  private write(type: string, object: KubeObject): void {
    this.send(type, this.rendered(object));
  }

  private rendered(object: KubeObject): unknown {
    if (this.form.rendering === 'metadata') {
      return partialMetadata(object, this.form.version);
    }
    if (this.form.rendering === 'object') return object;
    const withColumns = !this.columnsSent;
    this.columnsSent = true;
    return tableOf(this.target.def, [object], {
      now: this.context.now(),
      version: this.form.version,
      includeObject: this.query.get('includeObject'),
      metadata: { resourceVersion: object.metadata.resourceVersion },
      withColumns,
    });
  }

  private send(type: string, object: unknown): void {
    if (this.res.writableEnded || this.res.destroyed) return;
    this.res.write(`${JSON.stringify({ type, object })}\n`);
    if (this.res.writableLength > MAX_BACKLOG) {
      this.stop();
      this.res.destroy();
    }
  }
}

function timeoutOf(query: URLSearchParams): number {
  const text = query.get('timeoutSeconds');
  if (!text || text === '0') return DEFAULT_TIMEOUT_S;
  const seconds = Number(text);
  if (!Number.isInteger(seconds)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Math.min(Math.max(seconds, 1), 24 * 3600);
}

/** As a server answers that has the WatchList feature switched off. */
function refuseUnsupported(query: URLSearchParams): void {
  if (!query.has('sendInitialEvents')) return;
  if (query.get('resourceVersionMatch') !== 'NotOlderThan') {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      fieldError.forbidden(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    ]);
  }
  throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
    fieldError.forbidden(
      'sendInitialEvents',
      'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    ),
  ]);
}
