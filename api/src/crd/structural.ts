import { z } from 'zod';

/** A JSON object of an OpenAPI v3 schema in Kubernetes' structural form. */
export interface StructuralSchema {
  [keyword: string]: unknown;
  properties?: Record<string, StructuralSchema>;
  additionalProperties?: StructuralSchema;
  items?: StructuralSchema;
}

/** One x-kubernetes-validations entry. */
export interface CelRule {
  rule: string;
  message: string;
  fieldPath?: string;
}

/**
 * Turns a zod schema into a structural schema: what a client may send, so fields with a default
 * are optional and carry it.
 *
 * @throws when zod can't represent the schema as OpenAPI 3.0
 */
export function toStructural(schema: z.ZodType): StructuralSchema {
  const json = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  return clean(json as StructuralSchema);
}

/** Adds CEL rules at dotted property paths; '' is the schema itself. */
export function withRules(
  schema: StructuralSchema,
  rules: Record<string, CelRule[]>,
): StructuralSchema {
  const copy = structuredClone(schema);
  for (const [path, list] of Object.entries(rules)) {
    at(copy, path)['x-kubernetes-validations'] = list;
  }
  return copy;
}

function at(schema: StructuralSchema, path: string): StructuralSchema {
  return path
    .split('.')
    .filter(Boolean)
    .reduce((node, name) => {
      const next = node.properties?.[name];
      if (!next) {
        throw new Error(`no property "${name}" on the way to "${path}"`);
      }
      return next;
    }, schema);
}

function clean(node: StructuralSchema): StructuralSchema {
  const {
    $schema: _schema,
    propertyNames: _names,
    properties,
    items,
    additionalProperties,
    ...rest
  } = node;
  const out: StructuralSchema = { ...rest };
  if (out.format === 'date-time') {
    delete out.pattern;
  }
  if (typeof out.pattern === 'string') {
    // JavaScript escapes a slash in a pattern's source; nobody else needs it.
    out.pattern = out.pattern.replaceAll('\\/', '/');
  }
  if (out.type === 'integer') {
    out.format = 'int64';
    // zod writes the limits of a double's integers, which say nothing here.
    if (out.maximum === Number.MAX_SAFE_INTEGER) delete out.maximum;
    if (out.minimum === Number.MIN_SAFE_INTEGER) delete out.minimum;
  }
  if (properties) {
    out.properties = Object.fromEntries(
      Object.entries(properties).map(([name, child]) => [name, clean(child)]),
    );
  }
  if (items) {
    out.items = clean(items);
  }
  // A structural schema forbids additionalProperties beside properties: pruning does that job.
  if (typeof additionalProperties === 'object' && !properties) {
    out.additionalProperties = clean(additionalProperties);
  }
  return out;
}
