import { fieldError, type FieldError } from '../errors';
import { canonical, isObject, type Json, type JsonObject } from '../json';
import type { StructuralSchema } from '../model';

/** Doubles in lists of type `set` and `map`. */
export function listTypeErrors(
  value: Json | undefined,
  schema: StructuralSchema,
  path: string,
): FieldError[] {
  if (Array.isArray(value)) {
    const items = schema.items;
    const inner = items
      ? value.flatMap((item, index) =>
          listTypeErrors(item, items, `${path}[${index}]`),
        )
      : [];
    return [...doubles(value, schema, path), ...inner];
  }
  if (!isObject(value)) return [];
  const properties = schema.properties ?? {};
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = path ? `${path}.${key}` : key;
    if (Object.hasOwn(properties, key)) {
      return listTypeErrors(child, properties[key], childPath);
    }
    return isObject(schema.additionalProperties)
      ? listTypeErrors(
          child,
          schema.additionalProperties as StructuralSchema,
          childPath,
        )
      : [];
  });
}

function doubles(
  value: Json[],
  schema: StructuralSchema,
  path: string,
): FieldError[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return [];
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  value.forEach((item, index) => {
    const identity = type === 'set' ? item : mapKeys(item, schema);
    if (identity === undefined) return;
    const key = canonical(identity);
    if (seen.has(key)) {
      errors.push(fieldError.duplicate(`${path}[${index}]`, identity));
    }
    seen.add(key);
  });
  return errors;
}

/** The values of the list-map keys, defaults included; undefined if the item has none of them. */
export function mapKeys(
  item: Json,
  schema: StructuralSchema,
): JsonObject | undefined {
  if (!isObject(item)) return undefined;
  const keys: JsonObject = {};
  for (const key of schema['x-kubernetes-list-map-keys'] ?? []) {
    if (item[key] !== undefined) keys[key] = item[key];
  }
  return Object.keys(keys).length ? keys : undefined;
}
