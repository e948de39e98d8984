import {
  isFinalPhase,
  parseDuration,
  REASONS,
  type GateStatus,
  type PolicyRecord,
} from '@agentworkloads/api';
import { needing, type Step } from '../decision';
import { gateNodes, mirrored, STRICTEST, waitingNode } from '../gate-view';
import type { Seen } from '../needs';
import type { ObservedState } from '../observed';
import { recordIfNew, recordOrWait } from '../records';
import { isoSeconds, type StatusChange } from '../status';
import { acknowledgeApprovals } from './approvals';
import { evidenceOf, withoutEvidence } from './evidence';

function policyRecord(state: ObservedState): PolicyRecord | undefined {
  const { gatePolicy } = state;
  if (gatePolicy?.kind !== 'answered') return undefined;
  const { decision, reasons } = gatePolicy.value;
  return { decision, reasons, revision: gatePolicy.revision };
}

/** A redirect may have led to a host that asks for four eyes: the gate gets stricter, never looser. */
function gateInForce(
  { gatePolicy }: ObservedState,
  gate: GateStatus,
): GateStatus {
  const stricter = gatePolicy?.kind === 'answered' && gatePolicy.value.fourEyes;
  return stricter ? { ...gate, mode: 'human', fourEyes: true } : gate;
}

/** Why a person is asked, for people. */
function waitingMessage(state: ObservedState, record?: PolicyRecord): string {
  const policy = record ?? state.workload.status?.policy?.gate;
  if (!policy) {
    const cause =
      state.gatePolicy?.kind === 'unavailable'
        ? state.gatePolicy.cause
        : 'not asked';
    return `The gate waits for a person: policy gate can't be had (${cause}).`;
  }
  const reasons = policy.reasons.join('; ');
  return `The gate waits for a person${reasons ? `: ${reasons}` : '.'}`;
}

function gateDeadline(state: ObservedState, now: Date): Date {
  const { suspendGate } = state.workload.spec.timeouts;
  return new Date(now.getTime() + parseDuration(suspendGate));
}

function waitingConditions(message: string): StatusChange['conditions'] {
  const reason = REASONS.waitingForPerson;
  return {
    GateOpen: { status: 'True', reason, message },
    Approved: { status: 'Unknown', reason, message },
  };
}

/** An approval that is here before the gate is can't have seen what it approves. */
export const approvalsBeforeGate: Step = (state, now) =>
  state.workload.status?.gate?.nodeId
    ? undefined
    : acknowledgeApprovals(state, now);

function isPolicyDue({ workload, workflow }: Seen): boolean {
  const { gate, policy, phase } = workload.status ?? {};
  const waits =
    workflow.kind === 'present' &&
    workflow.value.gates.some(node => node.phase === 'Running');
  return (
    waits &&
    gate !== undefined &&
    !gate.decision &&
    !policy?.gate &&
    !isFinalPhase(phase)
  );
}

/** The node waits: from here on people can decide, and the time runs. */
export const openGate = needing({ gatePolicy: isPolicyDue }, (state, now) => {
  const { workload } = state;
  const gate = gateInForce(state, workload.status?.gate ?? STRICTEST);
  const node = gateNodes(state).find(({ phase }) => phase === 'Running');
  if (!node || workload.status?.gate?.nodeId) return undefined;
  const unknown = withoutEvidence(state, node, now);
  if (unknown) return unknown;
  const record = policyRecord(state);
  const message = waitingMessage(state, record);
  const opened: GateStatus = {
    mode: gate.mode,
    fourEyes: gate.fourEyes,
    nodeId: node.nodeId,
    evidence: evidenceOf(state),
    openedAt: isoSeconds(now),
    deadline: isoSeconds(gateDeadline(state, now)),
  };
  return recordOrWait(state, now, {
    phase: 'AwaitingApproval',
    reason: REASONS.gateOpened,
    message,
    conditions: waitingConditions(message),
    fields: {
      ...mirrored(state, now),
      gate: opened,
      policy: {
        ...workload.status?.policy,
        ...(record ? { gate: record } : {}),
      },
    },
    event: 'Normal',
  });
});

/** Policy `gate` could not be asked when the gate opened, and now it answers, or still doesn't. */
export const recordGatePolicy = needing(
  { gatePolicy: isPolicyDue },
  (state, now) => {
    const { workload } = state;
    const record = policyRecord(state);
    const gate = workload.status?.gate;
    const late = waitingNode(state) && gate && !gate.decision;
    if (!late || !record || workload.status?.policy?.gate) return undefined;
    const message = waitingMessage(state, record);
    return recordIfNew(state, now, {
      phase: 'AwaitingApproval',
      reason: REASONS.gateOpened,
      message,
      conditions: waitingConditions(message),
      fields: {
        gate: gateInForce(state, gate),
        policy: { ...workload.status?.policy, gate: record },
      },
    });
  },
);
