import { isObject, type Json } from '../json';

/**
 * What Argo makes of a Workflow, the template that it names and the controller's `workflowDefaults`:
 * the first that says something wins (JoinWorkflowSpec in workflow/util/merge.go of Argo 3.7).
 */

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function nameOf(item: unknown): string | undefined {
  return isObject(item) && typeof item.name === 'string'
    ? item.name
    : undefined;
}

function areNamed(items: unknown[]): boolean {
  return items.every(item => nameOf(item) !== undefined);
}

/**
 * The order in which a strategic merge patch leaves the names of two lists: those of `over` as they
 * stand there; what `under` alone has goes before the first of them that comes after it in `under`.
 */
function namesInOrder(over: unknown[], under: unknown[]) {
  const [above, below] = [over, under].map(list => list.map(nameOf));
  const names: (string | undefined)[] = [];
  const added = below.filter(name => !above.includes(name));
  for (const name of above) {
    const place = below.indexOf(name);
    while (added.length > 0 && below.indexOf(added[0]) < place) {
      names.push(added.shift());
    }
    names.push(name);
  }
  return [...new Set([...names, ...added])];
}

/** `over` on top of `under`: objects field by field, lists of named things by name, other lists whole. */
function merged(over: unknown, under: unknown): unknown {
  if (over === undefined || over === null) return under;
  if (isObject(over) && isObject(under)) return mergedFields(over, under);
  const lists = Array.isArray(over) && Array.isArray(under);
  if (!lists || !areNamed(over) || !areNamed(under)) return over;
  const find = (items: unknown[], name?: string) =>
    items.find(item => nameOf(item) === name);
  return namesInOrder(over, under).map(name =>
    merged(find(over, name), find(under, name)),
  );
}

function mergedFields(over: Json, under: Json): Json {
  const keys = new Set([...Object.keys(over), ...Object.keys(under)]);
  return Object.fromEntries(
    [...keys].map(key => [key, merged(over[key], under[key])]),
  );
}

const VALUES: readonly string[] = ['value', 'valueFrom', 'default'];

function hasValue(parameter: unknown): boolean {
  return (
    isObject(parameter) && VALUES.some(key => parameter[key] !== undefined)
  );
}

function parametersOf(spec: Json): unknown[] {
  return isObject(spec.arguments) ? listOf(spec.arguments.parameters) : [];
}

/**
 * @param spec of the Workflow
 * @param template the spec of the template that it names
 * @param defaults the spec of `workflowDefaults`
 */
export function mergeSpecs(spec: Json, template: Json, defaults: Json): Json {
  // A hook is taken whole or not at all.
  const hooks: Json = Object.assign(
    {},
    ...[defaults, template, spec].map(({ hooks: own }) => own).filter(isObject),
  );
  const all = mergedFields(mergedFields(spec, template), defaults);
  const own = isObject(all.arguments) ? all.arguments : {};
  const parameters = listOf(own.parameters).map(parameter => {
    const first = [spec, template]
      .flatMap(parametersOf)
      .find(item => nameOf(item) === nameOf(parameter) && hasValue(item));
    // Value, default and valueFrom of different places are not mixed.
    return hasValue(parameter) && first ? first : parameter;
  });
  return {
    ...all,
    arguments: { ...own, parameters },
    ...(Object.keys(hooks).length > 0 ? { hooks } : {}),
  };
}
