import type { KubeObject, KubePort, Resource } from './port';
import { KubeError } from './port';

export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface InformerOptions {
  port: KubePort;
  resource: Resource;
  labelSelector?: string;
  logger: Logger;
  signal: AbortSignal;
  /** After every change of an object, and for each one of a new list. */
  onChange(object: KubeObject): void;
  onDelete(object: KubeObject): void;
}

export interface Informer {
  /** Newest known objects. */
  items(): KubeObject[];
  get(namespace: string, name: string): KubeObject | undefined;
  /** Settles when the first list is in. */
  readonly synced: Promise<void>;
  /** Settles when the signal has ended it. */
  readonly done: Promise<void>;
}

const MAX_WAIT_MS = 5_000;

const keyOf = (object: KubeObject) =>
  `${object.metadata.namespace ?? ''}/${object.metadata.name}`;

/** Lists, then watches; begins anew after 410 and after any break, with growing pauses. */
export function startInformer(options: InformerOptions): Informer {
  const { port, resource, labelSelector, logger, signal } = options;
  let store = new Map<string, KubeObject>();
  let resourceVersion = '';
  let markSynced = () => {};
  const synced = new Promise<void>(resolve => {
    markSynced = resolve;
  });

  const relist = async () => {
    const list = await port.list(resource, labelSelector);
    const fresh = new Map(list.items.map(item => [keyOf(item), item]));
    const gone = [...store].filter(([key]) => !fresh.has(key));
    store = fresh;
    resourceVersion = list.resourceVersion;
    gone.forEach(([, object]) => options.onDelete(object));
    fresh.forEach(object => options.onChange(object));
    markSynced();
  };

  const watch = async () => {
    let expired = false;
    await port.watch(
      resource,
      { resourceVersion, labelSelector, signal },
      event => {
        if (event.type === 'ERROR') {
          expired = true;
          return;
        }
        resourceVersion =
          event.object.metadata.resourceVersion ?? resourceVersion;
        if (event.type === 'DELETED') {
          store.delete(keyOf(event.object));
          options.onDelete(event.object);
        } else if (event.type !== 'BOOKMARK') {
          store.set(keyOf(event.object), event.object);
          options.onChange(event.object);
        }
      },
    );
    if (expired) {
      throw new KubeError(410, 'Expired', 'the watch is too old');
    }
  };

  const run = async () => {
    let wait = 100;
    let needsList = true;
    while (!signal.aborted) {
      try {
        if (needsList) await relist();
        needsList = false;
        wait = 100;
        await watch();
      } catch (error) {
        if (signal.aborted) return;
        needsList = true;
        if (!(error instanceof KubeError && error.status === 410)) {
          logger.warn(
            { resource: resource.plural, error: (error as Error).message },
            'watch broke, beginning anew',
          );
        }
        wait = Math.min(wait * 2, MAX_WAIT_MS);
      }
      await pause(wait, signal);
    }
  };

  return {
    items: () => [...store.values()],
    get: (namespace, name) => store.get(`${namespace}/${name}`),
    synced,
    done: run(),
  };
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(finish, ms);
    function finish() {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
    signal.addEventListener('abort', finish);
  });
}
