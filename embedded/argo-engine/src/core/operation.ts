import { nodeId } from '../spec/names';
import type { Scope } from '../spec/substitute';
import type { Arguments, Template, WorkflowSpec } from '../spec/schema';
import {
  isFulfilled,
  toTimestamp,
  type NodePhase,
  type NodeStatus,
  type NodeType,
  type Pod,
  type Workflow,
  type WorkflowStatus,
} from './model';

/** What one pass knows and collects. `status` is a copy that the pass may change. */
export interface Operation {
  readonly workflow: Workflow;
  readonly spec: WorkflowSpec;
  readonly status: WorkflowStatus & { nodes: Record<string, NodeStatus> };
  readonly templates: ReadonlyMap<string, Template>;
  /** `{{workflow.*}}` */
  readonly globals: Scope;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly now: Date;
  /** End of `activeDeadlineSeconds`. */
  readonly deadline: Date | undefined;
  readonly createPods: Pod[];
  /** The node has ended here, its Pod has not. */
  stillRuns(node: NodeStatus): boolean;
  requeueAt: Date | undefined;
}

export function isShutDown(operation: Operation): boolean {
  return Boolean(operation.spec.shutdown);
}

export function isPastDeadline(operation: Operation): boolean {
  return operation.deadline !== undefined && operation.now > operation.deadline;
}

/** Asks for another pass at `when`, or earlier where one is wanted already. */
export function requeue(operation: Operation, when: Date): void {
  if (!operation.requeueAt || when < operation.requeueAt) {
    operation.requeueAt = when;
  }
}

export function nodeNamed(
  operation: Operation,
  name: string,
): NodeStatus | undefined {
  return operation.status.nodes[nodeId(operation.workflow.metadata.name, name)];
}

export interface NewNode {
  name: string;
  type: NodeType;
  phase: NodePhase;
  templateName: string;
  boundaryId?: string;
  message?: string;
  inputs?: Arguments;
  /** Argo marks attempts, and gives an empty mark to what it leaves out. */
  nodeFlag?: NodeStatus['nodeFlag'];
}

/** The node's name without its boundary's, and without the separator. */
function displayName(operation: Operation, fresh: NewNode): string {
  const boundary =
    fresh.boundaryId && operation.status.nodes[fresh.boundaryId]?.name;
  return boundary && fresh.name.startsWith(boundary)
    ? fresh.name.slice(boundary.length).replace(/^\./, '')
    : fresh.name;
}

export function addNode(operation: Operation, fresh: NewNode): NodeStatus {
  const id = nodeId(operation.workflow.metadata.name, fresh.name);
  const time = toTimestamp(operation.now);
  const node: NodeStatus = {
    id,
    name: fresh.name,
    displayName: displayName(operation, fresh),
    type: fresh.type,
    templateName: fresh.templateName,
    templateScope: `local/${operation.workflow.metadata.name}`,
    phase: fresh.phase,
    startedAt: time,
    ...(fresh.boundaryId ? { boundaryID: fresh.boundaryId } : {}),
    ...(fresh.message ? { message: fresh.message } : {}),
    ...(fresh.nodeFlag ? { nodeFlag: fresh.nodeFlag } : {}),
    ...(hasAny(fresh.inputs) ? { inputs: fresh.inputs } : {}),
  };
  if (isFulfilled(node)) {
    node.finishedAt = time;
  }
  operation.status.nodes[id] = node;
  return node;
}

function hasAny(values: Arguments | undefined): boolean {
  return Boolean(values?.parameters?.length || values?.artifacts?.length);
}

export function addChild(
  operation: Operation,
  parentId: string,
  childName: string,
): void {
  const parent = operation.status.nodes[parentId];
  const child = nodeId(operation.workflow.metadata.name, childName);
  if (parent && !parent.children?.includes(child)) {
    parent.children = [...(parent.children ?? []), child];
  }
}

/** Sets phase and, where given, message; a node that ends gets its time. */
export function markNode(
  operation: Operation,
  node: NodeStatus,
  phase: NodePhase,
  message?: string,
): void {
  node.phase = phase;
  if (message === '') {
    delete node.message;
  } else if (message !== undefined) {
    node.message = message;
  }
  if (isFulfilled(node) && !node.finishedAt) {
    node.finishedAt = toTimestamp(operation.now);
  }
}

/** Attempts of a Retry node, oldest first. */
export function attemptsOf(
  operation: Operation,
  retry: NodeStatus,
): NodeStatus[] {
  return (retry.children ?? []).flatMap(id => operation.status.nodes[id] ?? []);
}

/** The nodes that whatever comes after this one hangs from. */
export function outboundOf(operation: Operation, node: NodeStatus): string[] {
  switch (node.type) {
    case 'Retry':
      return node.children?.length ? [node.children.at(-1) as string] : [];
    case 'DAG':
      return (node.outboundNodes ?? []).flatMap(id => {
        const inner = operation.status.nodes[id];
        return inner ? outboundOf(operation, inner) : [];
      });
    default:
      return [node.id];
  }
}
