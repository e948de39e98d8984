import type { KubeObject } from './types';
import { isOlder } from './versions';

/** `namespace/name`; the name alone for cluster-scoped objects. */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

export type IndexFunction<T> = (object: T) => string | undefined;

/** Bounds what a store holds by its size, not by its number. */
export interface Room<T> {
  /** For all objects together. */
  bytes: number;
  weigh: (object: T) => number;
  /** What is held of an object that there is no room for. */
  withoutBulk: (object: T) => T;
}

/** The last seen state of a kind, by key and by one optional index. */
export class Store<T extends KubeObject> {
  private readonly objects = new Map<string, T>();
  private readonly index = new Map<string, Set<string>>();

  private readonly weights = new Map<string, number>();
  private held = 0;

  constructor(
    private readonly indexOf?: IndexFunction<T>,
    private readonly room?: Room<T>,
  ) {}

  /** Bytes that are held, as they are weighed. */
  get bytes(): number {
    return this.held;
  }

  get size(): number {
    return this.objects.size;
  }

  get(key: string): T | undefined {
    return this.objects.get(key);
  }

  keys(): string[] {
    return [...this.objects.keys()];
  }

  values(): IterableIterator<T> {
    return this.objects.values();
  }

  /** The one that was seen last stands last. */
  byIndex(value: string): T[] {
    const found: T[] = [];
    for (const key of this.index.get(value) ?? []) {
      const object = this.objects.get(key);
      if (object) found.push(object);
    }
    return found;
  }

  /**
   * Takes what a list or a watch brought, unless a state as new or newer is held already: answers to
   * our own writes come by another connection and may have been first.
   * @returns what was held before, and whether it gave way
   */
  put(object: T): { before?: T; taken: boolean } {
    const before = this.objects.get(keyOf(object));
    const known = before?.metadata;
    const { uid, resourceVersion } = object.metadata;
    const same =
      known?.uid === uid && known?.resourceVersion === resourceVersion;
    if (same || isOlder(resourceVersion, known?.resourceVersion)) {
      return { before, taken: false };
    }
    this.set(object);
    return { before, taken: true };
  }

  /**
   * Takes the answer to a request of our own: over an older state of the same object only. What isn't
   * held may have been deleted since, and only the watch can tell; the same goes for a namesake.
   * @returns what was held before, and whether it gave way
   */
  refresh(object: T): { before?: T; taken: boolean } {
    const before = this.objects.get(keyOf(object));
    const known = before?.metadata;
    const { uid, resourceVersion } = object.metadata;
    const newer =
      known?.uid === uid && isOlder(known?.resourceVersion, resourceVersion);
    if (newer) this.set(object);
    return { before, taken: newer };
  }

  /** Takes an object whatever is held: for a server that went back in time. */
  set(object: T): T | undefined {
    const key = keyOf(object);
    const before = this.delete(key);
    this.objects.set(key, this.fit(key, object));
    const value = this.indexOf?.(object);
    if (value !== undefined) {
      let keys = this.index.get(value);
      if (!keys) this.index.set(value, (keys = new Set()));
      keys.add(key);
    }
    return before;
  }

  delete(key: string): T | undefined {
    const before = this.objects.get(key);
    if (!before) return undefined;
    this.objects.delete(key);
    this.held -= this.weights.get(key) ?? 0;
    this.weights.delete(key);
    const value = this.indexOf?.(before);
    const keys = value === undefined ? undefined : this.index.get(value);
    keys?.delete(key);
    if (value !== undefined && keys?.size === 0) this.index.delete(value);
    return before;
  }

  private fit(key: string, object: T): T {
    const { room } = this;
    const weight = room?.weigh(object) ?? 0;
    if (!room || weight === 0) return object;
    if (this.held + weight > room.bytes) return room.withoutBulk(object);
    this.held += weight;
    this.weights.set(key, weight);
    return object;
  }
}
