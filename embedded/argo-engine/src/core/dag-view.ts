import { dependenciesOf } from '../spec/depends';
import type { Arguments, DagTask } from '../spec/schema';
import type { NodeStatus } from './model';
import { attemptsOf, nodeNamed, type Operation } from './operation';

/** One DAG in one pass. */
export interface Dag {
  readonly operation: Operation;
  readonly name: string;
  readonly node: NodeStatus;
  readonly tasks: ReadonlyMap<string, DagTask>;
  readonly failFast: boolean;
  readonly visited: Set<string>;
  /** Brings a task's node as far as it can go now. */
  execute(nodeName: string, task: DagTask, given: Arguments): void;
}

export function nodeName(dag: Dag, task: string): string {
  return `${dag.name}.${task}`;
}

export function taskNode(dag: Dag, task: string): NodeStatus | undefined {
  return nodeNamed(dag.operation, nodeName(dag, task));
}

/** The last attempt of a retried task speaks for it. */
export function speaker(dag: Dag, task: string): NodeStatus | undefined {
  const node = taskNode(dag, task);
  return node?.type === 'Retry'
    ? attemptsOf(dag.operation, node).at(-1) ?? node
    : node;
}

function ancestorsOf(dag: Dag, task: DagTask, found: Set<string>): Set<string> {
  for (const name of dependenciesOf(task)) {
    if (!found.has(name)) {
      found.add(name);
      ancestorsOf(dag, dag.tasks.get(name) as DagTask, found);
    }
  }
  return found;
}

/** What the task may refer to: the outputs of all that it comes after. */
export function taskScope(dag: Dag, task: DagTask): Map<string, string> {
  const scope = new Map(dag.operation.globals);
  for (const name of ancestorsOf(dag, task, new Set())) {
    const node = speaker(dag, name);
    if (!node) continue;
    const prefix = `tasks.${name}`;
    scope.set(`${prefix}.id`, node.id);
    scope.set(`${prefix}.status`, taskNode(dag, name)?.phase ?? node.phase);
    if (node.startedAt) scope.set(`${prefix}.startedAt`, node.startedAt);
    if (node.finishedAt) scope.set(`${prefix}.finishedAt`, node.finishedAt);
    if (node.outputs?.exitCode !== undefined) {
      scope.set(`${prefix}.exitCode`, node.outputs.exitCode);
    }
    for (const parameter of outputParameters(dag, node)) {
      if (parameter.value !== undefined) {
        scope.set(
          `${prefix}.outputs.parameters.${parameter.name}`,
          parameter.value,
        );
      }
    }
  }
  return scope;
}

/** A task that never ran answers with the defaults that its template declares. */
function outputParameters(dag: Dag, node: NodeStatus) {
  if (!node.outputs && ['Skipped', 'Omitted'].includes(node.phase)) {
    const template = dag.operation.templates.get(node.templateName ?? '');
    return (template?.outputs?.parameters ?? []).map(({ name, valueFrom }) => ({
      name,
      value: valueFrom?.default,
    }));
  }
  return node.outputs?.parameters ?? [];
}
