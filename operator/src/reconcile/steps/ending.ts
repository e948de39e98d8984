import {
  CONDITION_TYPES,
  GATE_APPROVED,
  parseDuration,
  REASONS,
  REPORT_ARTIFACTS,
  STEPS,
  type AgentWorkloadStatus,
  type GateVia,
  type Phase,
  type Reason,
} from '@agentworkloads/api';
import type { WorkflowFacts } from '../../workflow/facts';
import { deciderOf } from '../decider';
import type { Decision, Step } from '../decision';
import { mirror, mirrorStopped } from '../mirror';
import type { ObservedState } from '../observed';
import { normal, recordOrWait, warning } from '../records';
import type { ConditionInput } from '../status';

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

export function end(
  state: ObservedState,
  now: Date,
  phase: Phase,
  reason: Reason,
  message: string,
  fields: Partial<AgentWorkloadStatus>,
  conditions: ConditionInput[] = [],
): Decision {
  const gateOpen = (state.workload.status?.conditions ?? []).some(
    ({ type, status }) =>
      type === CONDITION_TYPES.gateOpen && status === 'True',
  );
  const closed: ConditionInput[] = gateOpen
    ? [{ type: CONDITION_TYPES.gateOpen, status: 'False', reason, message }]
    : [];
  const good = phase === 'Completed' || phase === 'Cancelled';
  return recordOrWait(
    state,
    {
      phase,
      reason,
      message,
      fields,
      conditions: [...closed, ...conditions],
    },
    now,
    undefined,
    [good ? normal(reason, message) : warning(reason, message)],
  );
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
  const message = `The gate was denied by ${deciderOf(gate)}${why}`;
  return end(state, now, DENIED_AS[via], DENIED_BECAUSE[via], message, fields);
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
    return end(
      state,
      now,
      'Completed',
      REASONS.completed,
      `Completed; the gate was approved by ${deciderOf(
        workload.status?.gate,
      )}. The Workflow was removed after its last step.`,
      {},
      [artifactsCondition(workload.status?.workflowArtifacts)],
    );
  }
  return workload.spec.cancel
    ? end(
        state,
        now,
        'Cancelled',
        REASONS.cancelRequested,
        'Cancelled; the Workflow was gone already.',
        {},
      )
    : end(
        state,
        now,
        'Failed',
        REASONS.workflowDeleted,
        `Workflow ${recorded.name} is gone: it was deleted while it ran, or removed before its end was seen.`,
        {},
      );
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
  const message = `The gate was bypassed: ${how}. Find out who may write to Workflows.`;
  const fields = facts.finished
    ? mirror(state.workload, facts, now)
    : mirrorStopped(state.workload, facts, 'the gate was bypassed', now);
  return end(state, now, 'Failed', REASONS.gateBypassed, message, fields, [
    {
      type: CONDITION_TYPES.gateBypassed,
      status: 'True',
      reason: REASONS.gateBypassed,
      message,
    },
  ]);
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

function artifactsCondition(
  artifacts: AgentWorkloadStatus['workflowArtifacts'],
): ConditionInput {
  const missing = REPORT_ARTIFACTS.filter(name => !artifacts?.[name]);
  return missing.length === 0
    ? {
        type: CONDITION_TYPES.artifactsRecorded,
        status: 'True',
        reason: REASONS.completed,
        message: 'The places of all reports are known.',
      }
    : {
        type: CONDITION_TYPES.artifactsRecorded,
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
  const by = deciderOf(state.workload.status?.gate);
  return end(
    state,
    now,
    'Completed',
    REASONS.completed,
    `Completed; the gate was approved by ${by}.`,
    fields,
    [artifactsCondition(fields.workflowArtifacts)],
  );
}

function ranOutOfTime(state: ObservedState, facts: WorkflowFacts): boolean {
  const limit = parseDuration(state.workload.spec.timeouts.execution);
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
    const message = 'Cancelled.';
    return end(
      state,
      now,
      'Cancelled',
      REASONS.cancelRequested,
      message,
      fields,
    );
  }
  if (ranOutOfTime(state, facts)) {
    const limit = state.workload.spec.timeouts.execution;
    const message = `The run took longer than ${limit}.`;
    return end(
      state,
      now,
      'TimedOut',
      REASONS.executionDeadline,
      message,
      fields,
    );
  }
  const { reason, message } = failureOf(facts);
  return end(state, now, 'Failed', reason, message, fields);
};

/** With the gate waiting, cancelling is one of its verdicts; otherwise the run just stops. */
export const cancelRun: Step = (state, now) => {
  const { workload, workflow } = state;
  if (!workload.spec.cancel || workflow.kind !== 'present') return undefined;
  const fields = mirrorStopped(workload, workflow.value, 'cancelled', now);
  return end(
    state,
    now,
    'Cancelled',
    REASONS.cancelRequested,
    'Cancelled on request; the Workflow is stopped.',
    fields,
  );
};
