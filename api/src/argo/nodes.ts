import type { ArgoNode, ArgoWorkflow } from './objects';

const FINISHED: readonly string[] = ['Succeeded', 'Failed', 'Error'];

/** Whether Argo is done with a Workflow in this phase. */
export function isFinishedPhase(phase: string | undefined): boolean {
  return FINISHED.includes(phase ?? '');
}

/** Why nobody but Argo can read the nodes, in words; undefined when they can be read. */
export function unreadableBecause({
  status,
}: ArgoWorkflow): string | undefined {
  if (status?.offloadNodeStatusVersion) {
    return 'nodes are offloaded to a database';
  }
  return status?.compressedNodes ? 'nodes are compressed' : undefined;
}

/** The nodes by id; none of a Workflow whose nodes can't be read, or that has none yet. */
export function nodesOf(workflow: ArgoWorkflow): Map<string, ArgoNode> {
  const nodes = unreadableBecause(workflow) ? {} : workflow.status?.nodes;
  return new Map(Object.entries(nodes ?? {}));
}

/** Value of an output parameter; undefined when the node has none of that name, or none yet. */
export function outputParameter(
  node: ArgoNode,
  name: string,
): string | undefined {
  return node.outputs?.parameters?.find(parameter => parameter.name === name)
    ?.value;
}
