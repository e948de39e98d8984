import { evaluateBoolean, ExpressionError } from './expression';
import type { DagTask } from './schema';

/** What `depends` may ask about a task. */
export const TASK_RESULTS = [
  'Succeeded',
  'Failed',
  'Errored',
  'Skipped',
  'Omitted',
  'Daemoned',
] as const;
export type TaskResult = (typeof TASK_RESULTS)[number];

const REFERENCE =
  /([a-zA-Z0-9][-a-zA-Z0-9]*)(?:\.([A-Z][a-zA-Z]+))?(?![-a-zA-Z0-9.])/g;

/** A bare name passes on these; that is why the gate is asked for by `.Succeeded`. */
const BARE: readonly TaskResult[] = ['Succeeded', 'Skipped', 'Daemoned'];

function logicOf(task: DagTask): string {
  return task.depends ?? (task.dependencies ?? []).join(' && ');
}

/** Names of the tasks that this one waits for, each once. */
export function dependenciesOf(task: DagTask): string[] {
  return [
    ...new Set(
      [...logicOf(task).matchAll(REFERENCE)].map(reference => reference[1]),
    ),
  ];
}

/**
 * Whether the task may run, once all its dependencies have ended.
 *
 * @param phaseOf - the node phase of a dependency
 * @throws ExpressionError for an unknown result or an expression that can't be read
 */
export function dependsAllows(
  task: DagTask,
  phaseOf: (task: string) => string | undefined,
): boolean {
  const references = new Map<string, boolean>();
  const logic = logicOf(task).replace(
    REFERENCE,
    (_text, name: string, result: string | undefined) => {
      const wanted = result === undefined ? BARE : [asResult(name, result)];
      // Task names may hold a "-", which the expression language has no name for.
      const variable = `t${references.size}`;
      references.set(
        variable,
        wanted.some(one => phaseMatches(one, phaseOf(name))),
      );
      return variable;
    },
  );
  return evaluateBoolean(logic, { lookup: name => references.get(name) });
}

function asResult(task: string, result: string): TaskResult {
  const found = TASK_RESULTS.find(one => one === result);
  if (!found) {
    throw new ExpressionError(
      `task result '${result}' for task '${task}' is invalid`,
    );
  }
  return found;
}

function phaseMatches(result: TaskResult, phase: string | undefined): boolean {
  if (result === 'Errored') {
    return phase === 'Error';
  }
  return result !== 'Daemoned' && phase === result;
}
