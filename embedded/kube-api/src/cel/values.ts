import { create } from '@bufbuild/protobuf';
import {
  DurationSchema,
  timestampFromMs,
  type Duration,
} from '@bufbuild/protobuf/wkt';
import { celList, celMap, type CelInput } from '@bufbuild/cel';
import { isObject, type Json } from '../json';
import type { StructuralSchema } from '../model';

/** Names that CEL reserves; a property of such a name is read as `__name__` in a CRD's rule. */
const RESERVED = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
]);

/** A JSON value without a schema: whole numbers are ints, as the API server decodes them. */
export function dynamicValue(value: Json | undefined): CelInput {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') {
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  if (Array.isArray(value)) return celList(value.map(dynamicValue));
  if (!isObject(value)) return value;
  const map = new Map<string, CelInput>();
  for (const [key, child] of Object.entries(value)) {
    if (child !== undefined) map.set(key, dynamicValue(child));
  }
  return celMap(map);
}

/** A value as a CRD's rule sees it: typed by the schema, property names escaped. */
export function typedValue(
  value: Json | undefined,
  schema: StructuralSchema,
): CelInput {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') {
    if (schema.type === 'number') return value;
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  if (typeof value === 'string') return typedString(value, schema);
  if (Array.isArray(value)) {
    const items = schema.items ?? {};
    return celList(value.map(item => typedValue(item, items)));
  }
  if (!isObject(value)) return value;
  if (
    schema['x-kubernetes-preserve-unknown-fields'] &&
    !schema.properties &&
    !schema.additionalProperties
  ) {
    return dynamicValue(value);
  }
  const map = new Map<string, CelInput>();
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue;
    const { properties = {} } = schema;
    const property = Object.hasOwn(properties, key)
      ? properties[key]
      : undefined;
    if (property) {
      map.set(escapeProperty(key), typedValue(child, property));
    } else if (isObject(schema.additionalProperties)) {
      const extra = schema.additionalProperties as StructuralSchema;
      map.set(key, typedValue(child, extra));
    }
  }
  return celMap(map);
}

function typedString(value: string, schema: StructuralSchema): CelInput {
  if (schema.format === 'date-time' && !Number.isNaN(Date.parse(value))) {
    return timestampFromMs(Date.parse(value));
  }
  if (schema.format === 'duration') return parseDuration(value) ?? value;
  if (schema.format === 'byte') return Buffer.from(value, 'base64');
  return value;
}

/** Go's duration text: `1h30m`, `90s`. */
export function parseDuration(text: string): Duration | undefined {
  const units: Record<string, number> = {
    ns: 1,
    us: 1e3,
    µs: 1e3,
    ms: 1e6,
    s: 1e9,
    m: 60e9,
    h: 3600e9,
  };
  if (!/^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let nanos = 0;
  for (const [, amount, unit] of text.matchAll(
    /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g,
  )) {
    nanos += Number(amount) * units[unit];
  }
  if (text.startsWith('-')) nanos = -nanos;
  return create(DurationSchema, {
    seconds: BigInt(Math.trunc(nanos / 1e9)),
    nanos: nanos % 1e9,
  });
}

export function escapeProperty(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
