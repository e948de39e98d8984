import {
  AGENT_WORKLOAD,
  agentWorkloadSpecSchema,
  agentWorkloadStatusSchema,
  API_VERSION,
  isFinalPhase,
  type AgentApproval,
  type AgentWorkload,
} from '@agentworkloads/api';
import { z } from 'zod';
import { workflowName } from '../workflow/names';
import { readWorkflow } from '../workflow/read-workflow';
import type { WorkflowFacts } from '../workflow/facts';
import {
  factsOfSame,
  toRawWorkload,
  type CachedWorkload,
  type RawWorkload,
} from './cached';
import { isJudged, isOwned } from './judge-approval';
import { KINDS } from './kinds';
import { ALL_LIVE, FROM_CACHES, type Live, type Seen } from './needs';
import type { Observed, ObservedState } from './observed';
import { readNeeded } from './read-needed';
import { read, type Sources } from './sources';

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
  const seen: Seen = { workload, workflow, approvals, live };
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
      refusal: sources.refusals.get(workload.metadata.uid),
      approvals,
      ...(await readNeeded(sources, seen, now)),
    },
  };
}
