import { fieldError, type FieldError } from '../errors';
import { isObject, type Json, type JsonObject } from '../json';
import type { StructuralSchema, ValidationRule } from '../model';
import { errorText, type CelEngine, type Program } from '../cel/engine';
import { typedValue } from '../cel/values';
import { canonical } from '../json';
import { mapKeys } from './list-types';

interface CompiledRule {
  rule: ValidationRule;
  program: Program;
  message?: Program;
  transition: boolean;
}

const compiled = new WeakMap<
  CelEngine,
  WeakMap<StructuralSchema, CompiledRule[]>
>();

/**
 * Rules of one node, compiled once.
 * @throws CelCompileError for a rule that can't be evaluated faithfully
 */
export function compileRules(
  schema: StructuralSchema,
  engine: CelEngine,
): CompiledRule[] {
  const cache = compiled.get(engine) ?? new WeakMap();
  compiled.set(engine, cache);
  const before = cache.get(schema);
  if (before) return before;
  const rules = (schema['x-kubernetes-validations'] ?? []).map(rule => {
    const program = engine.compile(rule.rule, ['self', 'oldSelf']);
    return {
      rule,
      program,
      transition: program.variables.has('oldSelf'),
      ...(rule.messageExpression
        ? {
            message: engine.compile(rule.messageExpression, [
              'self',
              'oldSelf',
            ]),
          }
        : {}),
    };
  });
  cache.set(schema, rules);
  return rules;
}

/** Evaluates every x-kubernetes-validations rule of a value that fits its schema. */
export function celErrors(
  value: Json,
  old: Json | undefined,
  schema: StructuralSchema,
  engine: CelEngine,
): FieldError[] {
  const errors: FieldError[] = [];
  visit({ value, old, schema, path: '' }, engine, errors);
  return errors;
}

const known = new WeakMap<StructuralSchema, boolean>();

/** True if a rule stands anywhere in the schema. */
export function hasRules(schema: StructuralSchema): boolean {
  let answer = known.get(schema);
  if (answer === undefined) {
    answer =
      Boolean(schema['x-kubernetes-validations']?.length) ||
      Object.values(schema.properties ?? {}).some(hasRules) ||
      (schema.items !== undefined && hasRules(schema.items)) ||
      (isObject(schema.additionalProperties) &&
        hasRules(schema.additionalProperties as StructuralSchema));
    known.set(schema, answer);
  }
  return answer;
}

interface Node {
  value: Json;
  old: Json | undefined;
  schema: StructuralSchema;
  path: string;
}

function visit(node: Node, engine: CelEngine, errors: FieldError[]): void {
  const { value, old, schema, path } = node;
  if (!hasRules(schema)) return;
  errors.push(...ownErrors(node, engine));
  if (Array.isArray(value) && schema.items) {
    const items = schema.items;
    const olds = correlated(old, schema);
    value.forEach((item, index) =>
      visit(
        {
          value: item,
          old: olds(item),
          schema: items,
          path: `${path}[${index}]`,
        },
        engine,
        errors,
      ),
    );
  }
  if (!isObject(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue;
    const childSchema = schemaOf(schema, key);
    if (!childSchema) continue;
    const childOld = isObject(old) ? old[key] : undefined;
    const childPath = memberPath(path, key, schema);
    visit(
      { value: child, old: childOld, schema: childSchema, path: childPath },
      engine,
      errors,
    );
  }
}

function memberPath(
  path: string,
  key: string,
  schema: StructuralSchema,
): string {
  if (!Object.hasOwn(schema.properties ?? {}, key)) return `${path}[${key}]`;
  return path ? `${path}.${key}` : key;
}

function schemaOf(
  schema: StructuralSchema,
  key: string,
): StructuralSchema | undefined {
  const { properties = {} } = schema;
  if (Object.hasOwn(properties, key)) return properties[key];
  return isObject(schema.additionalProperties)
    ? (schema.additionalProperties as StructuralSchema)
    : undefined;
}

/** The old item of a list of type map, found by its keys; other lists have none. */
function correlated(
  old: Json | undefined,
  schema: StructuralSchema,
): (item: Json) => Json | undefined {
  if (!Array.isArray(old) || schema['x-kubernetes-list-type'] !== 'map') {
    return () => undefined;
  }
  const byKey = new Map(
    old.map(item => [canonical(mapKeys(item, schema)), item]),
  );
  return item => byKey.get(canonical(mapKeys(item, schema)));
}

function ownErrors(node: Node, engine: CelEngine): FieldError[] {
  const { value, old, schema } = node;
  const rules = compileRules(schema, engine);
  if (!rules.length || value === null) return [];
  const bindings = {
    self: selfOf(value, node),
    oldSelf: old === undefined ? null : selfOf(old, node),
  };
  return rules
    .filter(rule => !rule.transition || old !== undefined)
    .map(rule => evaluate(rule, bindings, node))
    .filter((error): error is FieldError => error !== undefined);
}

/** At the root a rule sees the name as well. */
function selfOf(value: Json, node: Node) {
  if (node.path !== '' || !isObject(value)) {
    return typedValue(value, node.schema);
  }
  const { name, generateName } = (value.metadata ?? {}) as JsonObject;
  const visible: JsonObject = { ...value };
  visible.metadata = {
    ...(name === undefined ? {} : { name }),
    ...(generateName === undefined ? {} : { generateName }),
  };
  const text: StructuralSchema = { type: 'string' };
  return typedValue(visible, {
    ...node.schema,
    properties: {
      ...node.schema.properties,
      apiVersion: text,
      kind: text,
      metadata: {
        type: 'object',
        properties: { name: text, generateName: text },
      },
    },
  });
}

function evaluate(
  compiledRule: CompiledRule,
  bindings: Parameters<Program['run']>[0],
  node: Node,
): FieldError | undefined {
  const { rule, program } = compiledRule;
  const result = program.run(bindings);
  const problem = errorText(result);
  if (problem !== undefined) {
    return fieldError.invalid(
      node.path,
      node.schema.type ?? 'object',
      `${problem} evaluating rule: ${ruleName(rule)}`,
    );
  }
  if (result === true) return undefined;
  const message = messageOf(compiledRule, bindings);
  const field = `${node.path}${rule.fieldPath ?? ''}`.replace(/^\./, '');
  return ruleError(rule.reason, field, node.value, message);
}

function ruleName(rule: ValidationRule): string {
  return rule.message ?? rule.rule.trim();
}

function messageOf(
  { rule, message }: CompiledRule,
  bindings: Parameters<Program['run']>[0],
): string {
  const said = message?.run(bindings);
  if (typeof said === 'string' && said.trim() && !said.includes('\n')) {
    return said.trim();
  }
  return rule.message?.trim() || `failed rule: ${rule.rule.trim()}`;
}

function ruleError(
  reason: string | undefined,
  field: string,
  value: Json,
  message: string,
): FieldError {
  switch (reason) {
    case 'FieldValueForbidden':
      return fieldError.forbidden(field, message);
    case 'FieldValueRequired':
      return fieldError.required(field, message);
    case 'FieldValueDuplicate':
      return fieldError.duplicate(field, value);
    default:
      return typeof value === 'object'
        ? {
            field,
            reason: 'FieldValueInvalid',
            message: `Invalid value: ${message}`,
          }
        : fieldError.invalid(field, value, message);
  }
}
