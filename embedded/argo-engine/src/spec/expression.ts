/**
 * One small expression language for the three places where Argo has one: `depends` and
 * `retryStrategy.expression` (expr-lang) and `when` (govaluate). Literals, names, comparison,
 * `&&`, `||`, `!`, parentheses and calls of given functions; anything else is refused.
 */
export type Value = string | number | boolean;

export interface Environment {
  /** Undefined for an unknown name, which is an error. */
  lookup(name: string): Value | undefined;
  functions?: Readonly<Record<string, (argument: Value) => Value>>;
}

export class ExpressionError extends Error {
  readonly name = 'ExpressionError';
}

type Token =
  | { kind: 'string' | 'name' | 'operator'; text: string }
  | { kind: 'number'; text: string };

const LEXER =
  /\s*(?:(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)(?![\w.])|(?<name>[A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*)*)|(?<operator>==|!=|<=|>=|&&|\|\||[<>!()]))/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (text.slice(position).trim() !== '') {
    LEXER.lastIndex = position;
    const match = LEXER.exec(text);
    if (!match?.groups) {
      const rest = text.slice(position).trim();
      throw new ExpressionError(
        `"${rest[0]}" can't be read here (hint: put the value in quotes)`,
      );
    }
    position = LEXER.lastIndex;
    const { string, number, name, operator } = match.groups;
    if (string !== undefined) {
      tokens.push({
        kind: 'string',
        text: string.slice(1, -1).replace(/\\(.)/g, '$1'),
      });
    } else if (number !== undefined) {
      tokens.push({ kind: 'number', text: number });
    } else if (name !== undefined) {
      tokens.push({ kind: 'name', text: name });
    } else {
      tokens.push({ kind: 'operator', text: operator });
    }
  }
  return tokens;
}

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

class Evaluation {
  private position = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly environment: Environment,
  ) {}

  run(): Value {
    const value = this.or();
    if (this.position < this.tokens.length) {
      throw new ExpressionError(
        `unexpected "${this.tokens[this.position].text}"`,
      );
    }
    return value;
  }

  private accept(...texts: string[]): string | undefined {
    const token = this.tokens[this.position];
    if (token?.kind === 'operator' && texts.includes(token.text)) {
      this.position += 1;
      return token.text;
    }
    return undefined;
  }

  private or(): Value {
    let left = this.and();
    while (this.accept('||')) {
      const right = asBoolean(this.and());
      left = asBoolean(left) || right;
    }
    return left;
  }

  private and(): Value {
    let left = this.comparison();
    while (this.accept('&&')) {
      const right = asBoolean(this.comparison());
      left = asBoolean(left) && right;
    }
    return left;
  }

  private comparison(): Value {
    let left = this.unary();
    for (
      let operator = this.accept(...COMPARISONS);
      operator;
      operator = this.accept(...COMPARISONS)
    ) {
      left = compare(operator, left, this.unary());
    }
    return left;
  }

  private unary(): Value {
    if (this.accept('!')) {
      return !asBoolean(this.unary());
    }
    if (this.accept('(')) {
      const value = this.or();
      this.close();
      return value;
    }
    return this.primary();
  }

  private close(): void {
    if (!this.accept(')')) {
      throw new ExpressionError('a ")" is missing');
    }
  }

  private primary(): Value {
    const token = this.tokens[this.position];
    this.position += 1;
    switch (token?.kind) {
      case 'string':
        return token.text;
      case 'number':
        return Number(token.text);
      case 'name':
        return this.name(token.text);
      default:
        throw new ExpressionError(
          token ? `unexpected "${token.text}"` : 'it ends too early',
        );
    }
  }

  private name(name: string): Value {
    if (this.accept('(')) {
      const call = this.environment.functions?.[name];
      if (!call) {
        throw new ExpressionError(`there is no function ${name}()`);
      }
      const argument = this.or();
      this.close();
      return call(argument);
    }
    if (name === 'true' || name === 'false') {
      return name === 'true';
    }
    const value = this.environment.lookup(name);
    if (value === undefined) {
      throw new ExpressionError(`${name} is not known`);
    }
    return value;
  }
}

function asBoolean(value: Value): boolean {
  if (typeof value !== 'boolean') {
    throw new ExpressionError(`${JSON.stringify(value)} is not true or false`);
  }
  return value;
}

function compare(operator: string, left: Value, right: Value): boolean {
  if (operator === '==') {
    return left === right;
  }
  if (operator === '!=') {
    return left !== right;
  }
  if (
    typeof left !== typeof right ||
    typeof left === 'boolean' ||
    typeof right === 'boolean'
  ) {
    throw new ExpressionError(
      `${JSON.stringify(left)} and ${JSON.stringify(
        right,
      )} can't be compared by ${operator}`,
    );
  }
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

/** @throws ExpressionError when the text can't be read or is not true or false. */
export function evaluateBoolean(
  text: string,
  environment: Environment,
): boolean {
  return asBoolean(new Evaluation(tokenize(text), environment).run());
}

/** A task's `when`, already substituted. As in Argo, an unquoted word stands for itself. */
export function evaluateWhen(when: string): boolean {
  try {
    return evaluateBoolean(when, { lookup: name => name });
  } catch (error) {
    throw new ExpressionError(
      `Invalid 'when' expression '${when}': ${(error as Error).message}`,
    );
  }
}

/** The functions that Argo gives to `retryStrategy.expression`, as far as they are needed. */
export const RETRY_FUNCTIONS: Environment['functions'] = {
  asInt: value => {
    const number = Number(value);
    if (!Number.isInteger(number)) {
      throw new ExpressionError(`asInt(${JSON.stringify(value)}) is no number`);
    }
    return number;
  },
  asFloat: value => Number(value),
  string: value => String(value),
};
