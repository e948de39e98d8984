import { arrayAt, stringAt } from '../json';
import type { KubeObject } from '../model';
import type { CelEngine, Program } from '../cel/engine';

/** What every expression of a policy may name; `variables` only after the match conditions. */
const VARIABLES = [
  'object',
  'oldObject',
  'request',
  'params',
  'namespaceObject',
  'authorizer',
];

export interface CompiledValidation {
  program: Program;
  message?: string;
  messageProgram?: Program;
  reason?: string;
}

export interface CompiledPolicy {
  matchConditions: { name: string; program: Program }[];
  variables: { name: string; program: Program }[];
  validations: CompiledValidation[];
}

/** @throws CelCompileError, its text begins with the field */
export function compilePolicy(
  policy: KubeObject,
  engine: CelEngine,
): CompiledPolicy {
  const compile = (value: unknown, key: string, withVariables = true) =>
    engine.compile(
      stringAt(value, key) ?? '',
      withVariables ? [...VARIABLES, 'variables'] : VARIABLES,
    );
  return {
    matchConditions: arrayAt(policy, 'spec', 'matchConditions').map(item => ({
      name: stringAt(item, 'name') ?? '',
      program: compile(item, 'expression', false),
    })),
    variables: arrayAt(policy, 'spec', 'variables').map(item => ({
      name: stringAt(item, 'name') ?? '',
      program: compile(item, 'expression'),
    })),
    validations: arrayAt(policy, 'spec', 'validations').map(item => {
      const message = stringAt(item, 'message');
      const reason = stringAt(item, 'reason');
      return {
        program: compile(item, 'expression'),
        ...(message ? { message } : {}),
        ...(reason ? { reason } : {}),
        ...(stringAt(item, 'messageExpression')
          ? { messageProgram: compile(item, 'messageExpression') }
          : {}),
      };
    }),
  };
}
