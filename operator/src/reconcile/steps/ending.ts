import {
  CONDITION_TYPES,
  GATE_APPROVED,
  REASONS,
  REPORT_ARTIFACTS,
  STEPS,
  type AgentWorkloadStatus,
  type GateVia,
  type Phase,
  type Reason,
} from '@agentworkloads/api';
import { longestRun, startRecordOf } from '../../workflow/build-workflow';
import type { WorkflowFacts } from '../../workflow/facts';
import { decidedByWords } from '../decider';
import { cancelWords } from '../cancel-words';
import type { Decision, Step } from '../decision';
import { mirror, mirrorStopped } from '../mirror';
import type { ObservedState } from '../observed';
import { recordOrWait, type Recording } from '../records';
import type { ConditionChange } from '../status';

/** How long a refused run may take to end by itself before its end is recorded without it. */
const DENIAL_GRACE_MS = 30_000;
/** Argo's times have whole seconds, and its clock is not ours. */
const DEADLINE_TOLERANCE_MS = 3_000;

const DENIED_AS: Record<GateVia, Phase> = {
  person: 'Denied',
  policy: 'Denied',
  timeout: 'TimedOut',
  deadline: 'TimedOut',
  cancel: 'Cancelled',
  operator: 'Denied',
};

const DENIED_BECAUSE: Record<GateVia, Reason> = {
  person: REASONS.deniedByPerson,
  policy: REASONS.deniedByPolicy,
  timeout: REASONS.gateTimeout,
  deadline: REASONS.executionDeadline,
  cancel: REASONS.cancelRequested,
  operator: REASONS.approvalGone,
};

/** A final phase, and the gate shut with it. */
export function end(
  state: ObservedState,
  now: Date,
  change: Omit<Recording, 'event' | 'stalled'>,
): Decision {
  const gateOpen = (state.workload.status?.conditions ?? []).some(
    ({ type, status }) =>
      type === CONDITION_TYPES.gateOpen && status === 'True',
  );
  const good = change.phase === 'Completed' || change.phase === 'Cancelled';
  return recordOrWait(state, now, {
    ...change,
    conditions: {
      ...(gateOpen ? { GateOpen: 'False' as const } : {}),
      ...change.conditions,
    },
    event: good ? 'Normal' : 'Warning',
  });
}

/** A refusal that was recorded, whatever became of the Workflow. */
function endDenied(
  state: ObservedState,
  now: Date,
  fields: Partial<AgentWorkloadStatus>,
): Decision {
  const gate = state.workload.status?.gate;
  const via = gate?.via ?? 'person';
  const why = gate?.comment ? `: ${gate.comment}` : '.';
  const message =
    via === 'cancel'
      ? `${cancelWords(state.workload)}; the gate is shut.`
      : `The gate was denied by ${decidedByWords(gate)}${why}`;
  return end(state, now, {
    phase: DENIED_AS[via],
    reason: DENIED_BECAUSE[via],
    message,
    fields,
  });
}

/** Whether status has it that the run had reached its goal: let through by us, reports made and in their places. */
function hadSucceeded(status: AgentWorkloadStatus): boolean {
  return (
    status.gate?.decision === 'approve' &&
    (status.steps ?? []).some(
      ({ name, phase }) => name === STEPS.synthesis && phase === 'Succeeded',
    ) &&
    REPORT_ARTIFACTS.every(name => status.workflowArtifacts?.[name])
  );
}

/** The Workflow that status names is gone, or another one stands in its place. */
export const workflowGone: Step = (state, now) => {
  const { workload, workflow } = state;
  const recorded = workload.status?.argoWorkflow;
  if (!recorded) return undefined;
  if (workflow.kind === 'unreadable') {
    return { type: 'wait', requeueAfterMs: 5_000 };
  }
  const there =
    workflow.kind === 'present' && workflow.value.uid === recorded.uid;
  if (there) return undefined;
  if (workload.status?.gate?.decision === 'deny') {
    return endDenied(state, now, {});
  }
  if (hadSucceeded(workload.status ?? {})) {
    return end(state, now, {
      phase: 'Completed',
      reason: REASONS.completed,
      message: `Completed; the gate was approved by ${decidedByWords(
        workload.status?.gate,
        workload.spec.requestedBy?.username,
      )}. The Workflow was removed after its last step.`,
      conditions: {
        ArtifactsRecorded: recordedOf(workload.status?.workflowArtifacts),
      },
    });
  }
  return workload.spec.cancel
    ? end(state, now, {
        phase: 'Cancelled',
        reason: REASONS.cancelRequested,
        message: `${cancelWords(workload)}; the Workflow was gone already.`,
      })
    : end(state, now, {
        phase: 'Failed',
        reason: REASONS.workflowDeleted,
        message: `Workflow ${recorded.name} is gone: it was deleted while it ran, or removed before its end was seen.`,
      });
};

/** What shows that a gate passed without us; undefined when nothing does. */
function bypassOf(
  state: ObservedState,
  facts: WorkflowFacts,
): string | undefined {
  const gate = state.workload.status?.gate;
  const approved = gate?.decision === 'approve';
  const passed = facts.gates.filter(({ phase }) => phase === 'Succeeded');
  const other = passed.find(
    ({ nodeId }) => !(approved && nodeId === gate.nodeId),
  );
  if (other) {
    return `gate ${other.nodeId} was passed without a decision of ours`;
  }
  if (passed.some(({ value }) => value !== GATE_APPROVED)) {
    return 'the gate was approved, but something else passed it without the value that lets the run go on';
  }
  if (!approved && facts.passedGate) {
    return 'the step behind the gate began without a decision of ours';
  }
  return !approved && facts.phase === 'Succeeded'
    ? 'the Workflow ended well without a gate that we decided'
    : undefined;
}

/** Someone wrote into the Workflow: the run stops, its result is not to be trusted. */
export const gateBypassed: Step = (state, now) => {
  if (state.workflow.kind !== 'present') return undefined;
  const facts = state.workflow.value;
  const how = bypassOf(state, facts);
  if (!how) return undefined;
  const fields = facts.finished
    ? mirror(state.workload, facts, now)
    : mirrorStopped(state.workload, facts, 'the gate was bypassed', now);
  return end(state, now, {
    phase: 'Failed',
    reason: REASONS.gateBypassed,
    message: `The gate was bypassed: ${how}. Find out who may write to Workflows.`,
    fields,
    conditions: { GateBypassed: 'True' },
  });
};

/** The refusal was carried out; the end waits a little for the Workflow's own, to mirror it whole. */
export const deniedEnds: Step = (state, now) => {
  const gate = state.workload.status?.gate;
  if (state.workflow.kind !== 'present' || gate?.decision !== 'deny') {
    return undefined;
  }
  const facts = state.workflow.value;
  if (facts.finished) {
    return endDenied(state, now, mirror(state.workload, facts, now));
  }
  const since = now.getTime() - Date.parse(gate.decidedAt ?? '');
  return since < DENIAL_GRACE_MS
    ? { type: 'wait', requeueAfterMs: DENIAL_GRACE_MS - since }
    : endDenied(
        state,
        now,
        mirrorStopped(state.workload, facts, 'the gate was denied', now),
      );
};

function recordedOf(
  artifacts: AgentWorkloadStatus['workflowArtifacts'],
): ConditionChange {
  const missing = REPORT_ARTIFACTS.filter(name => !artifacts?.[name]);
  return missing.length === 0
    ? {
        status: 'True',
        reason: REASONS.completed,
        message: 'The places of all reports are known.',
      }
    : {
        status: 'False',
        reason: REASONS.artifactsMissing,
        message: `The Workflow names no place for: ${missing.join(', ')}.`,
      };
}

function endCompleted(
  state: ObservedState,
  facts: WorkflowFacts,
  now: Date,
): Decision {
  const fields = mirror(state.workload, facts, now);
  const by = decidedByWords(
    state.workload.status?.gate,
    state.workload.spec.requestedBy?.username,
  );
  return end(state, now, {
    phase: 'Completed',
    reason: REASONS.completed,
    message: `Completed; the gate was approved by ${by}.`,
    fields,
    conditions: { ArtifactsRecorded: recordedOf(fields.workflowArtifacts) },
  });
}

/** Ended by Argo, at the time that stands in the Workflow: the operator was away. */
function ranOutOfTime(state: ObservedState, facts: WorkflowFacts): boolean {
  const { spec, status } = state.workload;
  const limit = longestRun(spec.timeouts, startRecordOf(status));
  const took = Date.parse(facts.finishedAt ?? '') - Date.parse(facts.createdAt);
  return took >= limit - DEADLINE_TOLERANCE_MS;
}

/** The step that failed first, in the words of its own message. */
function failureOf(facts: WorkflowFacts): { reason: Reason; message: string } {
  const failed = facts.steps
    .filter(({ phase }) => phase === 'Failed' || phase === 'Error')
    .sort((a, b) => (a.finishedAt ?? '').localeCompare(b.finishedAt ?? ''))[0];
  if (failed) {
    const tries =
      failed.retries > 0 ? ` after ${failed.retries + 1} tries` : '';
    return {
      reason: REASONS.stepFailed,
      message: `Step ${failed.name} failed${tries}: ${
        failed.message ?? 'no message'
      }`,
    };
  }
  return {
    reason: REASONS.workflowFailed,
    message: `The Workflow ended as ${facts.phase}: ${
      facts.message || 'no message'
    }`,
  };
}

/** The Workflow ended by itself. Our phase comes from the gate's decision first, then from Argo's. */
export const workflowEnded: Step = (state, now) => {
  if (state.workflow.kind !== 'present') return undefined;
  const facts = state.workflow.value;
  if (!facts.finished) return undefined;
  const fields = mirror(state.workload, facts, now);
  // Success without an approval was answered by gateBypassed.
  if (facts.phase === 'Succeeded') return endCompleted(state, facts, now);
  if (state.workload.spec.cancel) {
    return end(state, now, {
      phase: 'Cancelled',
      reason: REASONS.cancelRequested,
      message: `${cancelWords(state.workload)}.`,
      fields,
    });
  }
  if (ranOutOfTime(state, facts)) {
    const { execution } = state.workload.spec.timeouts;
    return end(state, now, {
      phase: 'TimedOut',
      reason: REASONS.executionDeadline,
      message: `The run took longer than ${execution} of work and all the time that a gate has.`,
      fields,
    });
  }
  return end(state, now, { phase: 'Failed', ...failureOf(facts), fields });
};

/** With the gate waiting, cancelling is one of its verdicts; otherwise the run just stops. */
export const cancelRun: Step = (state, now) => {
  const { workload, workflow } = state;
  if (!workload.spec.cancel || workflow.kind !== 'present') return undefined;
  return end(state, now, {
    phase: 'Cancelled',
    reason: REASONS.cancelRequested,
    message: `${cancelWords(workload)}; the Workflow is stopped.`,
    fields: mirrorStopped(workload, workflow.value, 'cancelled', now),
  });
};
