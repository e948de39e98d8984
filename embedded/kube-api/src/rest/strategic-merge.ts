import { equal, isObject, type Json, type JsonObject } from '../json';

/** Lists of built-in kinds that are merged by a key, by the name of their field. */
const MERGE_KEYS: Record<string, string> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  imagePullSecrets: 'name',
  secrets: 'name',
  ports: 'containerPort',
  conditions: 'type',
  ownerReferences: 'uid',
};

/** Lists of plain values that are merged as sets. */
const SETS = ['finalizers'];

/**
 * Kubernetes' own patch for built-in kinds. Lists without a merge key are
 * replaced whole, as in a merge patch.
 */
export function strategicMerge(
  target: Json | undefined,
  patch: JsonObject,
): JsonObject {
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return {};
  const result: JsonObject = isObject(target) ? { ...target } : {};
  if (Array.isArray(patch.$retainKeys)) {
    for (const key of Object.keys(result)) {
      if (!patch.$retainKeys.includes(key)) delete result[key];
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) delete result[key];
    else if (isObject(value)) result[key] = strategicMerge(result[key], value);
    else if (Array.isArray(value)) {
      result[key] = mergeList(key, result[key], value);
    } else result[key] = value;
  }
  applyPrimitiveDeletes(result, patch);
  return result;
}

function mergeList(
  field: string,
  target: Json | undefined,
  patch: Json[],
): Json[] {
  const old = Array.isArray(target) ? target : [];
  if (SETS.includes(field)) {
    return [...old, ...patch.filter(item => !old.includes(item))];
  }
  const key = MERGE_KEYS[field];
  if (!key || !patch.every(isObject)) return patch;
  if (patch.some(item => item.$patch === 'replace')) {
    return patch.filter(item => item.$patch !== 'replace');
  }
  const result = [...old];
  for (const item of patch) {
    const index = result.findIndex(
      candidate => isObject(candidate) && equal(candidate[key], item[key]),
    );
    if (item.$patch === 'delete') {
      if (index >= 0) result.splice(index, 1);
    } else if (index >= 0) {
      result[index] = strategicMerge(result[index], item);
    } else {
      result.push(withoutDirectives(item));
    }
  }
  return result;
}

const DELETE_FROM = '$deleteFromPrimitiveList/';

function applyPrimitiveDeletes(result: JsonObject, patch: JsonObject): void {
  for (const [directive, values] of Object.entries(patch)) {
    if (!directive.startsWith(DELETE_FROM) || !Array.isArray(values)) continue;
    const field = directive.slice(DELETE_FROM.length);
    const list = result[field];
    if (Array.isArray(list)) {
      result[field] = list.filter(item => !values.includes(item));
    }
  }
}

function withoutDirectives(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !key.startsWith('$')),
  );
}
