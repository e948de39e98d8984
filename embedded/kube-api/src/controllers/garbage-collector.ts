import { arrayAt } from '../json';
import type { ApiContext } from '../context';
import type { KubeObject, OwnerReference, ResourceDef } from '../model';
import { ownersOf } from '../store/store';
import { fresh, removeObject } from './removal';

/** Keeps owners and dependents together, as the collector of a cluster does. */
export class GarbageCollector {
  constructor(private readonly context: ApiContext) {}

  /** An object that is going, or whose owners may be gone. */
  settle(storageKey: string, seen: KubeObject): void {
    const object = fresh(this.context, storageKey, seen);
    if (!object) return;
    const finalizers = arrayAt(object, 'metadata', 'finalizers');
    const going = Boolean(object.metadata.deletionTimestamp);
    if (going && finalizers.includes('orphan')) {
      this.orphan(storageKey, object);
    } else if (going && finalizers.includes('foregroundDeletion')) {
      this.deleteInForeground(storageKey, object);
    } else {
      this.checkOwners(storageKey, object);
    }
  }

  /** An object is gone: its dependents follow, and its owners may have waited for it. */
  afterDeletion(object: KubeObject): void {
    const { store } = this.context;
    for (const dependent of store.ownedBy(object.metadata.uid ?? '')) {
      this.settle(dependent.storageKey, dependent.object);
    }
    for (const owner of ownersOf(object)) this.resettle(owner, object);
  }

  private resettle(owner: OwnerReference, dependent: KubeObject): void {
    const { store } = this.context;
    const key = store.kindOfUid(owner.uid);
    if (!key) return;
    const object =
      store.get(key, dependent.metadata.namespace, owner.name) ??
      store.get(key, undefined, owner.name);
    if (object?.metadata.deletionTimestamp) this.settle(key, object);
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
      removeObject(this.context, storageKey, object);
    }
  }

  /** An owner of a kind that is not served counts as alive: nobody can tell. */
  private isAlive(owner: OwnerReference, dependent: KubeObject): boolean {
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
    const { registry } = this.context;
    const exact = registry.findKind(apiVersion, kind);
    if (exact) return exact;
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    return registry.all().find(def => def.group === group && def.kind === kind);
  }

  private orphan(storageKey: string, object: KubeObject): void {
    const { store } = this.context;
    const { uid } = object.metadata;
    for (const dependent of store.ownedBy(uid ?? '')) {
      const others = ownersOf(dependent.object).filter(
        owner => owner.uid !== uid,
      );
      const { ownerReferences: _, ...metadata } = dependent.object.metadata;
      store.put(dependent.storageKey, {
        ...dependent.object,
        metadata: {
          ...metadata,
          ...(others.length > 0 && { ownerReferences: others }),
        },
      });
    }
    this.release(storageKey, object, 'orphan');
  }

  private deleteInForeground(storageKey: string, object: KubeObject): void {
    const { store } = this.context;
    const uid = object.metadata.uid ?? '';
    for (const dependent of store.ownedBy(uid)) {
      removeObject(this.context, dependent.storageKey, dependent.object);
    }
    const blocking = store
      .ownedBy(uid)
      .some(dependent =>
        ownersOf(dependent.object).some(
          owner => owner.uid === uid && owner.blockOwnerDeletion === true,
        ),
      );
    if (!blocking) this.release(storageKey, object, 'foregroundDeletion');
  }

  private release(
    storageKey: string,
    seen: KubeObject,
    finalizer: string,
  ): void {
    const object = fresh(this.context, storageKey, seen);
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
}
