import { dependenciesOf, dependsAllows } from '../spec/depends';
import { evaluateWhen } from '../spec/expression';
import type { Arguments, Artifact, DagTask, Template } from '../spec/schema';
import { dependenciesResolved, substitute } from '../spec/substitute';
import { executeTemplate, type Execution } from './execute';
import {
  isCompleted,
  isFailedOrError,
  isFulfilled,
  type NodePhase,
  type NodeStatus,
} from './model';
import {
  addChild,
  addNode,
  attemptsOf,
  isShutDown,
  markNode,
  nodeNamed,
  outboundOf,
  type Operation,
} from './operation';

interface Dag {
  readonly operation: Operation;
  readonly name: string;
  readonly node: NodeStatus;
  readonly tasks: ReadonlyMap<string, DagTask>;
  readonly failFast: boolean;
  readonly visited: Set<string>;
}

export function executeDag(
  operation: Operation,
  execution: Execution,
  template: Template,
  spec: NonNullable<Template['dag']>,
): NodeStatus {
  const node =
    nodeNamed(operation, execution.nodeName) ??
    addNode(operation, {
      name: execution.nodeName,
      type: 'DAG',
      phase: 'Running',
      templateName: execution.templateName,
      boundaryId: execution.boundaryId,
      inputs: template.inputs,
    });
  const dag: Dag = {
    operation,
    name: execution.nodeName,
    node,
    tasks: new Map(spec.tasks.map(task => [task.name, task])),
    failFast: spec.failFast ?? true,
    visited: new Set(),
  };
  const leaves = leafTasks(spec.tasks);
  for (const leaf of leaves) {
    visit(dag, leaf);
  }
  const phase = assess(dag, leaves);
  if (phase !== 'Running') {
    node.outboundNodes = leaves.flatMap(leaf => {
      const leafNode = taskNode(dag, leaf.name);
      return leafNode ? outboundOf(operation, leafNode) : [];
    });
    markNode(operation, node, phase);
  }
  return node;
}

function leafTasks(tasks: readonly DagTask[]): DagTask[] {
  const awaited = new Set(tasks.flatMap(dependenciesOf));
  return tasks
    .filter(({ name }) => !awaited.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nodeName(dag: Dag, task: string): string {
  return `${dag.name}.${task}`;
}

function taskNode(dag: Dag, task: string): NodeStatus | undefined {
  return nodeNamed(dag.operation, nodeName(dag, task));
}

/** Hangs the task's node below what it waited for, or below the DAG itself. */
function connect(dag: Dag, task: DagTask): void {
  const dependencies = dependenciesOf(task);
  const parents = dependencies.length
    ? dependencies.flatMap(name => {
        const node = taskNode(dag, name);
        return node ? outboundOf(dag.operation, node) : [];
      })
    : [dag.node.id];
  for (const parent of parents) {
    addChild(dag.operation, parent, nodeName(dag, task.name));
  }
}

function close(
  dag: Dag,
  task: DagTask,
  phase: NodePhase,
  message: string,
): void {
  addNode(dag.operation, {
    name: nodeName(dag, task.name),
    type: 'Skipped',
    phase,
    templateName: task.template,
    boundaryId: dag.node.id,
    message,
    nodeFlag: {},
  });
  connect(dag, task);
}

/** Goes up to what the task waits for, then on with the task itself where that allows. */
function visit(dag: Dag, task: DagTask): void {
  if (dag.visited.has(task.name)) {
    return;
  }
  dag.visited.add(task.name);
  const node = taskNode(dag, task.name);
  if (node && isFulfilled(node)) {
    return;
  }
  if (!node && !mayStart(dag, task)) {
    return;
  }
  const ready = resolve(dag, task);
  if (!ready) {
    return;
  }
  if (!node) {
    connect(dag, task);
  }
  executeTemplate(dag.operation, {
    nodeName: nodeName(dag, task.name),
    templateName: task.template,
    arguments: ready,
    boundaryId: dag.node.id,
  });
}

/** Dependencies, then `when`. Leaves a node behind where the answer is final. */
function mayStart(dag: Dag, task: DagTask): boolean {
  const dependencies = dependenciesOf(task);
  for (const name of dependencies) {
    visit(dag, dag.tasks.get(name) as DagTask);
  }
  const ended = dependencies.every(name => {
    const node = taskNode(dag, name);
    return node !== undefined && isFulfilled(node);
  });
  if (!ended) {
    return false;
  }
  try {
    if (
      dependencies.length > 0 &&
      !dependsAllows(task, name => taskNode(dag, name)?.phase)
    ) {
      close(dag, task, 'Omitted', 'omitted: depends condition not met');
      return false;
    }
    if (task.when !== undefined) {
      const when = substitute(task.when, taskScope(dag, task));
      if (!dependenciesResolved(when)) {
        // The value may still come: Argo waits too, for as long as it takes.
        return false;
      }
      if (!evaluateWhen(when)) {
        close(dag, task, 'Skipped', `when '${when}' evaluated false`);
        return false;
      }
    }
  } catch (error) {
    close(dag, task, 'Error', (error as Error).message);
    return false;
  }
  return true;
}

/** The last attempt of a retried task speaks for it. */
function speaker(dag: Dag, task: string): NodeStatus | undefined {
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

function taskScope(dag: Dag, task: DagTask): Map<string, string> {
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

/** The task's arguments with every reference followed; undefined when one has no value (yet) or none at all. */
function resolve(dag: Dag, task: DagTask): Arguments | undefined {
  const given = substitute(
    { parameters: task.arguments?.parameters },
    taskScope(dag, task),
  );
  if (!dependenciesResolved(given)) {
    return undefined;
  }
  const artifacts: Artifact[] = [];
  for (const artifact of task.arguments?.artifacts ?? []) {
    const found = artifact.from ? sourceOf(dag, artifact.from) : artifact;
    if (found) {
      artifacts.push({ ...found, name: artifact.name });
    } else if (!artifact.optional) {
      if (!taskNode(dag, task.name)) {
        close(
          dag,
          task,
          'Error',
          `Unable to resolve: ${artifact.from} (artifact ${artifact.name})`,
        );
      }
      return undefined;
    }
  }
  return { ...given, artifacts };
}

function sourceOf(dag: Dag, from: string): Artifact | undefined {
  const match =
    /^\{\{\s*(?:tasks\.([^.\s]+)\.outputs|inputs)\.artifacts\.([^}\s]+)\s*\}\}$/.exec(
      from,
    );
  if (!match) {
    return undefined;
  }
  const [, task, name] = match;
  const holder = task ? speaker(dag, task)?.outputs : dag.node.inputs;
  return holder?.artifacts?.find(artifact => artifact.name === name);
}

/**
 * The DAG's phase: Running while anything below it runs; then Failed or Error as soon as one branch
 * ended so. A task that was left out answers with the phase of the branch that led to it.
 */
function assess(dag: Dag, leaves: readonly DagTask[]): NodePhase {
  const { operation } = dag;
  if (isShutDown(operation)) {
    return 'Failed';
  }
  const leafIds = new Map(
    leaves.map(({ name }) => [taskNode(dag, name)?.id ?? name, name]),
  );
  const branches = new Map<string, NodePhase>();
  const queue: { id: string; phase: NodePhase }[] = (
    dag.node.children ?? []
  ).map(id => ({ id, phase: 'Succeeded' }));
  const seen = new Set<string>();
  for (let entry = queue.shift(); entry; entry = queue.shift()) {
    const key = `${entry.id} ${entry.phase}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const node = operation.status.nodes[entry.id];
    if (!node || !isFulfilled(node)) {
      return 'Running';
    }
    const phase = isCompleted(node) ? node.phase : entry.phase;
    const known = branches.get(node.id);
    if (leafIds.has(node.id) && !(known && isFailedOrError({ phase: known }))) {
      branches.set(node.id, phase);
    }
    const next =
      node.type === 'Retry'
        ? attemptsOf(operation, node).flatMap(({ children }) => children ?? [])
        : node.children ?? [];
    queue.push(...next.map(id => ({ id, phase })));
  }
  return summary(dag, [...leafIds.keys()], branches);
}

function summary(
  dag: Dag,
  leafIds: readonly string[],
  branches: ReadonlyMap<string, NodePhase>,
): NodePhase {
  let result: NodePhase = 'Succeeded';
  for (const id of leafIds) {
    const phase = branches.get(id);
    if (!phase) {
      result = 'Running';
      if (!dag.failFast) break;
    } else if (isFailedOrError({ phase })) {
      result = phase;
      if (dag.failFast) break;
    }
  }
  return result;
}
