import { mergeSpecs } from '../spec/merge';
import {
  describeSpecIssues,
  workflowSpecSchema,
  type Template,
  type WorkflowSpec,
} from '../spec/schema';
import { findProblem, type ImageCheck } from '../spec/validate';
import { assessPods, endNodesWithoutPods } from './assess-pods';
import { executeTemplate } from './execute';
import { workflowScope } from './globals';
import {
  ANNOTATIONS,
  isFailedOrError,
  isFulfilled,
  isWorkflowDone,
  LABELS,
  toTimestamp,
  type ArtifactRepositoryRef,
  type NodePhase,
  type Pod,
  type Workflow,
  type WorkflowPhase,
  type WorkflowStatus,
} from './model';
import { isShutDown, requeue, type Operation } from './operation';
import { updateProgress } from './progress';

/** What was read besides the Workflow itself. */
export interface Observed {
  /** The template that `workflowTemplateRef` names; only asked for before the start. */
  template?: { kind: 'found'; spec: unknown } | { kind: 'missing' };
  /** Pods labelled with the Workflow's name. */
  pods: readonly Pod[];
  /** Only asked for before the start. */
  artifactRepository?:
    | { kind: 'found'; ref: ArtifactRepositoryRef }
    | { kind: 'missing'; message: string };
  checkImage: ImageCheck;
  /** As many Workflows run as may: one that has not begun waits. */
  postponed?: boolean;
}

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
    return { ...NOTHING, workflow: started.postponed };
  }
  const operation = started.operation;
  if (!isFresh(workflow)) {
    assessPods(operation);
    endNodesWithoutPods(operation);
  }
  if (operation.spec.suspend !== true) {
    advance(operation);
  }
  return conclude(workflow, operation);
}

/** Not begun: never seen, or seen and told to wait. */
function isFresh({ status }: Workflow): boolean {
  return !status?.phase || (status.phase === 'Pending' && !status.startedAt);
}

/** Argo's own words, by which the operator tells queueing from stalling. */
const POSTPONED =
  'Workflow processing has been postponed because too many workflows are already running';

function postpone(workflow: Workflow): Workflow | undefined {
  return workflow.status?.phase === 'Pending'
    ? undefined
    : withLabels({
        ...workflow,
        status: { ...workflow.status, phase: 'Pending', message: POSTPONED },
      });
}

const NOTHING: Outcome = {
  createPods: [],
  stopPods: [],
  deleteWorkflow: false,
};

interface Refusal {
  phase: WorkflowPhase;
  message: string;
}

function start(
  workflow: Workflow,
  observed: Observed,
  now: Date,
):
  | { operation: Operation }
  | { refused: Refusal }
  | { postponed: Workflow | undefined } {
  const read = readSpec(workflow, observed);
  if ('refused' in read) {
    return read;
  }
  const { spec } = read;
  const globals = workflowScope(workflow.metadata, spec);
  const status = structuredClone(workflow.status ?? {});
  if (isFresh(workflow)) {
    delete status.message;
    const problem = findProblem(spec, globals.keys(), observed.checkImage);
    if (problem) {
      return {
        refused: {
          phase: problem.kind === 'invalid' ? 'Failed' : 'Error',
          message: `invalid spec: ${problem.message}`,
        },
      };
    }
    if (observed.postponed && !spec.shutdown) {
      return { postponed: postpone(workflow) };
    }
    if (observed.artifactRepository?.kind === 'missing') {
      return {
        refused: {
          phase: 'Error',
          message: observed.artifactRepository.message,
        },
      };
    }
    status.phase = 'Running';
    status.startedAt = toTimestamp(now);
    status.artifactRepositoryRef ??= observed.artifactRepository?.ref;
  }
  if (read.stored) {
    status.storedWorkflowTemplateSpec = read.stored;
  }
  const pods = podsByNode(workflow, observed.pods);
  return {
    operation: {
      workflow,
      spec,
      status: { ...status, nodes: status.nodes ?? {} },
      templates: new Map(
        (spec.templates ?? []).map((template): [string, Template] => [
          template.name,
          template,
        ]),
      ),
      globals,
      pods,
      stillRuns: ({ id }) => isAlive(pods.get(id)),
      now,
      deadline: deadlineOf(spec, status),
      createPods: [],
      requeueAt: undefined,
    },
  };
}

function parse(
  value: unknown,
  root: string,
): { spec: WorkflowSpec } | { refused: Refusal } {
  const parsed = workflowSpecSchema.safeParse(value ?? {});
  return parsed.success
    ? { spec: parsed.data }
    : {
        refused: {
          phase: 'Error',
          message: `invalid spec: ${describeSpecIssues(parsed.error, root)}`,
        },
      };
}

function readSpec(
  workflow: Workflow,
  observed: Observed,
): { spec: WorkflowSpec; stored?: unknown } | { refused: Refusal } {
  const own = parse(workflow.spec, 'spec');
  if ('refused' in own || !own.spec.workflowTemplateRef) {
    return own;
  }
  const { shutdown, suspend } = own.spec;
  const stored = workflow.status?.storedWorkflowTemplateSpec;
  if (stored !== undefined) {
    const parsed = parse(stored, 'status.storedWorkflowTemplateSpec');
    // The two switches of a running Workflow; the rest of its spec was fixed at the start.
    return 'refused' in parsed
      ? parsed
      : { spec: { ...parsed.spec, shutdown, suspend } };
  }
  const { name, clusterScope } = own.spec.workflowTemplateRef;
  if (observed.template?.kind !== 'found') {
    const kind = clusterScope
      ? 'clusterworkflowtemplates'
      : 'workflowtemplates';
    return {
      refused: {
        phase: 'Error',
        message: `${kind}.argoproj.io "${name}" not found`,
      },
    };
  }
  const template = parse(
    observed.template.spec,
    `WorkflowTemplate ${name}: spec`,
  );
  if ('refused' in template) {
    return template;
  }
  const spec = mergeSpecs(own.spec, template.spec);
  return { spec, stored: JSON.parse(JSON.stringify(spec)) };
}

function deadlineOf(
  spec: WorkflowSpec,
  status: WorkflowStatus,
): Date | undefined {
  return spec.activeDeadlineSeconds !== undefined && status.startedAt
    ? new Date(
        new Date(status.startedAt).getTime() +
          spec.activeDeadlineSeconds * 1000,
      )
    : undefined;
}

/** Pods of this very Workflow, not of an earlier one that had its name. */
function podsByNode(
  workflow: Workflow,
  pods: readonly Pod[],
): ReadonlyMap<string, Pod> {
  return new Map(
    pods
      .filter(pod =>
        pod.metadata.ownerReferences?.some(
          ({ uid }) => uid === workflow.metadata.uid,
        ),
      )
      .map(pod => [pod.metadata.annotations?.[ANNOTATIONS.nodeId] ?? '', pod]),
  );
}

function isAlive(pod: Pod | undefined): boolean {
  return (
    pod !== undefined &&
    !['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')
  );
}

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

function withLabels(workflow: Workflow): Workflow {
  const { metadata, status } = workflow;
  return {
    ...workflow,
    metadata: {
      ...metadata,
      labels: {
        ...metadata.labels,
        [LABELS.phase]: status?.phase ?? '',
        [LABELS.completed]: String(isWorkflowDone(status)),
      },
    },
  };
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
