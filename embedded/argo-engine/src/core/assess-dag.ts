import type { DagTask } from '../spec/schema';
import { taskNode, type Dag } from './dag-view';
import {
  isCompleted,
  isFailedOrError,
  isFulfilled,
  type NodePhase,
} from './model';
import { attemptsOf, isShutDown } from './operation';

/**
 * The DAG's phase: Running while anything below it runs; then Failed or Error as soon as one branch
 * ended so. A task that was left out answers with the phase of the branch that led to it.
 */
export function assessDag(dag: Dag, leaves: readonly DagTask[]): NodePhase {
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
