import { fieldError, type FieldError } from '../errors';
import { isObject } from '../json';
import type { StructuralSchema } from '../model';
import { CelCompileError, type CelEngine } from '../cel/engine';
import { compileRules } from './cel-rules';

const TYPES = ['object', 'array', 'string', 'integer', 'number', 'boolean'];

/** Fields of a schema that are understood; any other is refused, for it would be ignored. */
const KNOWN = new Set([
  'type',
  'format',
  'title',
  'description',
  'default',
  'nullable',
  'example',
  'externalDocs',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
]);

/** Checks a CRD's schema when it is installed: structure, patterns and rules. */
export function schemaErrors(
  schema: StructuralSchema,
  field: string,
  engine: CelEngine,
): FieldError[] {
  return [
    ...nodeErrors(schema, field),
    ...ruleErrors(schema, field, engine),
    ...childrenOf(schema, field).flatMap(([child, path]) =>
      schemaErrors(child, path, engine),
    ),
  ];
}

function childrenOf(
  schema: StructuralSchema,
  field: string,
): [StructuralSchema, string][] {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([key, child]): [StructuralSchema, string] => [
      child,
      `${field}.properties[${key}]`,
    ],
  );
  const extra = schema.additionalProperties;
  return [
    ...properties,
    ...(schema.items
      ? [[schema.items, `${field}.items`] as [StructuralSchema, string]]
      : []),
    ...(isObject(extra)
      ? [
          [extra as StructuralSchema, `${field}.additionalProperties`] as [
            StructuralSchema,
            string,
          ],
        ]
      : []),
  ];
}

function nodeErrors(schema: StructuralSchema, field: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of Object.keys(schema)) {
    if (!KNOWN.has(key)) {
      errors.push(
        fieldError.forbidden(
          `${field}.${key}`,
          'not part of the embedded API server',
        ),
      );
    }
  }
  const free =
    schema['x-kubernetes-int-or-string'] ||
    schema['x-kubernetes-preserve-unknown-fields'];
  if (!schema.type && !free) {
    errors.push(
      fieldError.required(
        `${field}.type`,
        'must not be empty for specified object fields',
      ),
    );
  }
  if (schema.type && !TYPES.includes(schema.type)) {
    errors.push(fieldError.notSupported(`${field}.type`, schema.type, TYPES));
  }
  if (schema.type === 'array' && !schema.items) {
    errors.push(fieldError.required(`${field}.items`, 'must be specified'));
  }
  if (schema.pattern !== undefined) {
    try {
      RegExp(schema.pattern, 'u');
    } catch (error) {
      errors.push(
        fieldError.invalid(
          `${field}.pattern`,
          schema.pattern,
          (error as Error).message,
        ),
      );
    }
  }
  return errors;
}

function ruleErrors(
  schema: StructuralSchema,
  field: string,
  engine: CelEngine,
): FieldError[] {
  const rules = schema['x-kubernetes-validations'] ?? [];
  const errors: FieldError[] = [];
  rules.forEach((rule, index) => {
    const at = `${field}.x-kubernetes-validations[${index}]`;
    if (rule.optionalOldSelf) {
      errors.push(
        fieldError.forbidden(
          `${at}.optionalOldSelf`,
          'optional types are not part of the embedded API server',
        ),
      );
    }
    try {
      compileRules({ 'x-kubernetes-validations': [rule] }, engine);
    } catch (error) {
      if (!(error instanceof CelCompileError)) throw error;
      errors.push(
        fieldError.invalid(
          `${at}.rule`,
          rule.rule,
          `compilation failed: ${error.message}`,
        ),
      );
    }
  });
  return errors;
}
