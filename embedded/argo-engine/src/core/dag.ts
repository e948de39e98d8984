import { dependenciesOf, dependsAllows } from '../spec/depends';
import { evaluateWhen } from '../spec/expression';
import type { Arguments, Artifact, DagTask, Template } from '../spec/schema';
import { dependenciesResolved, substitute } from '../spec/substitute';
import { assessDag } from './assess-dag';
import { nodeName, speaker, taskNode, taskScope, type Dag } from './dag-view';
import { isFulfilled, type NodePhase, type NodeStatus } from './model';
import {
  addChild,
  addNode,
  markNode,
  nodeNamed,
  outboundOf,
  type Operation,
} from './operation';

/** What is to become a node. */
export interface Execution {
  nodeName: string;
  templateName: string;
  arguments?: Arguments;
  boundaryId?: string;
}

export function executeDag(
  operation: Operation,
  execution: Execution,
  template: Template,
  spec: NonNullable<Template['dag']>,
  execute: (operation: Operation, execution: Execution) => NodeStatus,
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
    execute: (name, task, given) =>
      execute(operation, {
        nodeName: name,
        templateName: task.template,
        arguments: given,
        boundaryId: node.id,
      }),
  };
  const leaves = leafTasks(spec.tasks);
  for (const leaf of leaves) {
    visit(dag, leaf);
  }
  const phase = assessDag(dag, leaves);
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
  dag.execute(nodeName(dag, task.name), task, ready);
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
