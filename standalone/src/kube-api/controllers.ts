import { arrayAt } from './json';
import type { ApiContext } from './context';
import type { KubeObject, ResourceDef } from './model';
import { ownersOf } from './store/store';
import type { Change } from './store/history';
import { timestamp } from './rest/write';

const CRDS = 'customresourcedefinitions.apiextensions.k8s.io';

/**
 * What the controller manager does on a cluster: garbage collection by owner,
 * end of namespaces and of custom resources, the `default` service accounts.
 * Works through a queue after the write that caused it was answered.
 */
export class Controllers {
  private readonly queue: (() => void)[] = [];
  private scheduled = false;
  private stopped = false;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly context: ApiContext,
    private readonly onError: (error: unknown) => void,
  ) {
    this.unsubscribe = context.store.onChange(change => this.react(change));
  }

  /** Takes up what a killed process left half done. */
  resume(): void {
    const { store } = this.context;
    for (const key of store.storageKeys()) {
      for (const { object } of store.list(key)) {
        if (object.metadata.deletionTimestamp || ownersOf(object).length) {
          this.later(() => this.settle(key, object));
        }
      }
    }
    for (const { object } of store.list('namespaces')) {
      this.later(() => this.ensureAccount(object));
    }
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
  }

  private react(change: Change): void {
    const { storageKey, type, object } = change;
    if (storageKey === CRDS) this.syncRegistry(change);
    if (type === 'DELETED') {
      const { uid } = object.metadata;
      if (uid) this.later(() => this.collect(uid));
      if (storageKey === CRDS) this.later(() => this.emptyDefinition(object));
      for (const owner of ownersOf(object)) {
        this.later(() => this.resettle(owner, object));
      }
      if (object.metadata.namespace) {
        this.later(() => this.finishNamespace(object.metadata.namespace ?? ''));
      }
      return;
    }
    if (storageKey === 'namespaces') {
      this.later(() => this.ensureAccount(object));
    }
    if (object.metadata.deletionTimestamp || ownersOf(object).length) {
      this.later(() => this.settle(storageKey, object));
    }
  }

  private syncRegistry(change: Change): void {
    const { registry } = this.context;
    if (change.type === 'DELETED') {
      registry.uninstall(change.object.metadata.name);
    } else {
      registry.install(change.object);
    }
  }

  private later(task: () => void): void {
    this.queue.push(task);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.drain());
  }

  private drain(): void {
    this.scheduled = false;
    for (const task of this.queue.splice(0)) {
      if (this.stopped) return;
      try {
        task();
      } catch (error) {
        this.onError(error);
      }
    }
  }

  /** An object that is going, or whose owners may be gone. */
  private settle(storageKey: string, seen: KubeObject): void {
    const object = this.fresh(storageKey, seen);
    if (!object) return;
    if (storageKey === 'namespaces' && object.metadata.deletionTimestamp) {
      this.emptyNamespace(object.metadata.name);
      return;
    }
    const finalizers = arrayAt(object, 'metadata', 'finalizers');
    if (object.metadata.deletionTimestamp && finalizers.includes('orphan')) {
      this.orphan(storageKey, object);
      return;
    }
    if (
      object.metadata.deletionTimestamp &&
      finalizers.includes('foregroundDeletion')
    ) {
      this.deleteInForeground(storageKey, object);
      return;
    }
    this.checkOwners(storageKey, object);
  }

  private fresh(storageKey: string, seen: KubeObject): KubeObject | undefined {
    const { namespace, name, uid } = seen.metadata;
    const object = this.context.store.get(storageKey, namespace, name);
    return object?.metadata.uid === uid ? object : undefined;
  }

  /** Deletes what has no owner left; forgets owners that are gone where others remain. */
  private checkOwners(storageKey: string, object: KubeObject): void {
    const owners = ownersOf(object);
    if (!owners.length || object.metadata.deletionTimestamp) return;
    const alive = owners.filter(owner => this.isAlive(owner, object));
    if (alive.length === owners.length) return;
    if (alive.length) {
      this.context.store.put(storageKey, {
        ...object,
        metadata: { ...object.metadata, ownerReferences: alive },
      });
    } else {
      this.remove(storageKey, object);
    }
  }

  /** An owner of a kind that is not served counts as alive: nobody can tell. */
  private isAlive(
    owner: ReturnType<typeof ownersOf>[number],
    dependent: KubeObject,
  ): boolean {
    const def = this.ownerKind(owner.apiVersion, owner.kind);
    if (!def) return true;
    const { namespace } = dependent.metadata;
    if (def.namespaced && !namespace) return true;
    const live = this.context.store.get(
      def.storageKey,
      def.namespaced ? namespace : undefined,
      owner.name,
    );
    return live?.metadata.uid === owner.uid;
  }

  private ownerKind(apiVersion: string, kind: string): ResourceDef | undefined {
    const exact = this.context.registry.findKind(apiVersion, kind);
    if (exact) return exact;
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    return this.context.registry
      .all()
      .find(def => def.group === group && def.kind === kind);
  }

  /** A dependent is gone: its owner may have waited for that. */
  private resettle(
    owner: ReturnType<typeof ownersOf>[number],
    dependent: KubeObject,
  ): void {
    const { store } = this.context;
    const key = store.kindOfUid(owner.uid);
    if (!key) return;
    const object =
      store.get(key, dependent.metadata.namespace, owner.name) ??
      store.get(key, undefined, owner.name);
    if (object?.metadata.deletionTimestamp) this.settle(key, object);
  }

  private collect(ownerUid: string): void {
    for (const { storageKey, object } of this.context.store.ownedBy(ownerUid)) {
      this.settle(storageKey, object);
    }
  }

  private remove(storageKey: string, object: KubeObject): void {
    const { store, now } = this.context;
    const { namespace, name } = object.metadata;
    if (!arrayAt(object, 'metadata', 'finalizers').length) {
      store.remove(storageKey, namespace, name);
    } else if (!object.metadata.deletionTimestamp) {
      store.put(storageKey, {
        ...object,
        metadata: {
          ...object.metadata,
          deletionTimestamp: timestamp(now()),
          deletionGracePeriodSeconds: 0,
        },
      });
    }
  }

  private orphan(storageKey: string, object: KubeObject): void {
    const { store } = this.context;
    const { uid } = object.metadata;
    for (const dependent of store.ownedBy(uid ?? '')) {
      store.put(dependent.storageKey, {
        ...dependent.object,
        metadata: {
          ...dependent.object.metadata,
          ownerReferences: ownersOf(dependent.object).filter(
            owner => owner.uid !== uid,
          ),
        },
      });
    }
    this.release(storageKey, object, 'orphan');
  }

  private deleteInForeground(storageKey: string, object: KubeObject): void {
    const { store } = this.context;
    const uid = object.metadata.uid ?? '';
    for (const dependent of store.ownedBy(uid)) {
      this.remove(dependent.storageKey, dependent.object);
    }
    const blocking = store
      .ownedBy(uid)
      .some(dependent =>
        ownersOf(dependent.object).some(
          owner => owner.uid === uid && owner.blockOwnerDeletion === true,
        ),
      );
    if (blocking) return;
    this.release(storageKey, object, 'foregroundDeletion');
  }

  private release(
    storageKey: string,
    seen: KubeObject,
    finalizer: string,
  ): void {
    const object = this.fresh(storageKey, seen);
    if (!object) return;
    const { store } = this.context;
    const { namespace, name } = object.metadata;
    const finalizers = arrayAt(object, 'metadata', 'finalizers').filter(
      item => item !== finalizer,
    );
    if (!finalizers.length) {
      store.remove(storageKey, namespace, name);
    } else {
      store.put(storageKey, {
        ...object,
        metadata: { ...object.metadata, finalizers },
      });
    }
  }

  private emptyNamespace(name: string): void {
    const { store } = this.context;
    for (const key of store.storageKeys()) {
      for (const { object } of store.list(key, name)) {
        if (object.metadata.namespace === name) this.remove(key, object);
      }
    }
    this.finishNamespace(name);
  }

  private finishNamespace(name: string): void {
    const { store } = this.context;
    const namespace = store.get('namespaces', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    const left = store
      .storageKeys()
      .some(key =>
        store
          .list(key, name)
          .some(({ object }) => object.metadata.namespace === name),
      );
    const held = arrayAt(namespace, 'metadata', 'finalizers').length > 0;
    if (!left && !held) store.remove('namespaces', undefined, name);
  }

  private emptyDefinition(crd: KubeObject): void {
    const { store } = this.context;
    for (const { object } of store.list(crd.metadata.name)) {
      this.remove(crd.metadata.name, object);
    }
  }

  private ensureAccount(seen: KubeObject): void {
    const { store, newUid, now } = this.context;
    const namespace = this.fresh('namespaces', seen);
    if (!namespace || namespace.metadata.deletionTimestamp) return;
    const { name } = namespace.metadata;
    if (store.get('serviceaccounts', name, 'default')) return;
    store.put('serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: 'default',
        namespace: name,
        uid: newUid(),
        creationTimestamp: timestamp(now()),
      },
    });
  }
}
