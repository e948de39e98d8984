import { clone, isObject, type Json, type JsonObject } from '../json';
import type { StructuralSchema } from '../model';

/** Fields that every object and every embedded resource keeps. */
const ENVELOPE = ['apiVersion', 'kind', 'metadata'];

/**
 * Drops what the schema does not know, in place.
 * @returns the paths that were dropped, as strict decoding names them.
 */
export function prune(object: JsonObject, schema: StructuralSchema): string[] {
  const dropped: string[] = [];
  pruneObject(object, schema, '', true, dropped);
  return dropped.sort();
}

function pruneValue(
  value: Json | undefined,
  schema: StructuralSchema,
  path: string,
  dropped: string[],
): void {
  if (Array.isArray(value)) {
    const items = schema.items;
    if (!items) return;
    value.forEach((item, index) =>
      pruneValue(item, items, `${path}[${index}]`, dropped),
    );
    return;
  }
  if (!isObject(value)) return;
  const embedded = schema['x-kubernetes-embedded-resource'] === true;
  pruneObject(value, schema, path, embedded, dropped);
}

function pruneObject(
  value: JsonObject,
  schema: StructuralSchema,
  path: string,
  envelope: boolean,
  dropped: string[],
): void {
  const { properties = {}, additionalProperties } = schema;
  const preserve = schema['x-kubernetes-preserve-unknown-fields'] === true;
  for (const key of Object.keys(value)) {
    const child = path ? `${path}.${key}` : key;
    if (envelope && ENVELOPE.includes(key)) continue;
    if (Object.hasOwn(properties, key)) {
      pruneValue(value[key], properties[key], child, dropped);
    } else if (isObject(additionalProperties)) {
      pruneValue(
        value[key],
        additionalProperties as StructuralSchema,
        child,
        dropped,
      );
    } else if (!preserve && additionalProperties !== true) {
      delete value[key];
      dropped.push(child);
    }
  }
}

/** Sets defaults of absent fields, and of nulls where null is not allowed; in place. */
export function applyDefaults(
  value: Json | undefined,
  schema: StructuralSchema,
): void {
  if (Array.isArray(value)) {
    const items = schema.items;
    if (items) for (const item of value) applyDefaults(item, items);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const current = value[key];
    const unset =
      current === undefined || (current === null && !property.nullable);
    if (unset && property.default !== undefined) {
      value[key] = clone(property.default) as Json;
    } else if (current === null && !property.nullable) {
      delete value[key];
    }
    applyDefaults(value[key], property);
  }
  const extra = schema.additionalProperties;
  if (!isObject(extra)) return;
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(schema.properties ?? {}, key)) continue;
    applyDefaults(value[key], extra as StructuralSchema);
  }
}
