import type { Shown } from './cases.mjs';

export function playOnCluster(
  namespace: string,
  names?: string[],
): Promise<Record<string, Shown>>;
