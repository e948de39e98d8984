import { workflowSpecSchema } from '../spec/schema';
import { assessPods, endNodesWithoutPods } from './assess-pods';
import { executeTemplate } from './execute';
import {
  ANNOTATIONS,
  isFailedOrError,
  isFulfilled,
  isWorkflowDone,
  toTimestamp,
  type NodePhase,
  type Pod,
  type Workflow,
  type WorkflowPhase,
  type WorkflowStatus,
} from './model';
import { isShutDown, requeue, type Operation } from './operation';
import { updateProgress } from './progress';
import {
  isAlive,
  isFresh,
  podsByNode,
  start,
  withLabels,
  type Observed,
  type Refusal,
} from './start';

export type { Observed } from './start';

export interface Outcome {
  /** To be written, status and labels; undefined when nothing changed. */
  workflow?: Workflow;
  /** To be made after the Workflow was written. */
  createPods: Pod[];
  /** Names of Pods whose process must not go on. */
  stopPods: string[];
  /** Time is up: `ttlStrategy`. */
  deleteWorkflow: boolean;
  requeueAt?: Date;
}

/**
 * One step of the engine: what becomes of this Workflow, given what was observed. Pure: the same
 * input always gives the same outcome, so a crash at any point is mended by asking again.
 */
export function next(
  workflow: Workflow,
  observed: Observed,
  now: Date,
): Outcome {
  if (isWorkflowDone(workflow.status)) {
    return afterTheEnd(workflow, observed, now);
  }
  const started = start(workflow, observed, now);
  if ('refused' in started) {
    return {
      ...NOTHING,
      workflow: finish(workflow, started.refused, now),
    };
  }
  if ('postponed' in started) {
    return {
      ...NOTHING,
      workflow: started.postponed,
      requeueAt: new Date(now.getTime() + POSTPONED_LOOK_MS),
    };
  }
  const operation = started.operation;
  if (!isFresh(workflow)) {
    assessPods(operation);
    endNodesWithoutPods(operation);
  }
  if (operation.spec.suspend !== true) {
    advance(operation);
  }
  return conclude(operation.workflow, operation);
}

/** A place that becomes free is told of; this is for when nobody does. */
const POSTPONED_LOOK_MS = 5_000;

const NOTHING: Outcome = {
  createPods: [],
  stopPods: [],
  deleteWorkflow: false,
};

const WORKFLOW_PHASE: Record<NodePhase, WorkflowPhase> = {
  Pending: 'Pending',
  Running: 'Running',
  Succeeded: 'Succeeded',
  Skipped: 'Succeeded',
  Omitted: 'Succeeded',
  Failed: 'Failed',
  Error: 'Error',
};

function advance(operation: Operation): void {
  const entry = executeTemplate(operation, {
    nodeName: operation.workflow.metadata.name,
    templateName: operation.spec.entrypoint ?? '',
    arguments: operation.spec.arguments,
  });
  if (!isFulfilled(entry)) {
    return;
  }
  const { status } = operation;
  status.phase = WORKFLOW_PHASE[entry.phase];
  status.finishedAt = toTimestamp(operation.now);
  const message =
    isFailedOrError(entry) && isShutDown(operation)
      ? `Stopped with strategy '${operation.spec.shutdown}'`
      : entry.message;
  if (message) {
    status.message = message;
  }
}

function conclude(workflow: Workflow, operation: Operation): Outcome {
  const { status } = operation;
  if (operation.deadline && !isWorkflowDone(status)) {
    requeue(operation, new Date(operation.deadline.getTime() + 1));
  }
  const stopPods = [...operation.pods]
    .filter(([id, pod]) => {
      const node = status.nodes[id];
      return isAlive(pod) && (!node || isFulfilled(node));
    })
    .map(([, pod]) => pod.metadata.name);
  return {
    ...(hasMoved(workflow, status)
      ? { workflow: toWrite(workflow, operation) }
      : {}),
    createPods: isWorkflowDone(status) ? [] : operation.createPods,
    stopPods,
    deleteWorkflow: false,
    ...(operation.requeueAt ? { requeueAt: operation.requeueAt } : {}),
  };
}

/** Progress and conditions follow from the rest; alone they are, as in Argo, no reason to write. */
function hasMoved(workflow: Workflow, status: WorkflowStatus): boolean {
  const { conditions: _old, ...before } = workflow.status ?? {};
  const { conditions: _new, ...after } = status;
  return !same({ nodes: {}, ...before }, after);
}

function toWrite(workflow: Workflow, operation: Operation): Workflow {
  const { status } = operation;
  status.progress = updateProgress(status.nodes);
  const { nodes, ...rest } = status;
  const written = withLabels({
    ...workflow,
    status: {
      ...rest,
      conditions: conditions(workflow, operation),
      ...(Object.keys(nodes).length ? { nodes } : {}),
    },
  });
  written.metadata.annotations = {
    ...written.metadata.annotations,
    [ANNOTATIONS.podNameFormat]: 'v2',
  };
  return written;
}

function conditions(
  workflow: Workflow,
  { status, pods }: Operation,
): WorkflowStatus['conditions'] {
  const running = [...pods.values()].some(
    pod => pod.status?.phase === 'Running',
  );
  return [
    // Told from the second look on: at the first there are no Pods yet.
    ...(isFresh(workflow)
      ? []
      : [{ type: 'PodRunning', status: running ? 'True' : 'False' }]),
    ...(isWorkflowDone(status) ? [{ type: 'Completed', status: 'True' }] : []),
  ];
}

function finish(workflow: Workflow, refusal: Refusal, now: Date): Workflow {
  const time = toTimestamp(now);
  return withLabels({
    ...workflow,
    status: {
      ...workflow.status,
      phase: refusal.phase,
      message: refusal.message,
      startedAt: workflow.status?.startedAt ?? time,
      finishedAt: time,
      progress: workflow.status?.progress ?? '0/0',
      conditions: [{ type: 'Completed', status: 'True' }],
    },
  });
}

/** Key order does not count: the API server is free to change it. */
function same(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry && typeof entry === 'object' && !Array.isArray(entry)
      ? Object.fromEntries(
          Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : entry,
  );
}

function afterTheEnd(
  workflow: Workflow,
  observed: Observed,
  now: Date,
): Outcome {
  const stopPods = [...podsByNode(workflow, observed.pods).values()]
    .filter(isAlive)
    .map(pod => pod.metadata.name);
  const expiry = expiryOf(workflow);
  return {
    ...NOTHING,
    stopPods,
    deleteWorkflow: expiry !== undefined && expiry <= now,
    ...(expiry && expiry > now ? { requeueAt: expiry } : {}),
  };
}

function expiryOf(workflow: Workflow): Date | undefined {
  const { status } = workflow;
  const parsed = workflowSpecSchema.safeParse(
    status?.storedWorkflowTemplateSpec ?? workflow.spec,
  );
  const ttl = parsed.success ? parsed.data.ttlStrategy : undefined;
  const seconds =
    (status?.phase === 'Succeeded'
      ? ttl?.secondsAfterSuccess
      : ttl?.secondsAfterFailure) ?? ttl?.secondsAfterCompletion;
  return seconds === undefined || !status?.finishedAt
    ? undefined
    : new Date(new Date(status.finishedAt).getTime() + seconds * 1000);
}
