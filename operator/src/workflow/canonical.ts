import { isObject } from '../json';

/**
 * One text for what means the same to Argo and to the API server, whichever of them wrote it: keys
 * sorted; what Go leaves out or adds when it writes an empty value dropped; quantities and numbers
 * as text; lists in which order says nothing in the order of the names.
 */

/** Counted up with each change of the form: digests of two forms can't be compared. */
export const CANONICAL_FORM = 2;

/**
 * Lists of which things are taken by their name alone. In others order has a meaning, or may have one:
 * an entry of `env` refers to those before it, init containers run in turn, artifacts may be unpacked
 * over each other, and under a limit of parallelism the first task begins first.
 */
const TAKEN_BY_NAME: readonly string[] = ['parameters', 'templates', 'volumes'];

/** Structs that Go writes as `{}` though nothing was said, and maps that it leaves out when they are empty. Other empty objects do say something: `suspend`, `emptyDir`. */
const WRITTEN_EMPTY: readonly string[] = [
  'annotations',
  'arguments',
  'inputs',
  'labels',
  'matchLabels',
  'metadata',
  'nodeSelector',
  'outputs',
  'resources',
  'status',
  'strategy',
];

/** Plain booleans of Go: false is what they are when they are left out. Pointers, such as `allowPrivilegeEscalation`, are not among them. */
const FALSE_WHEN_ABSENT: readonly string[] = [
  'clusterScope',
  'deleted',
  'disableSubmodules',
  'error',
  'failed',
  'insecureIgnoreHostKey',
  'insecureSkipTLS',
  'insecureSkipVerify',
  'optional',
  'readOnly',
  'recurseMode',
  'setOwnerReference',
  'singleBranch',
  'stdin',
  'stdinOnce',
  'tty',
  'useSDKCreds',
];

function saysNothing(key: string, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value === false) return FALSE_WHEN_ABSENT.includes(key);
  return (
    isObject(value) &&
    Object.keys(value).length === 0 &&
    WRITTEN_EMPTY.includes(key)
  );
}

/** Binary and decimal suffixes of a Kubernetes quantity, and what they stand for. */
const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** `0.5` and `500m`, `1Gi` and `1024Mi` are one; what is no quantity stays as it is. */
function quantity(value: unknown): unknown {
  const match = /^([0-9.]+)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(value));
  if (!match) return value;
  const number = Number(match[1]) * (match[2] ? SUFFIXES[match[2]] : 1);
  return Number.isFinite(number)
    ? String(Number(number.toPrecision(15)))
    : value;
}

/** Maps of quantities, by the key that they stand under. */
const QUANTITIES: readonly string[] = ['limits', 'requests', 'sizeLimit'];

function canonicalValue(
  key: string,
  value: unknown,
  inQuantities: boolean,
): unknown {
  if (Array.isArray(value)) {
    const items = value.map(item => canonicalValue('', item, false));
    return TAKEN_BY_NAME.includes(key) ? inOrder(items) : items;
  }
  if (isObject(value)) return canonicalObject(value, QUANTITIES.includes(key));
  if (inQuantities || QUANTITIES.includes(key)) return quantity(value);
  return typeof value === 'number' ? String(value) : value;
}

/** A list whose every item has a name of its own means the same in any order. */
function inOrder(items: unknown[]): unknown[] {
  const names = items.map(item =>
    isObject(item) && typeof item.name === 'string' ? item.name : undefined,
  );
  const named =
    names.every(name => name !== undefined) &&
    new Set(names).size === names.length;
  if (!named) return items;
  return [...items].sort((a, b) => {
    const [left, right] = [a, b].map(item => (item as { name: string }).name);
    return left < right ? -1 : 1;
  });
}

function canonicalObject(
  object: Record<string, unknown>,
  inQuantities = false,
): Record<string, unknown> {
  const entries = Object.keys(object)
    .sort()
    .map((key): [string, unknown] => [
      key,
      canonicalValue(key, object[key], inQuantities),
    ])
    .filter(([key, value]) => !saysNothing(key, value));
  return Object.fromEntries(entries);
}

/** @returns JSON without spaces; equal for values that mean the same */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(canonicalValue('', value, false));
}

/** The same of each field of an object, by name in order; a field that says nothing is left out. */
export function canonicalFields(
  object: Record<string, unknown>,
): Map<string, string> {
  const fields = Object.entries(canonicalObject(object));
  return new Map(fields.map(([key, value]) => [key, JSON.stringify(value)]));
}
