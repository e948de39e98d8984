import {
  AGENT_WORKLOAD,
  API_VERSION,
  parseDuration,
  parseTtl,
  type AgentWorkload,
  type AgentWorkloadSchedule,
  type GatePolicyInput,
  type GateStatus,
  type PolicyWorkload,
  type StartPolicyInput,
} from '@agentworkloads/api';
import { runSpec } from '../schedule/build-run';
import type { WorkflowFacts } from '../workflow/facts';

/** Hosts of the targets, lower case, each once, in the order of the spec. */
export function hostsOf(targetUrls: string[]): string[] {
  const hosts = new Set<string>();
  for (const target of targetUrls) {
    // `host` leaves out the scheme's own port, so https://a:443 and https://a are one host.
    if (URL.canParse(target)) hosts.add(new URL(target).host.toLowerCase());
  }
  return [...hosts];
}

function evidenceFrom({
  spec,
  status,
}: AgentWorkload): PolicyWorkload['evidenceFrom'] {
  if (!spec.evidenceFrom) return null;
  const { name, workflowUid } = spec.evidenceFrom;
  const seenAt = status?.evidenceFrom?.seenAt;
  return { name, workflowUid, ...(seenAt ? { seenAt } : {}) };
}

export function policyWorkload(workload: AgentWorkload): PolicyWorkload {
  const { metadata, spec } = workload;
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid,
    objective: spec.objective,
    targetUrls: spec.targetUrls,
    hosts: hostsOf(spec.targetUrls),
    follow: spec.follow ?? 'none',
    template: spec.workflowTemplateRef,
    gate: {
      mode: spec.gate.mode,
      fourEyes: spec.gate.fourEyes,
      approvals: spec.gate.approvals ?? 1,
      groups: spec.gate.groups ?? [],
    },
    timeouts: {
      execution: parseDuration(spec.timeouts.execution),
      suspendGate: parseDuration(spec.timeouts.suspendGate),
      noProgress: parseDuration(spec.timeouts.noProgress),
    },
    ttlAfterFinished: parseTtl(spec.ttlAfterFinished),
    requestedBy: spec.requestedBy?.username ?? '',
    entityRef: spec.entityRef ?? '',
    evidenceFrom: evidenceFrom(workload),
    parameters: spec.parameters,
  };
}

export function startInput(
  workload: AgentWorkload,
  active: StartPolicyInput['active'],
): StartPolicyInput {
  return { workload: policyWorkload(workload), active };
}

/** Whether policy would let a run of a schedule begin, at this pace, if nothing else went on. */
export function scheduleInput(
  { metadata, spec }: AgentWorkloadSchedule,
  everySeconds: number,
): StartPolicyInput {
  const run: AgentWorkload = {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD.kind,
    metadata,
    spec: runSpec({ spec }),
  };
  return {
    ...startInput(run, { requester: 0, namespace: 0 }),
    schedule: { everySeconds },
  };
}

export function gateInput(
  workload: AgentWorkload,
  gate: Pick<GateStatus, 'mode' | 'fourEyes'>,
  facts: WorkflowFacts,
  now: Date,
): GatePolicyInput {
  const began = Date.parse(facts.createdAt);
  const elapsed = Number.isFinite(began) ? now.getTime() - began : 0;
  return {
    workload: policyWorkload(workload),
    gate: { mode: gate.mode, fourEyes: gate.fourEyes },
    summary: facts.summary,
    steps: facts.steps.map(step => ({
      name: step.name,
      phase: step.phase,
      retries: step.retries,
    })),
    artifacts: Object.entries(facts.artifacts).map(([name, place]) => ({
      name,
      size: place.size ?? null,
    })),
    elapsedSeconds: Math.max(0, Math.round(elapsed / 1000)),
  };
}
