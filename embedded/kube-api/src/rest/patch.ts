import { applyPatch, type Operation } from 'rfc6902';
import { parse as parseYaml } from 'yaml';
import { ApiError, badRequest } from '../errors';
import { clone, isObject, type Json, type JsonObject } from '../json';
import { apiVersionOf, type KubeObject, type ResourceDef } from '../model';
import { strategicMerge } from './strategic-merge';

export const APPLY_PATCH = 'application/apply-patch+yaml';
const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
/** As many operations as the real server takes. */
const MAX_OPERATIONS = 10_000;

/** How a patch changes an object; parsed once, then applied. */
export type ChangeFunction = (current: KubeObject) => KubeObject;

/** @throws ApiError 415 for an unknown type, 400 for a patch that does not parse */
export function parsePatch(
  contentType: string,
  body: string,
  def: ResourceDef,
): ChangeFunction {
  const type = contentType.split(';')[0].trim();
  const known = def.custom
    ? [JSON_PATCH, MERGE_PATCH, APPLY_PATCH]
    : [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH];
  if (!known.includes(type)) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${known.join(
        ', ',
      )}`,
    );
  }
  if (type === JSON_PATCH) return jsonPatch(body);
  const patch =
    type === APPLY_PATCH ? parseApplied(body, def) : parseBody(body);
  if (type === STRATEGIC_PATCH) {
    return current => withEnvelope(strategicMerge(current, patch), current);
  }
  return current => withEnvelope(mergePatch(current, patch), current);
}

function parseBody(body: string): JsonObject {
  let patch: Json;
  try {
    patch = JSON.parse(body) as Json;
  } catch (error) {
    throw badRequest(`error decoding patch: ${(error as Error).message}`);
  }
  if (!isObject(patch)) {
    throw badRequest('error decoding patch: the patch must be a JSON object');
  }
  return patch;
}

/** The configuration of a server-side apply. */
export function parseApplied(body: string, def: ResourceDef): JsonObject {
  let applied: unknown;
  try {
    applied = parseYaml(body);
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`);
  }
  if (!isObject(applied)) {
    throw badRequest('error decoding YAML: the body must be an object');
  }
  const expected = apiVersionOf(def);
  if (applied.apiVersion !== expected || applied.kind !== def.kind) {
    throw badRequest(
      `invalid object type: ${applied.apiVersion}, Kind=${applied.kind} does not match ${expected}, Kind=${def.kind}`,
    );
  }
  return applied;
}

/** apiVersion and kind can't be patched away. */
function withEnvelope(next: Json, current: KubeObject): KubeObject {
  if (!isObject(next) || !isObject(next.metadata)) {
    throw badRequest('the patch leaves no object');
  }
  return {
    ...next,
    apiVersion: current.apiVersion,
    kind: current.kind,
  } as KubeObject;
}

/** RFC 7386. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return clone(patch);
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) result[key] = mergePatch(result[key], value);
  }
  return result;
}

function jsonPatch(body: string): ChangeFunction {
  let operations: unknown;
  try {
    operations = JSON.parse(body);
  } catch (error) {
    throw badRequest(`error decoding patch: ${(error as Error).message}`);
  }
  if (!Array.isArray(operations)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  if (operations.length > MAX_OPERATIONS) {
    throw new ApiError(
      413,
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`,
    );
  }
  return current => {
    const next: KubeObject = clone(current);
    for (const operation of operations as Json[]) {
      applyOperation(next, operation);
    }
    return withEnvelope(next, current);
  };
}

/** The library does nothing after an error, but it goes on: so one at a time. */
function applyOperation(target: KubeObject, operation: Json): void {
  if (!isObject(operation)) throw rejected();
  const pointers = [operation.path, operation.from].filter(
    pointer => pointer !== undefined,
  );
  const inside = pointers.every(
    pointer => typeof pointer === 'string' && staysInside(target, pointer),
  );
  if (!inside) throw rejected();
  let problem: Error | null;
  try {
    if (operation.op === 'remove' && operation.path === '') throw rejected();
    [problem] = applyPatch(target, [operation as unknown as Operation]);
  } catch {
    throw rejected();
  }
  if (problem && !isMissingReplace(operation, problem)) throw rejected();
  if (problem) applyOperation(target, { ...operation, op: 'add' });
}

/**
 * True if a pointer walks over own members alone. The library would follow what
 * every JavaScript object inherits, and so change the server itself.
 */
function staysInside(target: KubeObject, pointer: string): boolean {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  let current: unknown = target;
  return tokens.every((token, index) => {
    if (token === '__proto__') return false;
    const own =
      typeof current === 'object' &&
      current !== null &&
      Object.hasOwn(current, token);
    const last = index === tokens.length - 1;
    if (!own) return last && !(token in Object.prototype);
    current = (current as Record<string, unknown>)[token];
    return true;
  });
}

/** The API server's library lets `replace` create a member of an object that exists. */
function isMissingReplace(operation: JsonObject, problem: Error): boolean {
  return operation.op === 'replace' && problem.name === 'MissingError';
}

/** The real server says no more than this, too. */
function rejected(): ApiError {
  return new ApiError(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}
