import { z } from 'zod';
import { argumentsSchema } from '../spec/schema';
import {
  ANNOTATIONS,
  isFulfilled,
  MAIN_CONTAINER,
  type NodePhase,
  type NodeStatus,
  type Outputs,
  type Pod,
} from './model';
import {
  isPastDeadline,
  isShutDown,
  markNode,
  requeue,
  type Operation,
} from './operation';

/** How long after its start a node may be without its Pod: the Pod's event may still be on its way. */
const POD_GRACE_MS = 2_000;

const outputsSchema = argumentsSchema.extend({
  exitCode: z.string().optional(),
});

function readOutputs(pod: Pod): Outputs | undefined {
  const text = pod.metadata.annotations?.[ANNOTATIONS.outputs];
  if (text === undefined) {
    return undefined;
  }
  const parsed = outputsSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

function mainState(pod: Pod) {
  return pod.status?.containerStatuses?.find(
    ({ name }) => name === MAIN_CONTAINER,
  )?.state;
}

function pendingReason(pod: Pod): string {
  const waiting = mainState(pod)?.waiting;
  const unscheduled = pod.status?.conditions?.find(
    ({ reason }) => reason === 'Unschedulable',
  );
  const source = waiting?.reason ? waiting : unscheduled;
  return [source?.reason, source?.message].filter(Boolean).join(': ');
}

interface Verdict {
  phase: NodePhase;
  message: string;
}

function failure(pod: Pod): Verdict {
  if (pod.status?.message) {
    return { phase: 'Failed', message: pod.status.message };
  }
  const containers = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  for (const { name, state } of containers) {
    const end = state.terminated;
    if (end && end.exitCode !== 0) {
      const detail = end.message ? `: ${end.message}` : '';
      return {
        // Argo's own containers are its hands, so their failure is an Error, not the step's.
        phase: name === MAIN_CONTAINER ? 'Failed' : 'Error',
        message: `${name}: ${end.reason} (exit code ${end.exitCode})${detail}`,
      };
    }
  }
  return {
    phase: 'Failed',
    message: 'pod failed: main container did not complete successfully',
  };
}

function verdictOf(pod: Pod): Verdict {
  switch (pod.status?.phase) {
    case 'Running':
      return { phase: 'Running', message: '' };
    case 'Succeeded':
      return { phase: 'Succeeded', message: '' };
    case 'Failed':
      return failure(pod);
    default:
      return { phase: 'Pending', message: pendingReason(pod) };
  }
}

function takeOver(operation: Operation, node: NodeStatus, pod: Pod): void {
  const { phase, message } = verdictOf(pod);
  const end = mainState(pod)?.terminated;
  if (isFulfilled({ phase })) {
    const outputs = readOutputs(pod);
    if (outputs || end) {
      node.outputs = {
        ...outputs,
        ...(end ? { exitCode: String(end.exitCode) } : {}),
      };
    }
    if (end?.finishedAt) {
      node.finishedAt = end.finishedAt;
    }
  }
  markNode(operation, node, phase, message);
}

/** Stop and deadline reach what has a Pod before anything else happens to it. */
function control(operation: Operation, node: NodeStatus): void {
  if (isShutDown(operation)) {
    markNode(
      operation,
      node,
      'Failed',
      // Two blanks: it is Argo's own text, and people search for it.
      `workflow shutdown with strategy:  ${operation.spec.shutdown}`,
    );
  } else if (isPastDeadline(operation)) {
    markNode(operation, node, 'Failed', 'Step exceeded its deadline');
  }
}

function missing(operation: Operation, node: NodeStatus): void {
  if (node.phase === 'Pending') {
    // Its Pod was never made, or was deleted before it ran: it is made again.
    return;
  }
  const graceEnd = new Date(
    new Date(node.startedAt ?? 0).getTime() + POD_GRACE_MS,
  );
  if (operation.now < graceEnd) {
    requeue(operation, graceEnd);
    return;
  }
  markNode(operation, node, 'Error', 'pod deleted');
}

/** Brings the Pod nodes up to date with their Pods. */
export function assessPods(operation: Operation): void {
  for (const node of Object.values(operation.status.nodes)) {
    if (node.type !== 'Pod' || isFulfilled(node)) continue;
    const pod = operation.pods.get(node.id);
    if (!pod || pod.metadata.deletionTimestamp) {
      missing(operation, node);
      continue;
    }
    takeOver(operation, node, pod);
    if (!isFulfilled(node)) {
      control(operation, node);
    }
  }
}

/** Gates, and steps whose Pod does not exist yet. */
export function endNodesWithoutPods(operation: Operation): void {
  for (const node of Object.values(operation.status.nodes)) {
    const waits = node.type === 'Suspend' && node.phase === 'Running';
    if (isShutDown(operation) && waits) {
      markNode(
        operation,
        node,
        'Failed',
        `Stopped with strategy '${operation.spec.shutdown}'`,
      );
    } else if (
      isPastDeadline(operation) &&
      (waits || node.phase === 'Pending')
    ) {
      markNode(operation, node, 'Failed', 'Step exceeded its deadline');
    }
  }
}
