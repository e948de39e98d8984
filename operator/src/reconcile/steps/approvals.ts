import { REASONS, type AgentApproval } from '@agentworkloads/api';
import type { Action, Decision } from '../decision';
import { isJudged, isOwned, inOrder, judgeApproval } from '../judge-approval';
import type { ObservedState } from '../observed';

function acceptance(approval: AgentApproval): Action {
  return {
    type: 'judge-approval',
    approval,
    accepted: true,
    reason: REASONS.approvalUsed,
    message: `It decided the gate: ${approval.spec.decision}.`,
  };
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
  if (approval.metadata.uid === workload.status?.gate?.approvalUid) {
    return acceptance(approval);
  }
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

/** The first approval that stands, if there is one. */
export function decidingApproval(
  state: ObservedState,
  now: Date,
): AgentApproval | undefined {
  const { workload, admission } = state;
  // Not to be read isn't missing: neither accept nor refuse until it can be.
  if (admission.kind !== 'present') return undefined;
  return inOrder(state.approvals).find(
    approval =>
      !isJudged(approval) &&
      judgeApproval(approval, workload, admission, now).accepted,
  );
}
