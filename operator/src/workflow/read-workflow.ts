import {
  argoWorkflowSchema,
  EVIDENCE_PARAMETER,
  GATE_PARAMETER,
  isFinishedPhase,
  LABELS,
  nodesOf,
  outputParameter,
  readSteps,
  readSummary,
  stepName,
  STEPS,
  unreadableBecause,
  type ArgoNode,
  type ArgoWorkflow,
} from '@agentworkloads/api';
import type { GateFacts, WorkflowFacts } from './facts';
import { madeDigest } from './made';
import type { Touched } from './argo-activity';
import { changeHash } from './hash';
import { longestBackoff } from './read-backoff';
import { readStored } from './pinned-spec';
import { readArtifacts, readEvidence } from './read-artifacts';

/** Rows that a status has room for. */
const MAX_STEPS = 64;
/** Node types that stand for work, as opposed to structure. */
const WORK_TYPES: readonly string[] = ['Pod', 'Container', 'HTTP', 'Plugin'];
const NOT_BEGUN: readonly string[] = ['', 'Pending', 'Skipped', 'Omitted'];
const QUEUED =
  /postponed because too many workflows|waiting for .*(lock|mutex|semaphore)/i;

/** Waiting or decided gates, in order of their ids. A gate that never came up is of type Skipped. */
function readGates(nodes: ArgoNode[]): GateFacts[] {
  return nodes
    .filter(
      node =>
        node.displayName === STEPS.gate &&
        (node.type === 'Suspend' || node.type === 'Skipped'),
    )
    .sort((a, b) => a.id.localeCompare(b.id))
    .map(node => {
      const value = outputParameter(node, GATE_PARAMETER);
      const evidence = outputParameter(node, EVIDENCE_PARAMETER);
      const startedAt = newest([node.startedAt]);
      return {
        nodeId: node.id,
        phase: node.phase ?? '',
        ...(value === undefined ? {} : { value }),
        ...(evidence === undefined ? {} : { evidence }),
        ...(startedAt ? { startedAt } : {}),
        ...(node.message ? { message: node.message } : {}),
      };
    });
}

function repositoryBucket(workflow: ArgoWorkflow): string | undefined {
  return workflow.status?.artifactRepositoryRef?.artifactRepository?.s3?.bucket;
}

function newest(times: (string | null | undefined)[]): string {
  const known = times
    .map(text => (text ? Date.parse(text) : NaN))
    .filter(ms => Number.isFinite(ms) && ms > 0);
  return known.length ? new Date(Math.max(...known)).toISOString() : '';
}

function newestChange(
  { status }: ArgoWorkflow,
  nodes: ArgoNode[],
  endCounts: (node: ArgoNode) => boolean,
): string {
  return newest([
    status?.startedAt,
    status?.finishedAt,
    ...nodes.flatMap(node => [
      node.startedAt,
      endCounts(node) ? node.finishedAt : undefined,
    ]),
  ]);
}

function backoffOf(workflow: ArgoWorkflow) {
  const longestBackoffMs = longestBackoff(workflow);
  return longestBackoffMs === undefined ? {} : { longestBackoffMs };
}

function progressHash(workflow: ArgoWorkflow, nodes: ArgoNode[]): string {
  const { status } = workflow;
  return changeHash(
    JSON.stringify([
      status?.phase ?? '',
      status?.message ?? '',
      status?.progress ?? '',
      nodes
        .map(node => [node.id, node.phase ?? '', node.message ?? ''])
        .sort(([a], [b]) => String(a).localeCompare(String(b))),
    ]),
  );
}

function isBusy(workflow: ArgoWorkflow, nodes: ArgoNode[]): boolean {
  if (workflow.spec.suspend) return true;
  return nodes.some(
    node =>
      node.phase === 'Running' &&
      (WORK_TYPES.includes(node.type) ||
        (node.type === 'Suspend' && node.displayName !== STEPS.gate)),
  );
}

function isQueued(workflow: ArgoWorkflow, nodes: ArgoNode[]): boolean {
  const phase = workflow.status?.phase;
  // Only a living controller writes Pending on a Workflow: it waits for a limit, a lock or a volume.
  if (phase === 'Pending') return true;
  const pending = nodes.filter(node => node.phase === 'Pending');
  return (
    pending.length > 0 && pending.every(node => QUEUED.test(node.message ?? ''))
  );
}

function hasPassedGate(nodes: ArgoNode[], workflow: string): boolean {
  return nodes.some(
    node =>
      stepName(node, workflow) === STEPS.synthesis &&
      !NOT_BEGUN.includes(node.phase ?? ''),
  );
}

function readNodes(workflow: ArgoWorkflow, fallbackBucket: string) {
  const unreadable = unreadableBecause(workflow);
  const byId = nodesOf(workflow);
  const nodes = [...byId.values()];
  const name = workflow.metadata.name;
  const bucket = repositoryBucket(workflow) ?? fallbackBucket;
  return {
    ...(unreadable ? { unreadable } : {}),
    steps: readSteps(workflow)
      .slice(0, MAX_STEPS)
      .map(({ status }) => status),
    gates: readGates(nodes),
    busy: isBusy(workflow, nodes),
    queued: isQueued(workflow, nodes),
    backingOff: nodes.some(
      node =>
        node.type === 'Retry' &&
        node.phase === 'Running' &&
        /^backoff for/i.test(node.message ?? ''),
    ),
    ...backoffOf(workflow),
    passedGate: hasPassedGate(nodes, name),
    artifacts: readArtifacts(nodes, bucket),
    evidence: readEvidence(byId, name, bucket),
    summary: readSummary(workflow) ?? null,
    progressHash: progressHash(workflow, nodes),
    lastChangeAt: newestChange(workflow, nodes, () => true),
    argoChangeAt: argoChange(workflow, nodes),
  };
}

/** The end of a gate is our work, not Argo's. */
function argoChange(workflow: ArgoWorkflow, nodes: ArgoNode[]): string {
  return newestChange(
    workflow,
    nodes,
    ({ displayName }) => displayName !== STEPS.gate,
  );
}

function touchedOf(workflow: ArgoWorkflow): Touched {
  const { metadata, status } = workflow;
  return {
    namespace: metadata.namespace,
    createdAt: newest([metadata.creationTimestamp]),
    phase: status?.phase ?? '',
    message: (status?.message ?? '').slice(0, 100),
    argoChangeAt: argoChange(workflow, [...nodesOf(workflow).values()]),
  };
}

function factsOf(
  workflow: ArgoWorkflow,
  fallbackBucket: string,
): WorkflowFacts {
  const { metadata, status } = workflow;
  const owner = metadata.ownerReferences?.find(ref => ref.controller);
  const phase = status?.phase ?? '';
  const stored = readStored(workflow.spec, status);
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid,
    createdAt: newest([metadata.creationTimestamp]),
    deleting: metadata.deletionTimestamp !== undefined,
    ownerUid: owner?.uid ?? '',
    workloadUid: metadata.labels?.[LABELS.workloadUid] ?? '',
    madeSha256: madeDigest(workflow),
    phase,
    message: status?.message ?? '',
    finished: isFinishedPhase(phase),
    ...(status?.finishedAt ? { finishedAt: newest([status.finishedAt]) } : {}),
    shutdown: Boolean(workflow.spec.shutdown),
    ...(stored ? { stored } : {}),
    ...readNodes(workflow, fallbackBucket),
  };
}

/**
 * Everything the operator wants to know of a Workflow.
 * @param raw the object as the API server gave it
 * @param fallbackBucket for artifacts of a Workflow that doesn't name its repository
 * @throws ZodError when it isn't a Workflow in the shape that Argo 3.7 and 4.x write
 */
export function readWorkflow(
  raw: unknown,
  fallbackBucket: string,
): WorkflowFacts {
  return factsOf(argoWorkflowSchema.parse(raw), fallbackBucket);
}

/**
 * What a cache keeps of a Workflow: of one that Argo is done with a small part, without a digest of anything.
 * @param bucket as for {@link readWorkflow}
 * @throws ZodError as that does
 */
export function readHeld(
  raw: unknown,
  bucket: string,
):
  | { touched: Touched; finished: true }
  | { touched: Touched; facts: WorkflowFacts } {
  const workflow = argoWorkflowSchema.parse(raw);
  const touched = touchedOf(workflow);
  return isFinishedPhase(touched.phase)
    ? { touched, finished: true }
    : { touched, facts: factsOf(workflow, bucket) };
}
