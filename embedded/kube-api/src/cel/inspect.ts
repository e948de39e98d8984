import type { parse } from '@bufbuild/cel';

type Expr = NonNullable<ReturnType<typeof parse>['expr']>;

export interface Inspection {
  variables: Set<string>;
  functions: Set<string>;
}

/** Free variables and called functions of an expression. */
export function inspect(expr: Expr): Inspection {
  const found: Inspection = { variables: new Set(), functions: new Set() };
  visit(expr, new Set(), found);
  return found;
}

function visit(
  expr: Expr | undefined,
  bound: ReadonlySet<string>,
  found: Inspection,
): void {
  if (!expr) return;
  const kind = expr.exprKind;
  switch (kind.case) {
    case 'identExpr':
      if (!bound.has(kind.value.name)) found.variables.add(kind.value.name);
      break;
    case 'selectExpr':
      visit(kind.value.operand, bound, found);
      break;
    case 'callExpr':
      visitCall(kind.value, bound, found);
      break;
    case 'listExpr':
      for (const element of kind.value.elements) visit(element, bound, found);
      break;
    case 'structExpr':
      for (const entry of kind.value.entries) {
        if (entry.keyKind.case === 'mapKey') {
          visit(entry.keyKind.value, bound, found);
        }
        visit(entry.value, bound, found);
      }
      break;
    case 'comprehensionExpr': {
      const { iterVar, accuVar, iterRange, accuInit, ...rest } = kind.value;
      visit(iterRange, bound, found);
      visit(accuInit, bound, found);
      const inner = new Set([...bound, iterVar, accuVar]);
      visit(rest.loopCondition, inner, found);
      visit(rest.loopStep, inner, found);
      visit(rest.result, inner, found);
      break;
    }
    default:
  }
}

/** A function in a namespace, such as `sets.contains`, parses as a method of a variable. */
function visitCall(
  call: Extract<Expr['exprKind'], { case: 'callExpr' }>['value'],
  bound: ReadonlySet<string>,
  found: Inspection,
): void {
  const target = call.target?.exprKind;
  if (
    target?.case === 'identExpr' &&
    !bound.has(target.value.name) &&
    NAMESPACES.has(target.value.name)
  ) {
    found.functions.add(`${target.value.name}.${call.function}`);
  } else {
    found.functions.add(call.function);
    visit(call.target, bound, found);
  }
  for (const argument of call.args) visit(argument, bound, found);
}

const NAMESPACES = new Set([
  'sets',
  'strings',
  'math',
  'base64',
  'optional',
  'cel',
  'ip',
  'cidr',
  'format',
]);
