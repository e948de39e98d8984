export interface BackoffOptions {
  baseMs: number;
  maxMs: number;
}

/** base, 2 x base, 4 x base … up to max. `failures` counts from 1. */
export function exponential(options: BackoffOptions, failures: number): number {
  const exponent = Math.min(Math.max(0, failures - 1), 40);
  return Math.min(options.maxMs, options.baseMs * 2 ** exponent);
}

/**
 * Full value plus up to half of it, so that clients that failed together don't come back together.
 * @param random in [0, 1)
 */
export function jittered(ms: number, random: number): number {
  return Math.round(ms * (1 + random / 2));
}
