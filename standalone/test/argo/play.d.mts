import type { Shown } from './cases.mjs';

export function playOnCluster(
  namespace: string,
): Promise<Record<string, Shown>>;
