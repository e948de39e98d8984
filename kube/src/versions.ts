const DECIMAL = /^\d+$/;

/**
 * Whether one resourceVersion is of an earlier moment than another. The API server promises decimal
 * numbers that grow (since 1.35 by its documentation, in etcd always); they may be longer than a
 * double is exact. What is no such number can't be told, and is older than nothing.
 */
export function isOlder(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (!DECIMAL.test(a) || !DECIMAL.test(b)) return false;
  return BigInt(a) < BigInt(b);
}
