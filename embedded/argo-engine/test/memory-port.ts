import {
  KubeError,
  type KubeObject,
  type KubePort,
  type ObjectName,
  type Resource,
  type WatchEvent,
} from '@agentworkloads/kube-client';

interface Watcher {
  plural: string;
  label: string | undefined;
  onEvent(event: WatchEvent): void;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386 */
function merge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

/**
 * An API server as far as the engine needs one: versions, conflicts, watch, status subresource of
 * Pods, and children that go with their owner.
 */
export class MemoryPort implements KubePort {
  private readonly store = new Map<string, KubeObject>();
  private readonly watchers = new Set<Watcher>();
  private readonly history: {
    version: number;
    plural: string;
    event: WatchEvent;
  }[] = [];
  private version = 100;

  private key(resource: Resource, { namespace, name }: ObjectName): string {
    return `${resource.plural}/${namespace ?? ''}/${name}`;
  }

  private emit(plural: string, type: WatchEvent['type'], object: KubeObject) {
    const event = { type, object: structuredClone(object) };
    const version = Number(object.metadata.resourceVersion);
    this.history.push({ version, plural, event });
    for (const watcher of this.watchers) {
      const labelled =
        !watcher.label || object.metadata.labels?.[watcher.label] !== undefined;
      if (watcher.plural === plural && labelled) {
        watcher.onEvent(structuredClone(event));
      }
    }
  }

  private put(
    resource: Resource,
    object: KubeObject,
    type: 'ADDED' | 'MODIFIED',
  ): KubeObject {
    this.version += 1;
    const stored = structuredClone(object);
    stored.metadata.resourceVersion = String(this.version);
    this.store.set(this.key(resource, object.metadata), stored);
    this.emit(resource.plural, type, stored);
    return structuredClone(stored);
  }

  async get(resource: Resource, name: ObjectName) {
    return structuredClone(this.store.get(this.key(resource, name)));
  }

  async list(resource: Resource, labelSelector?: string) {
    return {
      resourceVersion: String(this.version),
      items: [...this.store]
        .filter(([key]) => key.startsWith(`${resource.plural}/`))
        .map(([, object]) => structuredClone(object))
        .filter(
          ({ metadata }) =>
            !labelSelector || metadata.labels?.[labelSelector] !== undefined,
        ),
    };
  }

  async create(resource: Resource, object: KubeObject) {
    if (this.store.has(this.key(resource, object.metadata))) {
      throw new KubeError(409, 'AlreadyExists', 'already exists');
    }
    const fresh = structuredClone(object);
    fresh.metadata.uid ??= `uid-${this.version + 1}`;
    return this.put(resource, fresh, 'ADDED');
  }

  async replace(resource: Resource, object: KubeObject) {
    const current = this.store.get(this.key(resource, object.metadata));
    if (!current) throw new KubeError(404, 'NotFound', 'not found');
    if (current.metadata.resourceVersion !== object.metadata.resourceVersion) {
      throw new KubeError(409, 'Conflict', 'the object has been modified');
    }
    return this.put(resource, object, 'MODIFIED');
  }

  async mergePatch(
    resource: Resource,
    name: ObjectName,
    patch: unknown,
    subresource?: 'status',
  ) {
    const current = this.store.get(this.key(resource, name));
    if (!current) throw new KubeError(404, 'NotFound', 'not found');
    const wanted = (patch as { metadata?: { uid?: string } }).metadata?.uid;
    if (wanted && wanted !== current.metadata.uid) {
      throw new KubeError(409, 'Conflict', 'uid');
    }
    const effective =
      subresource === 'status'
        ? { status: (patch as { status: unknown }).status }
        : patch;
    return this.put(
      resource,
      merge(current, effective) as KubeObject,
      'MODIFIED',
    );
  }

  /** Changes an object as somebody else would. */
  async edit(
    resource: Resource,
    name: ObjectName,
    change: (object: KubeObject) => void,
  ) {
    const object = await this.get(resource, name);
    if (!object) throw new KubeError(404, 'NotFound', 'not found');
    change(object);
    return this.put(resource, object, 'MODIFIED');
  }

  async remove(resource: Resource, name: ObjectName, uid?: string) {
    const key = this.key(resource, name);
    const object = this.store.get(key);
    if (!object || (uid && object.metadata.uid !== uid)) return;
    this.store.delete(key);
    this.version += 1;
    object.metadata.resourceVersion = String(this.version);
    this.emit(resource.plural, 'DELETED', object);
    for (const [childKey, child] of [...this.store]) {
      const owners =
        (child.metadata as { ownerReferences?: { uid: string }[] })
          .ownerReferences ?? [];
      if (owners.some(owner => owner.uid === object.metadata.uid)) {
        const [plural, namespace, childName] = childKey.split('/');
        await this.remove(
          { ...resource, plural },
          { namespace, name: childName },
        );
      }
    }
  }

  watch(
    resource: Resource,
    options: {
      resourceVersion: string;
      labelSelector?: string;
      signal: AbortSignal;
    },
    onEvent: (event: WatchEvent) => void,
  ) {
    const watcher: Watcher = {
      plural: resource.plural,
      label: options.labelSelector,
      onEvent,
    };
    for (const { version, plural, event } of this.history) {
      const labelled =
        !watcher.label ||
        event.object.metadata.labels?.[watcher.label] !== undefined;
      if (
        version > Number(options.resourceVersion) &&
        plural === watcher.plural &&
        labelled
      ) {
        onEvent(structuredClone(event));
      }
    }
    this.watchers.add(watcher);
    return new Promise<void>(resolve => {
      options.signal.addEventListener('abort', () => {
        this.watchers.delete(watcher);
        resolve();
      });
    });
  }
}
