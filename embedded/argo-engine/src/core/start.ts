import { mergeSpecs } from '../spec/merge';
import {
  describeSpecIssues,
  workflowSpecSchema,
  type Template,
  type WorkflowSpec,
} from '../spec/schema';
import { findProblem, type ImageCheck } from '../spec/validate';
import { workflowScope } from './globals';
import {
  ANNOTATIONS,
  isWorkflowDone,
  LABELS,
  toTimestamp,
  type ArtifactRepositoryRef,
  type Pod,
  type Workflow,
  type WorkflowPhase,
  type WorkflowStatus,
} from './model';
import type { Operation } from './operation';

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

/** Not begun: never seen, or seen and told to wait. */
export function isFresh({ status }: Workflow): boolean {
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

/** Argo's two labels, by which people list Workflows. */
export function withLabels(workflow: Workflow): Workflow {
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

export function isAlive(pod: Pod | undefined): boolean {
  return (
    pod !== undefined &&
    !['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')
  );
}

export interface Refusal {
  phase: WorkflowPhase;
  message: string;
}

/** Reads and checks what is to be run; a Workflow that is seen for the first time begins here. */
export function start(
  seen: Workflow,
  observed: Observed,
  now: Date,
):
  | { operation: Operation }
  | { refused: Refusal }
  | { postponed: Workflow | undefined } {
  const read = readSpec(seen, observed);
  if ('refused' in read) {
    return read;
  }
  const { spec } = read;
  const workflow = isFresh(seen) ? withOwnMetadata(seen, spec) : seen;
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
  const stored = workflow.status?.storedWorkflowTemplateSpec;
  if (stored !== undefined) {
    const parsed = parse(stored, 'status.storedWorkflowTemplateSpec');
    // What runs is fixed at the start, and made anew when one of the two switches is moved.
    return 'refused' in parsed || !isSwitched(own.spec, parsed.spec)
      ? parsed
      : toStore(mergeSpecs(own.spec, parsed.spec));
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
  return toStore(mergeSpecs(own.spec, template.spec));
}

function toStore(spec: WorkflowSpec): { spec: WorkflowSpec; stored: unknown } {
  return { spec, stored: JSON.parse(JSON.stringify(spec)) };
}

function isSwitched(own: WorkflowSpec, stored: WorkflowSpec): boolean {
  return (
    (own.shutdown ?? '') !== (stored.shutdown ?? '') ||
    Boolean(own.suspend) !== Boolean(stored.suspend)
  );
}

/** What `workflowMetadata` says is written onto the Workflow itself, as Argo does when it takes it up. */
function withOwnMetadata(workflow: Workflow, spec: WorkflowSpec): Workflow {
  const { labels, annotations } = spec.workflowMetadata ?? {};
  if (!labels && !annotations) return workflow;
  const { metadata } = workflow;
  return {
    ...workflow,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, ...labels },
      annotations: { ...metadata.annotations, ...annotations },
    },
  };
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

/** Pods of this very Workflow, not of an earlier one that had its name, by node id. */
export function podsByNode(
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
