import { fieldError, type FieldError } from '../errors';
import { arrayAt, isObject, objectAt, stringAt, stringsAt } from '../json';
import { CelCompileError, type CelEngine } from '../cel/engine';
import type { KubeObject } from '../model';
import { compilePolicy } from './compile';

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];

/** What would keep a ValidatingAdmissionPolicy from being evaluated faithfully. */
export function policyErrors(
  policy: KubeObject,
  engine: CelEngine,
): FieldError[] {
  const spec = objectAt(policy, 'spec');
  const errors: FieldError[] = [];
  const failure = stringAt(spec, 'failurePolicy') ?? 'Fail';
  if (!['Fail', 'Ignore'].includes(failure)) {
    errors.push(
      fieldError.notSupported('spec.failurePolicy', failure, [
        'Fail',
        'Ignore',
      ]),
    );
  }
  if (!isObject(spec.matchConstraints)) {
    errors.push(fieldError.required('spec.matchConstraints'));
  }
  const validations = arrayAt(spec, 'validations');
  if (!validations.length && !arrayAt(spec, 'auditAnnotations').length) {
    errors.push(
      fieldError.required(
        'spec.validations',
        'validations or auditAnnotations must be non-empty',
      ),
    );
  }
  validations.forEach((validation, index) => {
    const reason = stringAt(validation, 'reason');
    if (reason && !REASONS.includes(reason)) {
      errors.push(
        fieldError.notSupported(
          `spec.validations[${index}].reason`,
          reason,
          REASONS,
        ),
      );
    }
  });
  return [...errors, ...expressionErrors(policy, engine)];
}

/** One field at a time, so that the error names the expression. */
function expressionErrors(policy: KubeObject, engine: CelEngine): FieldError[] {
  const lists = ['matchConditions', 'variables', 'validations'] as const;
  return lists.flatMap(list =>
    arrayAt(policy, 'spec', list).flatMap((item, index) => {
      const field = `spec.${list}[${index}].expression`;
      if (!stringAt(item, 'expression')) return [fieldError.required(field)];
      try {
        compilePolicy({ ...policy, spec: { [list]: [item] } }, engine);
        return [];
      } catch (error) {
        if (!(error instanceof CelCompileError)) throw error;
        return [
          fieldError.invalid(
            field,
            stringAt(item, 'expression'),
            `compilation failed: ${error.message}`,
          ),
        ];
      }
    }),
  );
}

const ACTIONS = ['Deny', 'Warn', 'Audit'];

export function bindingErrors(binding: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  if (!stringAt(binding, 'spec', 'policyName')) {
    errors.push(fieldError.required('spec.policyName'));
  }
  const actions = stringsAt(binding, 'spec', 'validationActions');
  if (!actions.length) {
    errors.push(fieldError.required('spec.validationActions'));
  }
  actions
    .filter(action => !ACTIONS.includes(action))
    .forEach(action =>
      errors.push(
        fieldError.notSupported('spec.validationActions', action, ACTIONS),
      ),
    );
  return errors;
}
