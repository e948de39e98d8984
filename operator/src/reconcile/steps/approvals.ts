import {
  quorumWords,
  REASONS,
  type AgentApproval,
  type AgentWorkload,
  type GateStatus,
} from '@agentworkloads/api';
import type { Action, Decision } from '../decision';
import { isJudged, isOwned, inOrder, judgeApproval } from '../judge-approval';
import type { ObservedState } from '../observed';

function usedWords(
  { spec, metadata }: AgentApproval,
  gate: GateStatus | undefined,
): string {
  if (spec.decision === 'extend') {
    return `The gate is open until ${spec.extendTo}.`;
  }
  return gate?.approvalUid === metadata.uid
    ? `It decided the gate: ${spec.decision}.`
    : `It counts; the gate asks for ${
        quorumWords(gate ?? {}) ?? '1 approval'
      }.`;
}

function acceptance(
  approval: AgentApproval,
  gate: GateStatus | undefined,
): Action {
  return {
    type: 'judge-approval',
    approval,
    accepted: true,
    reason: REASONS.approvalUsed,
    message: usedWords(approval, gate),
  };
}

/** Whether it decided the gate, counted for it or extended it, as status has it. */
function wasUsed(approval: AgentApproval, gate: GateStatus | undefined) {
  const { uid } = approval.metadata;
  const used: { approvalUid?: string }[] = [
    ...(gate ? [gate] : []),
    ...(gate?.votes ?? []),
    ...(gate?.extensions ?? []),
  ];
  return used.some(({ approvalUid }) => approvalUid === uid);
}

/** What ties an approval to its workload and says on it that it was used. */
export function accept(
  approval: AgentApproval,
  { metadata, status }: AgentWorkload,
): Action[] {
  return [
    ...(isOwned(approval, metadata.uid)
      ? []
      : [{ type: 'own-approval', approval } as const]),
    acceptance(approval, status?.gate),
  ];
}

function judge(
  approval: AgentApproval,
  state: ObservedState,
  now: Date,
): Action | undefined {
  const { workload, admission } = state;
  if (isJudged(approval)) return undefined;
  const gate = workload.status?.gate;
  if (wasUsed(approval, gate)) return acceptance(approval, gate);
  const verdict = judgeApproval(approval, workload, admission, now);
  return verdict.accepted
    ? undefined
    : { type: 'judge-approval', approval, ...verdict };
}

/** Says on each approval what became of it, and ties it to the workload that it belongs to. */
export function acknowledgeApprovals(
  state: ObservedState,
  now: Date,
): Decision | undefined {
  const { uid } = state.workload.metadata;
  const actions: Action[] = [];
  for (const approval of inOrder(state.approvals)) {
    const ours = approval.spec.workloadRef.uid === uid;
    if (ours && !isOwned(approval, uid)) {
      actions.push({ type: 'own-approval', approval });
    }
    const verdict = judge(approval, state, now);
    if (verdict) actions.push(verdict);
  }
  return actions.length > 0 ? { type: 'act', actions } : undefined;
}

/** Of those that stand and were not used, the first one. */
function firstThatStands(
  { workload, admission, approvals }: ObservedState,
  now: Date,
  kind: (approval: AgentApproval) => boolean,
): AgentApproval | undefined {
  // Not to be read isn't missing: neither accept nor refuse until it can be.
  if (admission.kind !== 'present') return undefined;
  return inOrder(approvals).find(
    approval =>
      kind(approval) &&
      !isJudged(approval) &&
      !wasUsed(approval, workload.status?.gate) &&
      judgeApproval(approval, workload, admission, now).accepted,
  );
}

export const decidingApproval = (state: ObservedState, now: Date) =>
  firstThatStands(state, now, ({ spec }) => spec.decision !== 'extend');

/**
 * A denial that would decide if it were known who made it. Who comes after can't tell that from nobody's word, so where the time is over
 * it shuts the gate for good: that can be done wrong in one direction only.
 */
export function unprovenDenial(
  { workload, admission, approvals }: ObservedState,
  now: Date,
): AgentApproval | undefined {
  if (admission.kind !== 'unreadable') return undefined;
  const known = { kind: 'present', since: '' } as const;
  return inOrder(approvals).find(
    approval =>
      approval.spec.decision === 'deny' &&
      !isJudged(approval) &&
      judgeApproval(approval, workload, known, now).accepted,
  );
}

export const extendingApproval = (state: ObservedState, now: Date) =>
  firstThatStands(state, now, ({ spec }) => spec.decision === 'extend');
