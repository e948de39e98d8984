import { fieldError, type FieldError } from '../errors';
import { equal, isObject, type Json } from '../json';
import type { StructuralSchema } from '../model';
import { checkFormat } from './formats';
import { listTypeErrors } from './list-types';

/**
 * Validates against a structural schema; messages and reasons as the API server
 * gives them (checked against 1.35).
 */
export function validateSchema(
  value: Json,
  schema: StructuralSchema,
): FieldError[] {
  const errors: FieldError[] = [];
  check(value, schema, '', errors);
  return [...errors, ...listTypeErrors(value, schema, '')];
}

function check(
  value: Json | undefined,
  schema: StructuralSchema,
  path: string,
  errors: FieldError[],
): void {
  if (value === undefined) return;
  if (value === null && schema.nullable) return;
  const mismatch = typeMismatch(value, schema, path);
  if (mismatch) {
    errors.push(mismatch);
    return;
  }
  if (typeof value === 'string') errors.push(...ofString(value, schema, path));
  if (typeof value === 'number') errors.push(...ofNumber(value, schema, path));
  if (Array.isArray(value)) ofArray(value, schema, path, errors);
  if (isObject(value)) ofObject(value, schema, path, errors);
  if (schema.enum && !schema.enum.some(item => equal(item, value))) {
    errors.push(fieldError.notSupported(path, value, schema.enum));
  }
  ofCombinations(value, schema, path, errors);
}

function goType(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

function typeMismatch(
  value: Json,
  schema: StructuralSchema,
  path: string,
): FieldError | undefined {
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  const expected = intOrString ? 'integer,string' : schema.type;
  if (!expected) return undefined;
  const actual = goType(value);
  const fits =
    expected.split(',').includes(actual) ||
    (expected === 'number' && actual === 'integer');
  if (fits) return undefined;
  return fieldError.type(
    path,
    actual,
    `${path} in body must be of type ${expected}: "${actual}"`,
  );
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = new RegExp(source, 'u');
    patterns.set(source, pattern);
  }
  return pattern;
}

/** Of the length and the pattern only the first failure is told. */
function ofString(
  value: string,
  schema: StructuralSchema,
  path: string,
): FieldError[] {
  const bad = (detail: string) =>
    fieldError.invalid(path, value, `${path} in body ${detail}`);
  const length = [...value].length;
  const errors: FieldError[] = [];
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    errors.push(fieldError.tooLong(path, schema.maxLength));
  } else if (schema.minLength !== undefined && length < schema.minLength) {
    errors.push(bad(`should be at least ${schema.minLength} chars long`));
  } else if (schema.pattern && !patternOf(schema.pattern).test(value)) {
    errors.push(bad(`should match '${schema.pattern}'`));
  }
  if (schema.format && !checkFormat(schema.format, value)) {
    const quoted = JSON.stringify(value);
    errors.push(
      fieldError.type(
        path,
        value,
        `${path} in body must be of type ${schema.format}: ${quoted}`,
      ),
    );
  }
  return errors;
}

function ofNumber(
  value: number,
  schema: StructuralSchema,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const bad = (detail: string) =>
    errors.push(fieldError.invalid(path, value, `${path} in body ${detail}`));
  const { multipleOf, minimum, maximum } = schema;
  if (
    multipleOf !== undefined &&
    !Number.isInteger(Number((value / multipleOf).toFixed(9)))
  ) {
    bad(`should be a multiple of ${multipleOf}`);
  }
  if (maximum !== undefined) {
    if (schema.exclusiveMaximum ? value >= maximum : value > maximum) {
      const than = schema.exclusiveMaximum ? 'less' : 'less than or equal';
      bad(
        `should be ${than} ${
          schema.exclusiveMaximum ? 'than' : 'to'
        } ${maximum}`,
      );
    }
  }
  if (minimum !== undefined) {
    if (schema.exclusiveMinimum ? value <= minimum : value < minimum) {
      bad(
        schema.exclusiveMinimum
          ? `should be greater than ${minimum}`
          : `should be greater than or equal to ${minimum}`,
      );
    }
  }
  return errors;
}

function ofArray(
  value: Json[],
  schema: StructuralSchema,
  path: string,
  errors: FieldError[],
): void {
  const size = value.length;
  if (schema.maxItems !== undefined && size > schema.maxItems) {
    errors.push(fieldError.tooMany(path, size, schema.maxItems));
  }
  if (schema.minItems !== undefined && size < schema.minItems) {
    errors.push(
      fieldError.invalid(
        path,
        size,
        `${path} in body should have at least ${schema.minItems} items`,
      ),
    );
  }
  const items = schema.items;
  if (!items) return;
  value.forEach((item, index) =>
    check(item, items, `${path}[${index}]`, errors),
  );
}

function ofObject(
  value: { [key: string]: Json | undefined },
  schema: StructuralSchema,
  path: string,
  errors: FieldError[],
): void {
  const at = (key: string) => (path ? `${path}.${key}` : key);
  const size = Object.keys(value).length;
  if (schema.maxProperties !== undefined && size > schema.maxProperties) {
    errors.push(fieldError.tooMany(path, size, schema.maxProperties));
  }
  if (schema.minProperties !== undefined && size < schema.minProperties) {
    errors.push(
      fieldError.invalid(
        path,
        size,
        `${path} in body should have at least ${schema.minProperties} properties`,
      ),
    );
  }
  for (const key of schema.required ?? []) {
    if (value[key] === undefined) errors.push(fieldError.required(at(key)));
  }
  const properties = schema.properties ?? {};
  for (const [key, child] of Object.entries(value)) {
    if (Object.hasOwn(properties, key)) {
      check(child, properties[key], at(key), errors);
    } else if (isObject(schema.additionalProperties)) {
      check(
        child,
        schema.additionalProperties as StructuralSchema,
        at(key),
        errors,
      );
    }
  }
}

function ofCombinations(
  value: Json,
  schema: StructuralSchema,
  path: string,
  errors: FieldError[],
): void {
  const errorsOf = (part: StructuralSchema) => {
    const found: FieldError[] = [];
    check(value, part, path, found);
    return found;
  };
  const say = (detail: string, details: FieldError[] = []) =>
    errors.push(
      {
        field: '<nil>',
        reason: 'FieldValueInvalid',
        message: `Invalid value: "": "${path}" must validate ${detail}`,
      },
      ...details,
    );
  for (const part of schema.allOf ?? []) {
    const found = errorsOf(part);
    if (found.length) say('all the schemas (allOf)', found);
  }
  if (schema.anyOf) {
    const results = schema.anyOf.map(errorsOf);
    if (!results.some(result => result.length === 0)) {
      say('at least one schema (anyOf)', results[0]);
    }
  }
  if (schema.oneOf) {
    const results = schema.oneOf.map(errorsOf);
    const fitting = results.filter(result => result.length === 0).length;
    if (fitting === 0) {
      say('one and only one schema (oneOf). Found none valid', results[0]);
    } else if (fitting > 1) {
      say(
        `one and only one schema (oneOf). Found ${fitting} valid alternatives`,
      );
    }
  }
  if (schema.not && errorsOf(schema.not).length === 0) {
    errors.push({
      field: '<nil>',
      reason: 'FieldValueInvalid',
      message: `Invalid value: "": "${path}" must not validate the schema (not)`,
    });
  }
}
