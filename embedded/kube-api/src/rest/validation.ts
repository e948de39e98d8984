import { badRequest, invalid, type FieldError } from '../errors';
import type { Json } from '../json';
import type { ApiContext, WriteOptions } from '../context';
import type { CustomSpec, KubeObject, ResourceDef } from '../model';
import { celErrors, hasRules } from '../schema/cel-rules';
import { applyDefaults, prune } from '../schema/default-prune';
import { validateSchema } from '../schema/validate';
import { metadataErrors } from './metadata';
import { strategyOf } from './strategies';

const UNCHECKED: FieldError = {
  field: '<nil>',
  reason: 'FieldValueInvalid',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};

/** After such an error an expression could meet a value that it does not expect. */
const BLOCKING = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

/**
 * Prunes and defaults a custom object in place, as decoding does.
 * @throws ApiError 400 for unknown fields under fieldValidation=Strict
 */
export function shape(
  object: KubeObject,
  def: ResourceDef,
  options: WriteOptions,
): void {
  if (!def.custom) return;
  const dropped = prune(object, def.custom.schema);
  applyDefaults(object, def.custom.schema);
  if (!dropped.length || options.fieldValidation === 'Ignore') return;
  const texts = dropped.map(path => `unknown field "${path}"`);
  if (options.fieldValidation === 'Strict') {
    throw badRequest(
      `${def.kind} in version "${def.version}" cannot be handled as a ${
        def.kind
      }: strict decoding error: ${texts.join(', ')}`,
    );
  }
  texts.forEach(options.warn);
}

/** @throws ApiError 422 with every error that was found */
export function validate(
  object: KubeObject,
  def: ResourceDef,
  context: ApiContext,
  previous?: KubeObject,
  first: FieldError[] = [],
): void {
  const errors = [...first, ...metadataErrors(object, def)];
  if (def.custom) {
    errors.push(...customErrors(object, def.custom, context, previous, errors));
  } else {
    const own = strategyOf(def).validate?.(object, context, previous) ?? [];
    errors.push(...own);
  }
  if (errors.length) throw invalid(def, object.metadata.name ?? '', errors);
}

function customErrors(
  object: KubeObject,
  custom: CustomSpec,
  context: ApiContext,
  previous: KubeObject | undefined,
  before: FieldError[],
): FieldError[] {
  const errors = validateSchema(object, custom.schema);
  if (!hasRules(custom.schema)) return errors;
  if ([...before, ...errors].some(error => BLOCKING.has(error.reason))) {
    return [...errors, UNCHECKED];
  }
  const found = celErrors(
    object,
    previous as Json | undefined,
    custom.schema,
    context.cel,
  );
  return [...errors, ...found];
}
