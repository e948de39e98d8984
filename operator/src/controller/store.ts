import type { KubeObject } from '../ports';

/** `namespace/name`; the name alone for cluster-scoped objects. */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

export type IndexFunction<T> = (object: T) => string | undefined;

/** The last seen state of a kind, by key and by one optional index. */
export class Store<T extends KubeObject> {
  private readonly objects = new Map<string, T>();
  private readonly index = new Map<string, Set<string>>();

  constructor(private readonly indexOf?: IndexFunction<T>) {}

  get size(): number {
    return this.objects.size;
  }

  get(key: string): T | undefined {
    return this.objects.get(key);
  }

  keys(): string[] {
    return [...this.objects.keys()];
  }

  byIndex(value: string): T[] {
    const found: T[] = [];
    for (const key of this.index.get(value) ?? []) {
      const object = this.objects.get(key);
      if (object) found.push(object);
    }
    return found;
  }

  set(object: T): T | undefined {
    const key = keyOf(object);
    const before = this.delete(key);
    this.objects.set(key, object);
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
    const value = this.indexOf?.(before);
    const keys = value === undefined ? undefined : this.index.get(value);
    keys?.delete(key);
    if (value !== undefined && keys?.size === 0) this.index.delete(value);
    return before;
  }
}
