import { arrayAt } from '../json';
import type { ApiContext } from '../context';
import type { KubeObject } from '../model';
import { timestamp } from '../rest/write';

/** The object as it is now, if it is still the same one. */
export function fresh(
  { store }: ApiContext,
  storageKey: string,
  seen: KubeObject,
): KubeObject | undefined {
  const { namespace, name, uid } = seen.metadata;
  const object = store.get(storageKey, namespace, name);
  return object?.metadata.uid === uid ? object : undefined;
}

/** Deletes as a controller does: finalizers are waited for, admission is not asked. */
export function removeObject(
  { store, now }: ApiContext,
  storageKey: string,
  object: KubeObject,
): void {
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
