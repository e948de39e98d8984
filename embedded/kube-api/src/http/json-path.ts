import { isObject, type Json } from '../json';

/**
 * The first value at a printer column's path. Knows names, `['quoted names']`,
 * indexes, `[*]` and filters of the form `[?(@.type=="Ready")]`.
 */
export function evaluateJsonPath(path: string, root: Json): Json | undefined {
  let current: Json[] = [root];
  for (const step of stepsOf(path)) {
    current = current.flatMap(value => apply(step, value));
    if (!current.length) return undefined;
  }
  return current[0];
}

type Step =
  | { kind: 'name'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'all' }
  | { kind: 'filter'; path: string; equal: boolean; value: string };

const TOKEN =
  /\.([A-Za-z0-9_\-\\./]+?)(?=\.|\[|$)|\['([^']+)'\]|\[(-?\d+)\]|\[(\*)\]|\[\?\(@\.([\w.-]+)\s*(==|!=)\s*["']([^"']*)["']\)\]/gy;

/** @throws Error for a path that is outside the subset */
export function stepsOf(path: string): Step[] {
  const text = path.startsWith('.') || path.startsWith('[') ? path : `.${path}`;
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new Error(`unsupported jsonPath ${path} at "${text.slice(from)}"`);
    }
    const [, name, quoted, index, all, filter, operator, value] = match;
    if (name !== undefined) steps.push({ kind: 'name', name });
    else if (quoted !== undefined) steps.push({ kind: 'name', name: quoted });
    else if (index !== undefined) {
      steps.push({ kind: 'index', index: Number(index) });
    } else if (all) steps.push({ kind: 'all' });
    else {
      steps.push({
        kind: 'filter',
        path: filter,
        equal: operator === '==',
        value,
      });
    }
  }
  return steps;
}

function apply(step: Step, value: Json): Json[] {
  const known = (item: Json | undefined) => (item === undefined ? [] : [item]);
  switch (step.kind) {
    case 'name':
      return isObject(value) && Object.hasOwn(value, step.name)
        ? known(value[step.name])
        : [];
    case 'index':
      return Array.isArray(value) ? known(value.at(step.index)) : [];
    case 'all':
      if (Array.isArray(value)) return value;
      return isObject(value) ? Object.values(value).flatMap(known) : [];
    default:
      return Array.isArray(value)
        ? value.filter(
            item =>
              (String(evaluateJsonPath(step.path, item) ?? '') ===
                step.value) ===
              step.equal,
          )
        : [];
  }
}
