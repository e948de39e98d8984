import {
  isFinalPhase,
  REASONS,
  type AgentWorkloadStatus,
  specProblems,
} from '@agentworkloads/api';
import { cancelWords } from '../cancel-words';
import type { Decision, Step } from '../decision';
import { recordOrWait } from '../records';
import { expiryOf, untilNextLook } from '../timers';
import { acknowledgeApprovals } from './approvals';

/** Owner references take the Workflow and the approvals along; there is nothing left to do. */
export const beingDeleted: Step = ({ workload }) =>
  workload.metadata.deletionTimestamp ? { type: 'wait' } : undefined;

/** How long a run that has ended is still kept, or that its time is over. */
export function keepUntil(
  { spec, status }: { spec?: unknown; status?: AgentWorkloadStatus },
  now: Date,
): Decision {
  const { ttlAfterFinished } = (spec ?? {}) as { ttlAfterFinished?: unknown };
  const end = expiryOf(status, ttlAfterFinished);
  if (end === undefined) return { type: 'wait' };
  return end <= now.getTime()
    ? { type: 'remove' }
    : { type: 'wait', requeueAfterMs: untilNextLook(end, now) };
}

/**
 * The end state never changes. What may be left is to carry it out (a Workflow that still runs must
 * stop) and to tell those who decided too late.
 */
export const finished: Step = (state, now) => {
  const { status } = state.workload;
  if (!isFinalPhase(status?.phase)) return undefined;
  const facts =
    state.workflow.kind === 'present' ? state.workflow.value : undefined;
  const ours =
    facts?.ownerUid === state.workload.metadata.uid &&
    (!status.argoWorkflow || status.argoWorkflow.uid === facts.uid);
  const gateShut =
    status.gate?.decision === 'deny' &&
    facts?.gates.some(
      gate => gate.nodeId === status.gate?.nodeId && gate.phase === 'Failed',
    );
  const leftover =
    ours && !facts.finished && !facts.shutdown && !facts.deleting && !gateShut;
  if (leftover && status.phase !== 'Completed') {
    return {
      type: 'act',
      actions: [
        {
          type: 'stop-workflow',
          workflow: facts.name,
          workflowUid: facts.uid,
        },
      ],
    };
  }
  return acknowledgeApprovals(state, now) ?? keepUntil(state.workload, now);
};

/** Rules that the CRD can't or may not have checked. */
export const invalidSpec: Step = (state, now) => {
  if (state.workload.status?.policy?.start) return undefined;
  const problems = specProblems(state.workload.spec);
  if (problems.length === 0) return undefined;
  return recordOrWait(state, now, {
    phase: 'Failed',
    reason: REASONS.invalidSpec,
    message: `The spec can't be run: ${problems.join('; ')}.`,
    event: 'Warning',
  });
};

/** Cancelled before there was anything to stop. */
export const cancelBeforeStart: Step = (state, now) => {
  const { workload, workflow } = state;
  if (!workload.spec.cancel || workload.status?.argoWorkflow) return undefined;
  if (workflow.kind === 'unreadable') {
    return { type: 'wait', requeueAfterMs: 5_000 };
  }
  const ours =
    workflow.kind === 'present' &&
    workflow.value.ownerUid === workload.metadata.uid;
  if (ours) return undefined;
  const message = `${cancelWords(workload)}, before a Workflow was made.`;
  return recordOrWait(state, now, {
    phase: 'Cancelled',
    reason: REASONS.cancelRequested,
    message,
    conditions: { WorkflowCreated: 'False' },
    event: { type: 'Normal', reason: REASONS.cancelled, note: message },
  });
};
