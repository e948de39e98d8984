import {
  AGENT_WORKLOAD,
  agentApprovalSchema,
  agentWorkloadSpecSchema,
  agentWorkloadStatusSchema,
  API_VERSION,
  isFinalPhase,
  POLICY_ENTRYPOINTS,
  type AgentApproval,
  type AgentWorkload,
  type StartDecision,
} from '@agentworkloads/api';
import { z } from 'zod';
import { readGateAnswer, type Judged } from '../policy/answers';
import { gateInput } from '../policy/input';
import { saysAbsent, type KubeClient, type ResourceKind } from '../ports';
import type { Json } from '../json';
import { readTemplate, type TemplateFacts } from '../workflow/read-template';
import { readWorkflow } from '../workflow/read-workflow';
import { workflowName } from '../workflow/names';
import type { AdmissionProof } from '../admission/proof';
import {
  askStart,
  chooseBaseline,
  mayStart,
  type StartSources,
} from './ask-start';
import {
  factsOfSame,
  toRawWorkload,
  type CachedApproval,
  type CachedWorkflow,
  type CachedWorkload,
  type RawWorkload,
} from './cached';
import { isJudged, isOwned } from './judge-approval';
import { KINDS } from './kinds';
import type { AdmissionFacts, Observed, ObservedState } from './observed';
import { heldTo, isNotAsRead } from './template-pin';
import type { Activity } from '../workflow/argo-activity';
import type { WorkflowFacts } from '../workflow/facts';

/** Where gather reads. Caches first; the client where the cache's "not there" isn't good enough. */
export interface Sources extends StartSources {
  workloads: { get(key: string): CachedWorkload | undefined };
  workflows: { get(key: string): CachedWorkflow | undefined };
  /** Approvals by `namespace/name` of the workload that they name. */
  approvals: { byIndex(workloadKey: string): CachedApproval[] };
  /** What Argo is known to do, by namespace. */
  argo: { of(namespace: string): Activity | undefined };
  client: KubeClient;
  admission: AdmissionProof;
  /** What became of earlier tries to make a Workflow, by uid of the workload. */
  refusals: { get(uid: string): string | undefined };
  /** Lower-case letters and digits that nobody can guess, ten at least. */
  random: () => string;
  /** Bucket of the artifact repository, for Workflows that don't name theirs. */
  bucket: string;
  /** What `workflowDefaults` of Argo's controller may add. */
  workflowDefaults: Json;
}

export type Gathered =
  /** Approvals that name it and have no answer. */
  | { kind: 'gone'; orphans: AgentApproval[] }
  /** The run is over, and nothing of it goes on; it is kept until then. */
  | { kind: 'resting'; until: number }
  | { kind: 'unreadable'; cause: string }
  | {
      kind: 'invalid';
      raw: RawWorkload;
      workload: Pick<AgentWorkload, 'metadata' | 'status'>;
      problems: string[];
    }
  | { kind: 'seen'; raw: RawWorkload; state: ObservedState };

function sentences(error: z.ZodError): string[] {
  return error.issues
    .slice(0, 5)
    .map(issue => `${issue.path.join('.') || 'spec'}: ${issue.message}`);
}

/** @returns absent if the server says so; any other failure is "unreadable", which can only lead to waiting */
async function read<T>(
  { client }: Sources,
  kind: ResourceKind,
  { namespace, name }: { namespace: string; name: string },
  parse: (raw: unknown) => T,
): Promise<Observed<T>> {
  try {
    const raw = await client.get(kind, namespace, name);
    return { kind: 'present', value: parse(raw) };
  } catch (error) {
    if (saysAbsent(error, name)) return { kind: 'absent' };
    return {
      kind: 'unreadable',
      cause: error instanceof Error ? error.message : String(error),
    };
  }
}

/**
 * What a pass reads from the API server, however it stands in the caches. What they lack is read
 * from it in any case.
 */
export interface Live {
  workload: boolean;
  workflow: boolean;
  /** A name that was drawn and recorded a moment ago: nothing was made of it yet. */
  unusedName?: string;
}

export const FROM_CACHES: Live = { workload: false, workflow: false };
export const ALL_LIVE: Live = { workload: true, workflow: true };

function splitKey(key: string): { namespace: string; name: string } {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
}

async function readWorkload(
  sources: Sources,
  key: string,
  live: boolean,
): Promise<Observed<RawWorkload>> {
  const cached = sources.workloads.get(key);
  if (!live && !cached) return { kind: 'absent' };
  return !live && cached?.raw
    ? { kind: 'present', value: cached.raw }
    : read(sources, KINDS.workloads, splitKey(key), toRawWorkload);
}

/** Whether anything is left to do for a run that is over: its Workflow runs on, or an approval waits for its answer. */
function hasLeftovers(
  sources: Sources,
  key: string,
  { metadata, ended }: CachedWorkload,
): boolean {
  const { namespace } = splitKey(key);
  const workflow = ended?.workflow
    ? sources.workflows.get(`${namespace}/${ended.workflow}`)
    : undefined;
  return (
    (workflow && !workflow.finished) ||
    sources.approvals.byIndex(key).some(({ approval }) => {
      const ours = approval?.spec.workloadRef.uid === metadata.uid;
      return (
        approval &&
        (!isJudged(approval) ||
          (ours && !isOwned(approval, metadata.uid ?? '')))
      );
    })
  );
}

async function readWorkflowOf(
  sources: Sources,
  workload: AgentWorkload,
  { workflow: live, unusedName }: Live,
): Promise<Observed<WorkflowFacts>> {
  const { metadata, spec, status } = workload;
  const name = status?.argoWorkflow?.name ?? status?.workflowNames?.at(-1);
  // Nothing is made before its name is in status.
  if (name === undefined || name === unusedName) return { kind: 'absent' };
  const { namespace } = metadata;
  const cached = sources.workflows.get(`${namespace}/${name}`);
  if (cached && !live && !cached.finished) {
    return cached.facts
      ? { kind: 'present', value: cached.facts }
      : { kind: 'unreadable', cause: cached.problem ?? 'no facts' };
  }
  // Before the policy's allow and after the end, a Workflow that the cache hasn't is no question.
  const matters =
    !isFinalPhase(status?.phase) && (status?.policy?.start || spec.cancel);
  if (!live && !matters) return { kind: 'absent' };
  return read(
    sources,
    KINDS.workflows,
    { namespace, name },
    raw => factsOfSame(cached, raw) ?? readWorkflow(raw, sources.bucket),
  );
}

/**
 * The approval that status says decided, while the gate is still to be opened by it. What the cache
 * lacks is confirmed by a live read, as everything is before the gate is patched.
 */
async function readDecidedBy(
  sources: Sources,
  workload: AgentWorkload,
  workflow: Observed<WorkflowFacts>,
  approvals: AgentApproval[],
  live: boolean,
): Promise<Observed<AgentApproval>> {
  const { gate, phase } = workload.status ?? {};
  const waits =
    workflow.kind === 'present' &&
    workflow.value.gates.some(
      node => node.nodeId === gate?.nodeId && node.phase === 'Running',
    );
  if (!waits || gate?.decision !== 'approve' || isFinalPhase(phase)) {
    return { kind: 'unreadable', cause: 'not asked' };
  }
  const cached = approvals.find(
    ({ metadata }) => metadata.uid === gate.approvalUid,
  );
  if (cached && !live) return { kind: 'present', value: cached };
  const name = gate.approvalName ?? cached?.metadata.name;
  if (name === undefined) return { kind: 'absent' };
  const { namespace } = workload.metadata;
  const found = await read(
    sources,
    KINDS.approvals,
    { namespace, name },
    raw => agentApprovalSchema.safeParse(raw).data,
  );
  if (found.kind !== 'present') return found;
  // What no longer reads as an approval is none.
  return found.value
    ? { kind: 'present', value: found.value }
    : { kind: 'absent' };
}

/** What the template is read for: to be recorded, to be compared just before the create, or to say what Argo made else of it. */
function needsTemplate(
  { status, spec, metadata }: AgentWorkload,
  workflow: Observed<WorkflowFacts>,
  { workflow: live, unusedName }: Live,
): boolean {
  if (isFinalPhase(status?.phase) || metadata.deletionTimestamp) return false;
  if (workflow.kind === 'present') return isNotAsRead(status, workflow.value);
  if (status?.argoWorkflow || spec.cancel || workflow.kind !== 'absent') {
    return false;
  }
  if (!heldTo(status)) return true;
  // With the first name the template was recorded, a moment ago.
  const isFresh =
    unusedName !== undefined && status?.workflowNames?.[0] === unusedName;
  return live && !isFresh;
}

async function readTemplateOf(
  sources: Sources,
  workload: AgentWorkload,
  workflow: Observed<WorkflowFacts>,
  live: Live,
  startPolicy: Judged<StartDecision> | undefined,
): Promise<Observed<TemplateFacts> | undefined> {
  if (!needsTemplate(workload, workflow, live)) return undefined;
  // What waits is asked about again and again, and what is denied never runs.
  if (workflow.kind === 'absent' && !mayStart(workload, startPolicy)) {
    return undefined;
  }
  const { name, clusterScope } = workload.spec.workflowTemplateRef;
  const { namespace } = workload.metadata;
  return clusterScope
    ? read(
        sources,
        KINDS.clusterWorkflowTemplates,
        { namespace: '', name },
        readTemplate,
      )
    : read(sources, KINDS.workflowTemplates, { namespace, name }, readTemplate);
}

async function askGate(
  sources: Sources,
  workload: AgentWorkload,
  workflow: Observed<WorkflowFacts>,
  now: Date,
) {
  const gate = workload.status?.gate;
  const waits =
    workflow.kind === 'present' &&
    workflow.value.gates.some(({ phase }) => phase === 'Running');
  const needed =
    waits &&
    gate &&
    !gate.decision &&
    !workload.status?.policy?.gate &&
    !isFinalPhase(workload.status?.phase);
  return needed
    ? readGateAnswer(
        await sources.policy.decide(
          POLICY_ENTRYPOINTS.gate,
          gateInput(workload, gate, workflow.value, now),
        ),
      )
    : undefined;
}

async function askAdmission(
  sources: Sources,
  workload: AgentWorkload,
  approvals: AgentApproval[],
): Promise<AdmissionFacts> {
  const gate = workload.status?.gate;
  const open = approvals.filter(approval => !isJudged(approval));
  if (!gate?.nodeId || gate.decision || open.length === 0) {
    return { kind: 'unasked' };
  }
  const made = open.map(({ metadata }) =>
    Date.parse(metadata.creationTimestamp),
  );
  return sources.admission.factsFor(
    workload.metadata.namespace,
    Math.max(...made),
  );
}

function openApprovals(sources: Sources, key: string): AgentApproval[] {
  return sources.approvals
    .byIndex(key)
    .flatMap(({ approval }) => approval ?? [])
    .filter(approval => !isJudged(approval));
}

/** Reads everything that one pass needs, and nothing that it doesn't. Writes nothing but the run's place among those that go on. */
export async function gather(
  sources: Sources,
  key: string,
  now: Date,
  live: Live = FROM_CACHES,
): Promise<Gathered> {
  const cached = sources.workloads.get(key);
  if (cached?.ended && !live.workload) {
    const { expiresAt: until = Infinity } = cached.ended;
    return hasLeftovers(sources, key, cached)
      ? gather(sources, key, now, ALL_LIVE)
      : { kind: 'resting', until };
  }
  const orphans = cached ? [] : openApprovals(sources, key);
  // Those are told that it is not there: that is no question for a cache.
  const mustAsk = live.workload || orphans.length > 0;
  const found = await readWorkload(sources, key, mustAsk);
  if (found.kind === 'absent') return { kind: 'gone', orphans };
  if (found.kind === 'unreadable') return found;
  const raw = found.value;
  const status = agentWorkloadStatusSchema.optional().safeParse(raw.status);
  if (!status.success) {
    return {
      kind: 'unreadable',
      cause: `status: ${sentences(status.error).join('; ')}`,
    };
  }
  const { metadata } = raw;
  const spec = agentWorkloadSpecSchema.safeParse(raw.spec);
  if (!spec.success) {
    const problems = sentences(spec.error);
    const workload = { metadata, status: status.data };
    return { kind: 'invalid', raw, workload, problems };
  }
  const workload: AgentWorkload = {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD.kind,
    metadata,
    spec: spec.data,
    status: status.data,
  };
  const workflow = await readWorkflowOf(sources, workload, live);
  const approvals = sources.approvals
    .byIndex(key)
    .map(({ approval }) => approval)
    .filter(approval => approval !== undefined);
  const startPolicy = await askStart(sources, workload);
  const [template, decidedBy, gatePolicy, admission] = await Promise.all([
    readTemplateOf(sources, workload, workflow, live, startPolicy),
    readDecidedBy(sources, workload, workflow, approvals, live.workflow),
    askGate(sources, workload, workflow, now),
    askAdmission(sources, workload, approvals),
  ]);
  return {
    kind: 'seen',
    raw,
    state: {
      workload,
      freshName: workflowName(workload.metadata.name, sources.random()),
      bucket: sources.bucket,
      workflow,
      argo: sources.argo.of(workload.metadata.namespace),
      workflowDefaults: sources.workflowDefaults,
      template,
      refusal: sources.refusals.get(workload.metadata.uid),
      approvals,
      decidedBy,
      admission,
      startPolicy,
      baseline: chooseBaseline(sources, workload, startPolicy),
      gatePolicy,
    },
  };
}
