import { useCallback, useEffect, useState } from 'react';
import {
  storageApiRef,
  useApiHolder,
  type StorageApi,
} from '@backstage/frontend-plugin-api';

/** What JSON can say. */
type Keepable = Parameters<StorageApi['set']>[1];

const BUCKET = 'agent-workloads';

/**
 * What a person keeps for themselves, in the storage that the portal has for its settings.
 *
 * @param read tells what is there from what anybody may have put there
 */
export function useKept<T extends Keepable>(
  key: string,
  read: (kept: unknown) => T,
): [T, (value: T) => void] {
  const storage = useApiHolder().get(storageApiRef);
  const [kept, setKept] = useState<unknown>(
    () => storage?.forBucket(BUCKET).snapshot(key).value,
  );
  useEffect(() => {
    const bucket = storage?.forBucket(BUCKET);
    if (!bucket) return undefined;
    setKept(bucket.snapshot(key).value);
    const subscription = bucket
      .observe$(key)
      .subscribe(({ value }) => setKept(value));
    return () => subscription.unsubscribe();
  }, [storage, key]);
  const keep = useCallback(
    (value: T) => {
      setKept(value);
      void storage?.forBucket(BUCKET).set(key, value);
    },
    [storage, key],
  );
  return [read(kept), keep];
}
