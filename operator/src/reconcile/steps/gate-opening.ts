import {
  isFinalPhase,
  parseDuration,
  REASONS,
  type GateStatus,
  type PolicyRecord,
} from '@agentworkloads/api';
import { needing, type Step } from '../decision';
import { strictestGate } from '../../policy/answers';
import {
  gateNodes,
  mirrored,
  STRICTEST,
  waitingConditions,
  waitingNode,
  waitsWords,
} from '../gate-view';
import type { Seen } from '../needs';
import type { ObservedState } from '../observed';
import { recordIfNew, recordOrWait } from '../records';
import { isoSeconds } from '../status';
import { acknowledgeApprovals } from './approvals';
import { evidenceOf, withoutEvidence } from './evidence';

function policyRecord(state: ObservedState): PolicyRecord | undefined {
  const { gatePolicy } = state;
  if (gatePolicy?.kind !== 'answered') return undefined;
  const { decision, reasons, said } = gatePolicy.value;
  return {
    decision,
    reasons,
    ...(said ? { said } : {}),
    revision: gatePolicy.revision,
  };
}

/** A redirect may have led to a host that asks for more: the gate gets stricter, never looser. */
function gateInForce(
  { gatePolicy }: ObservedState,
  gate: GateStatus,
): GateStatus {
  if (gatePolicy?.kind !== 'answered') return gate;
  const { fourEyes, approvals, groups } = gatePolicy.value;
  // Whom four eyes keep out is asked for by people alone.
  const mode = fourEyes ? 'human' : gate.mode;
  return {
    ...gate,
    ...strictestGate(gate, { mode, fourEyes, approvals, groups }),
  };
}

/** Why a person is asked, for people. */
function waitingMessage(
  state: ObservedState,
  gate: GateStatus,
  record?: PolicyRecord,
): string {
  const waits = waitsWords(gate, state.workload);
  const policy = record ?? state.workload.status?.policy?.gate;
  if (!policy) {
    const cause =
      state.gatePolicy?.kind === 'unavailable'
        ? state.gatePolicy.cause
        : 'not asked';
    return `${waits}: policy gate can't be had (${cause}).`;
  }
  const reasons = policy.reasons.join('; ');
  return reasons ? `${waits}: ${reasons}` : `${waits}.`;
}

function gateDeadline(state: ObservedState, now: Date): Date {
  const { suspendGate } = state.workload.spec.timeouts;
  return new Date(now.getTime() + parseDuration(suspendGate));
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
  const message = waitingMessage(state, gate, record);
  const { mode, fourEyes, approvals, groups } = gate;
  const opened: GateStatus = {
    mode,
    fourEyes,
    ...(approvals ? { approvals } : {}),
    ...(groups ? { groups } : {}),
    nodeId: node.nodeId,
    evidence: evidenceOf(state),
    openedAt: isoSeconds(now),
    deadline: isoSeconds(gateDeadline(state, now)),
  };
  return recordOrWait(state, now, {
    phase: 'AwaitingApproval',
    reason: REASONS.gateOpened,
    message,
    conditions: waitingConditions(opened, workload, message),
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

/** Policy `gate` could not be asked when the gate opened, and now it answers. */
export const recordGatePolicy = needing(
  { gatePolicy: isPolicyDue },
  (state, now) => {
    const { workload } = state;
    const record = policyRecord(state);
    const before = workload.status?.gate;
    const late = waitingNode(state) && before && !before.decision;
    if (!late || !record || workload.status?.policy?.gate) return undefined;
    const gate = gateInForce(state, before);
    const message = waitingMessage(state, gate, record);
    return recordIfNew(state, now, {
      phase: 'AwaitingApproval',
      reason: REASONS.gateOpened,
      message,
      conditions: waitingConditions(gate, workload, message),
      fields: {
        gate,
        policy: { ...workload.status?.policy, gate: record },
      },
    });
  },
);
