import {
  celEnv,
  isCelError,
  parse,
  plan,
  type CelEnv,
  type CelFunc,
  type CelInput,
  type CelResult,
} from '@bufbuild/cel';
import { AUTHORIZER_TYPES } from './authorizer';
import { KUBERNETES_FUNCTIONS } from './functions';
import { inspect } from './inspect';

/** An expression that can be evaluated again and again. */
export interface Program {
  source: string;
  /** Free variables of the expression. */
  variables: Set<string>;
  run(bindings: Record<string, CelInput>): CelResult;
}

export class CelCompileError extends Error {}

/** Compiles expressions and refuses what it could not evaluate as the API server does. */
export class CelEngine {
  private readonly env: CelEnv;

  constructor(functions: CelFunc[] = []) {
    this.env = celEnv({
      funcs: [...KUBERNETES_FUNCTIONS, ...functions],
      registry: AUTHORIZER_TYPES,
    });
  }

  /** @throws CelCompileError with a text that names what is not understood. */
  compile(source: string, known: string[]): Program {
    const parsed = parseOrExplain(source);
    const { variables, functions } = inspect(parsed.expr);
    for (const name of functions) {
      const operator = /^[^a-zA-Z]/.test(name);
      if (!operator && !this.env.funcs.find(name)) {
        throw new CelCompileError(
          `undeclared reference to '${name}': the embedded API server has no such CEL function`,
        );
      }
    }
    for (const name of variables) {
      if (!known.includes(name) && !TYPE_NAMES.has(name)) {
        throw new CelCompileError(
          `undeclared reference to '${name}' (in container '')`,
        );
      }
    }
    const evaluate = plan(this.env, parsed);
    return {
      source,
      variables,
      run: bindings => evaluate(bindings as never),
    };
  }
}

const TYPE_NAMES = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
  'google',
]);

function parseOrExplain(source: string): ReturnType<typeof parse> {
  try {
    return parse(source);
  } catch (error) {
    const optional = /\.\?|\[\?|\{\?/.test(source)
      ? '; optional syntax (?.) is not supported, use has()'
      : '';
    throw new CelCompileError(
      `Syntax error: ${(error as Error).message}${optional}`,
    );
  }
}

/** Text of an evaluation error in the words of cel-go. */
export function errorText(result: CelResult): string | undefined {
  if (!isCelError(result)) return undefined;
  return result.message
    .replace(/^field not found: /, 'no such key: ')
    .replace(
      /^Failed to parse duration.*/,
      "type conversion error from 'string' to 'google.protobuf.Duration'",
    )
    .replace(/^index (\d+) out of bounds.*/, 'index out of bounds: $1');
}
