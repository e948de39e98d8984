import { REASONS, type AgentWorkload } from '@agentworkloads/api';
import type { GateFacts, WorkflowFacts } from '../../workflow/facts';
import type { Decision, Step } from '../decision';
import { mirrorStopped } from '../mirror';
import type { ObservedState } from '../observed';
import { end } from './ending';

/** Argo may show a step's end a moment before what the step put out. */
const OUTPUTS_GRACE_MS = 15_000;

/** What the gate opens with. */
export function evidenceOf({ workflow }: ObservedState): string | undefined {
  return workflow.kind === 'present'
    ? workflow.value.evidence.digest
    : undefined;
}

/** What was recorded when the gate opened stays: the artifacts that are there now are not those. */
function endWithoutTrust(
  state: ObservedState,
  facts: WorkflowFacts,
  reason: typeof REASONS.evidenceMissing | typeof REASONS.evidenceChanged,
  message: string,
  now: Date,
): Decision {
  const { workflowArtifacts } = state.workload.status ?? {};
  return end(state, now, {
    phase: 'Failed',
    reason,
    message,
    fields: {
      ...mirrorStopped(state.workload, facts, 'its evidence is not known', now),
      workflowArtifacts,
    },
  });
}

/** An artifact without a hash could be replaced after it was looked at: no gate opens on it. */
export function withoutEvidence(
  state: ObservedState,
  node: GateFacts,
  now: Date,
): Decision | undefined {
  if (state.workflow.kind !== 'present') return undefined;
  const facts = state.workflow.value;
  const { missing } = facts.evidence;
  if (missing.length === 0) return undefined;
  const since = now.getTime() - Date.parse(node.startedAt ?? '');
  if (since < OUTPUTS_GRACE_MS) {
    return { type: 'wait', requeueAfterMs: OUTPUTS_GRACE_MS - since };
  }
  return endWithoutTrust(
    state,
    facts,
    REASONS.evidenceMissing,
    `No gate opens: there is no sha256 for ${missing.join(
      ', ',
    )}. Each step needs the output parameter "digests", as deploy/argo/workflow-template.yaml has it.`,
    now,
  );
}

/** Recorded artifacts that have another place or another hash now, or none. */
function changedArtifacts(
  { status }: AgentWorkload,
  facts: WorkflowFacts,
): string[] {
  return Object.entries(status?.workflowArtifacts ?? {})
    .filter(([name, recorded]) => {
      const now = facts.artifacts[name];
      return (
        now?.key !== recorded.key ||
        now.bucket !== recorded.bucket ||
        now.sha256 !== recorded.sha256
      );
    })
    .map(([name]) => name);
}

/** What differs from what was recorded when the gate opened; undefined when nothing does. */
function changeOf(
  workload: AgentWorkload,
  facts: WorkflowFacts,
): string | undefined {
  const gate = workload.status?.gate;
  const changed = changedArtifacts(workload, facts);
  if (changed.length > 0) {
    return `the step that made it names another place or hash now for: ${changed.join(
      ', ',
    )}`;
  }
  const { digest, missing, claims } = facts.evidence;
  if (missing.length > 0) return `there is no sha256 for ${missing.join(', ')}`;
  if (digest !== gate?.evidence) {
    return `the steps before the gate put out ${digest}, and the gate opened with ${
      gate?.evidence ?? 'none'
    }`;
  }
  const node = facts.gates.find(({ nodeId }) => nodeId === gate.nodeId);
  if (node?.phase === 'Succeeded' && node.evidence !== gate.evidence) {
    return `the gate passed on the evidence ${node.evidence || '(none)'}`;
  }
  const foreign = claims.find(claim => claim !== gate.evidence);
  return foreign === undefined
    ? undefined
    : `a step behind the gate says that it worked from ${foreign || 'nothing'}`;
}

/**
 * What was approved is what is published: from the moment that the gate opens, what the steps before
 * it put out may not change, and what is behind it must be made from that.
 */
export const evidenceChanged: Step = (state, now) => {
  const { workload, workflow } = state;
  const gate = workload.status?.gate;
  if (workflow.kind !== 'present' || !gate?.nodeId) return undefined;
  // Nothing is published of what was denied, and nothing can be said of nodes that can't be read.
  if (gate.decision === 'deny') return undefined;
  const facts = workflow.value;
  if (facts.unreadable) {
    return facts.phase === 'Succeeded'
      ? endWithoutTrust(
          state,
          facts,
          REASONS.evidenceChanged,
          `What was published can't be compared with what was approved: ${facts.unreadable}.`,
          now,
        )
      : undefined;
  }
  const change = changeOf(workload, facts);
  return change === undefined
    ? undefined
    : endWithoutTrust(
        state,
        facts,
        REASONS.evidenceChanged,
        `What was looked at is not what is there: ${change}. The run is stopped; find out who may write to Workflows and their task results.`,
        now,
      );
};
