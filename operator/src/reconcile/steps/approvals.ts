import {
  REASONS,
  type AgentApproval,
  type GateStatus,
} from '@agentworkloads/api';
import type { Action, Decision } from '../decision';
import { isJudged, isOwned, inOrder, judgeApproval } from '../judge-approval';
import type { ObservedState } from '../observed';

function acceptance(approval: AgentApproval): Action {
  const { decision, extendTo } = approval.spec;
  return {
    type: 'judge-approval',
    approval,
    accepted: true,
    reason: REASONS.approvalUsed,
    message:
      decision === 'extend'
        ? `The gate is open until ${extendTo}.`
        : `It decided the gate: ${decision}.`,
  };
}

/** Whether it decided the gate or extended it, as status has it. */
function wasUsed(approval: AgentApproval, gate: GateStatus | undefined) {
  const { uid } = approval.metadata;
  return (
    uid === gate?.approvalUid ||
    (gate?.extensions ?? []).some(({ approvalUid }) => approvalUid === uid)
  );
}

/** What ties an approval to its workload and says on it that it decided. */
export function accept(approval: AgentApproval, workloadUid: string): Action[] {
  return [
    ...(isOwned(approval, workloadUid)
      ? []
      : [{ type: 'own-approval', approval } as const]),
    acceptance(approval),
  ];
}

function judge(
  approval: AgentApproval,
  state: ObservedState,
  now: Date,
): Action | undefined {
  const { workload, admission } = state;
  if (isJudged(approval)) return undefined;
  if (wasUsed(approval, workload.status?.gate)) return acceptance(approval);
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

export const extendingApproval = (state: ObservedState, now: Date) =>
  firstThatStands(state, now, ({ spec }) => spec.decision === 'extend');
