import { arrayAt } from '../json';
import type { ApiContext } from '../context';
import type { KubeObject } from '../model';
import { timestamp } from '../rest/write';
import { applyDefaults, prune } from '../schema/default-prune';
import type { Change } from '../store/history';
import { ownersOf } from '../store/store';
import { GarbageCollector } from './garbage-collector';
import { TaskQueue } from './queue';
import { fresh, removeObject } from './removal';

export const CRDS = 'customresourcedefinitions.apiextensions.k8s.io';

/** Serves a definition, and reads what is stored under it by its present schema. */
export function installDefinition(
  { registry, store }: ApiContext,
  crd: KubeObject,
): void {
  registry.install(crd);
  const schema = registry.ofStorageKey(crd.metadata.name)?.custom?.schema;
  if (!schema) return;
  store.reread(crd.metadata.name, object => {
    prune(object, schema);
    applyDefaults(object, schema);
  });
}

/**
 * What the controller manager does on a cluster: garbage collection by owner,
 * end of namespaces and of custom resources, the `default` service accounts.
 */
export class Controllers {
  private readonly queue: TaskQueue;
  private readonly collector: GarbageCollector;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly context: ApiContext,
    onError: (error: unknown) => void,
  ) {
    this.queue = new TaskQueue(onError);
    this.collector = new GarbageCollector(context);
    this.unsubscribe = context.store.onChange(change => this.react(change));
  }

  /** Takes up what a killed process left half done. */
  resume(): void {
    const { store } = this.context;
    for (const key of store.storageKeys()) {
      for (const { object } of store.list(key)) this.consider(key, object);
    }
  }

  stop(): void {
    this.queue.stop();
    this.unsubscribe();
  }

  private react(change: Change): void {
    const { storageKey, type, object } = change;
    if (storageKey === CRDS) this.syncRegistry(change);
    if (type !== 'DELETED') {
      this.consider(storageKey, object);
      return;
    }
    this.queue.add(() => this.collector.afterDeletion(object));
    if (storageKey === CRDS) {
      this.queue.add(() => this.emptyDefinition(object.metadata.name));
    }
    const { namespace } = object.metadata;
    if (namespace) this.queue.add(() => this.finishNamespace(namespace));
  }

  private consider(storageKey: string, object: KubeObject): void {
    if (storageKey === 'namespaces') {
      this.queue.add(() => this.visitNamespace(object));
    } else if (object.metadata.deletionTimestamp || ownersOf(object).length) {
      this.queue.add(() => this.collector.settle(storageKey, object));
    }
  }

  /** At once: the next request may already be for the new kind. */
  private syncRegistry(change: Change): void {
    if (change.type === 'DELETED') {
      this.context.registry.uninstall(change.object.metadata.name);
    } else {
      installDefinition(this.context, change.object);
    }
  }

  private visitNamespace(seen: KubeObject): void {
    const namespace = fresh(this.context, 'namespaces', seen);
    if (!namespace) return;
    if (namespace.metadata.deletionTimestamp) {
      this.emptyNamespace(namespace.metadata.name);
    } else {
      this.ensureAccount(namespace.metadata.name);
    }
  }

  private emptyNamespace(name: string): void {
    const { store } = this.context;
    for (const key of store.storageKeys()) {
      for (const { object } of store.list(key, name)) {
        removeObject(this.context, key, object);
      }
    }
    this.finishNamespace(name);
  }

  private finishNamespace(name: string): void {
    const { store } = this.context;
    const namespace = store.get('namespaces', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    const left = store.storageKeys().some(key => store.list(key, name).length);
    const held = arrayAt(namespace, 'metadata', 'finalizers').length > 0;
    if (!left && !held) store.remove('namespaces', undefined, name);
  }

  private emptyDefinition(crdName: string): void {
    for (const { object } of this.context.store.list(crdName)) {
      removeObject(this.context, crdName, object);
    }
  }

  private ensureAccount(namespace: string): void {
    const { store, newUid, now } = this.context;
    if (store.get('serviceaccounts', namespace, 'default')) return;
    store.put('serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: 'default',
        namespace,
        uid: newUid(),
        creationTimestamp: timestamp(now()),
      },
    });
  }
}
