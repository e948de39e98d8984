import type { KubeObject, OwnerReference } from '../model';
import { arrayAt } from '../json';
import { ObjectDatabase } from './database';
import { History, type Change, type ChangeType } from './history';

export interface Entry {
  object: KubeObject;
  json: string;
  version: number;
}

type Listener = (change: Change) => void;

/**
 * All objects, in memory and on disk. Every method is synchronous: a request
 * that reads and then writes can't be interleaved with another.
 *
 * Objects that it hands out are shared: callers copy before they change.
 */
export class Store {
  private readonly kinds = new Map<string, Map<string, Entry>>();
  private readonly sortedKeys = new Map<string, string[]>();
  private readonly histories = new Map<string, History>();
  private readonly owned = new Map<string, Map<string, Change['object']>>();
  private readonly uids = new Map<string, string>();
  private readonly listeners = new Set<Listener>();
  private readonly startVersion: number;
  private current: number;

  constructor(private readonly database: ObjectDatabase) {
    this.current = database.version();
    this.startVersion = this.current;
    for (const row of database.rows()) {
      const object = JSON.parse(row.body) as KubeObject;
      this.remember(row.kind, {
        object,
        json: row.body,
        version: row.version,
      });
    }
  }

  static open(path: string): Store {
    return new Store(new ObjectDatabase(path));
  }

  version(): number {
    return this.current;
  }

  get(
    storageKey: string,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined {
    return this.entry(storageKey, namespace, name)?.object;
  }

  entry(
    storageKey: string,
    namespace: string | undefined,
    name: string,
  ): Entry | undefined {
    return this.kinds.get(storageKey)?.get(keyOf(namespace, name));
  }

  /** Entries in the order of namespace and name, as etcd gives them. */
  list(storageKey: string, namespace?: string): Entry[] {
    const entries = this.kinds.get(storageKey);
    if (!entries) return [];
    let keys = this.sortedKeys.get(storageKey);
    if (!keys) {
      keys = [...entries.keys()].sort();
      this.sortedKeys.set(storageKey, keys);
    }
    const prefix = namespace ? `${namespace}/` : '';
    const found: Entry[] = [];
    for (const key of keys) {
      if (!key.startsWith(prefix)) continue;
      const entry = entries.get(key);
      if (entry) found.push(entry);
    }
    return found;
  }

  storageKeys(): string[] {
    return [...this.kinds.keys()];
  }

  /** Creates or replaces; sets the next resourceVersion on a copy and returns it. */
  put(storageKey: string, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata;
    const previous = this.get(storageKey, namespace, name);
    const version = this.current + 1;
    const stored: KubeObject = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(version) },
    };
    const json = JSON.stringify(stored);
    this.database.save({
      kind: storageKey,
      namespace: namespace ?? '',
      name,
      version,
      body: json,
    });
    this.current = version;
    if (previous) this.forget(storageKey, previous);
    this.remember(storageKey, { object: stored, json, version });
    this.announce(storageKey, previous ? 'MODIFIED' : 'ADDED', stored, {
      json,
      previous,
    });
    return stored;
  }

  /** Removes for good; the change carries the version of the deletion, as etcd's does. */
  remove(
    storageKey: string,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined {
    const previous = this.get(storageKey, namespace, name);
    if (!previous) return undefined;
    const version = this.current + 1;
    this.database.delete({
      kind: storageKey,
      namespace: namespace ?? '',
      name,
      version,
    });
    this.current = version;
    this.forget(storageKey, previous);
    this.kinds.get(storageKey)?.delete(keyOf(namespace, name));
    this.sortedKeys.delete(storageKey);
    const last: KubeObject = {
      ...previous,
      metadata: { ...previous.metadata, resourceVersion: String(version) },
    };
    this.announce(storageKey, 'DELETED', last, {
      json: JSON.stringify(last),
      previous,
    });
    return last;
  }

  /**
   * Changes how present objects are read, without a new version: for what a
   * changed schema adds when it decodes what was stored under an older one.
   */
  reread(storageKey: string, change: (object: KubeObject) => void): void {
    for (const entry of this.kinds.get(storageKey)?.values() ?? []) {
      const object = structuredClone(entry.object);
      change(object);
      const json = JSON.stringify(object);
      if (json === entry.json) continue;
      this.forget(storageKey, entry.object);
      this.remember(storageKey, { ...entry, object, json });
    }
  }

  /** Changes of a kind after a version, or undefined if they are forgotten. */
  since(storageKey: string, version: number): Change[] | undefined {
    return this.history(storageKey).since(version);
  }

  oldestKnown(storageKey: string): number {
    return this.history(storageKey).oldest();
  }

  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Objects that name this uid in their ownerReferences. */
  ownedBy(uid: string): { storageKey: string; object: KubeObject }[] {
    return [...(this.owned.get(uid) ?? [])].map(([key, object]) => ({
      storageKey: key.split('\n')[0],
      object,
    }));
  }

  /** Storage key of the live object with this uid. */
  kindOfUid(uid: string): string | undefined {
    return this.uids.get(uid);
  }

  close(): void {
    this.listeners.clear();
    this.database.close();
  }

  private announce(
    storageKey: string,
    type: ChangeType,
    object: KubeObject,
    rest: Pick<Change, 'json' | 'previous'>,
  ): void {
    const change: Change = {
      type,
      storageKey,
      version: this.current,
      object,
      ...rest,
    };
    this.history(storageKey).add(change);
    for (const listener of [...this.listeners]) listener(change);
  }

  private history(storageKey: string): History {
    let history = this.histories.get(storageKey);
    if (!history) {
      history = new History(this.startVersion);
      this.histories.set(storageKey, history);
    }
    return history;
  }

  private remember(storageKey: string, entry: Entry): void {
    let entries = this.kinds.get(storageKey);
    if (!entries) {
      entries = new Map();
      this.kinds.set(storageKey, entries);
    }
    const { namespace, name, uid } = entry.object.metadata;
    const key = keyOf(namespace, name);
    if (!entries.has(key)) this.sortedKeys.delete(storageKey);
    entries.set(key, entry);
    if (uid) this.uids.set(uid, storageKey);
    for (const owner of ownersOf(entry.object)) {
      const dependents = this.owned.get(owner.uid) ?? new Map();
      dependents.set(`${storageKey}\n${key}`, entry.object);
      this.owned.set(owner.uid, dependents);
    }
  }

  private forget(storageKey: string, object: KubeObject): void {
    const { namespace, name, uid } = object.metadata;
    const key = keyOf(namespace, name);
    if (uid) this.uids.delete(uid);
    for (const owner of ownersOf(object)) {
      const dependents = this.owned.get(owner.uid);
      dependents?.delete(`${storageKey}\n${key}`);
      if (dependents?.size === 0) this.owned.delete(owner.uid);
    }
  }
}

export function ownersOf(object: KubeObject): OwnerReference[] {
  return arrayAt(object, 'metadata', 'ownerReferences') as OwnerReference[];
}

function keyOf(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}
