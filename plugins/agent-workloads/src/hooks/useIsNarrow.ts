import { useSyncExternalStore } from 'react';

/** Where a table of a few columns no longer fits, as on a telephone. */
const NARROW = '(max-width: 600px)';

// Not in every place where tests run there is such a thing.
const narrow = () => window.matchMedia?.(NARROW);

function subscribe(onChange: () => void): () => void {
  const query = narrow();
  query?.addEventListener('change', onChange);
  return () => query?.removeEventListener('change', onChange);
}

/** Whether the window is so narrow that what is a table elsewhere is stacked. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow()?.matches ?? false);
}
