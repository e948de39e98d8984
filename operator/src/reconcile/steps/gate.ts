import {
  REASONS,
  type GateExtension,
  type GateStatus,
  type GateVia,
  type Reason,
} from '@agentworkloads/api';
import { decidedByWords } from '../decider';
import { replacedWords } from '../cancel-words';
import { needing, type Decision } from '../decision';
import { mirrored, STRICTEST, waitingNode } from '../gate-view';
import { isJudged } from '../judge-approval';
import type { Seen } from '../needs';
import type { ObservedState } from '../observed';
import { recordIfNew } from '../records';
import { isoSeconds } from '../status';
import { gateEnd, isExecutionOver } from '../timers';
import { decidingApproval, extendingApproval } from './approvals';
import { current } from './following';

interface Verdict {
  decision: 'approve' | 'deny';
  via: GateVia;
  reason: Reason;
  /** Only of a person. */
  username?: string;
  comment?: string;
  approvalName?: string;
  approvalUid?: string;
}

function decided(
  state: ObservedState,
  verdict: Verdict,
  now: Date,
): Decision | undefined {
  const approved = verdict.decision === 'approve';
  const what = approved ? 'approved' : 'denied';
  const { reason, decision, via, username, comment } = verdict;
  const gate: GateStatus = {
    ...(state.workload.status?.gate ?? STRICTEST),
    decision,
    decidedAt: isoSeconds(now),
    via,
    ...(username ? { decidedBy: username } : {}),
    ...(comment ? { comment } : {}),
    ...(verdict.approvalUid
      ? {
          approvalUid: verdict.approvalUid,
          approvalName: verdict.approvalName,
        }
      : {}),
  };
  return recordIfNew(state, now, {
    phase: 'Running',
    reason,
    message: `The gate was ${what} by ${decidedByWords(gate)}${
      comment ? `: ${comment}` : '.'
    }`,
    conditions: { GateOpen: 'False', Approved: approved ? 'True' : 'False' },
    fields: { ...mirrored(state, now), gate },
    event: approved ? 'Normal' : 'Warning',
  });
}

function policyVerdict(state: ObservedState): Verdict | undefined {
  const { policy, gate } = state.workload.status ?? {};
  const comment = policy?.gate?.reasons.join('; ').slice(0, 2000);
  if (policy?.gate?.decision === 'deny') {
    return {
      decision: 'deny',
      via: 'policy',
      reason: REASONS.deniedByPolicy,
      comment,
    };
  }
  return policy?.gate?.decision === 'allow' && gate?.mode === 'policy'
    ? {
        decision: 'approve',
        via: 'policy',
        reason: REASONS.approvedByPolicy,
        comment,
      }
    : undefined;
}

function personVerdict(state: ObservedState, now: Date): Verdict | undefined {
  const approval = decidingApproval(state, now);
  // The second one never: only what decides is among them.
  if (!approval || approval.spec.decision === 'extend') return undefined;
  const { decision, approver, comment } = approval.spec;
  return {
    decision,
    via: 'person',
    reason:
      decision === 'approve'
        ? REASONS.approvedByPerson
        : REASONS.deniedByPerson,
    username: approver.username,
    comment,
    approvalName: approval.metadata.name,
    approvalUid: approval.metadata.uid,
  };
}

function timeVerdict(state: ObservedState, now: Date): Verdict | undefined {
  const { workload } = state;
  if (isExecutionOver(workload, now)) {
    return {
      decision: 'deny',
      via: 'deadline',
      reason: REASONS.executionDeadline,
    };
  }
  const end = gateEnd(workload);
  return end !== undefined && now.getTime() >= end
    ? {
        decision: 'deny',
        via: 'timeout',
        reason: REASONS.gateTimeout,
        comment: `nobody decided within ${workload.spec.timeouts.suspendGate}`,
      }
    : undefined;
}

function cancelVerdict({ workload }: ObservedState): Verdict | undefined {
  return workload.spec.cancel
    ? {
        decision: 'deny',
        via: 'cancel',
        reason: REASONS.cancelRequested,
        comment: replacedWords(workload),
      }
    : undefined;
}

/** Whether the admission policies vouch for an approval is a question only where one could decide. */
function isApprovalOpen({ workload, approvals }: Seen): boolean {
  const gate = workload.status?.gate;
  return (
    gate?.nodeId !== undefined &&
    !gate.decision &&
    approvals.some(approval => !isJudged(approval))
  );
}

/** The first verdict recorded wins. A person who decided in time goes before the time limit. */
export const recordVerdict = needing(
  { admission: isApprovalOpen },
  (state, now) => {
    const { status } = state.workload;
    if (!waitingNode(state) || !status?.gate?.nodeId || status.gate.decision) {
      return undefined;
    }
    const verdict =
      policyVerdict(state) ?? cancelVerdict(state) ?? personVerdict(state, now);
    if (verdict) return decided(state, verdict, now);
    // Before the time limit, which it moves.
    const extension = extended(state, now);
    if (extension) return extension;
    const late = timeVerdict(state, now);
    return late ? decided(state, late, now) : unproven(state, now);
  },
);

/** A person leaves more time: the deadline moves, and who asked for it stays on record. */
function extended(state: ObservedState, now: Date): Decision | undefined {
  const approval = extendingApproval(state, now);
  const { status } = state.workload;
  const facts =
    state.workflow.kind === 'present' ? state.workflow.value : undefined;
  const extendTo = approval?.spec.extendTo;
  if (!approval || !extendTo || !facts || !status?.gate) return undefined;
  // In the form of all times of a status, whatever offset it was asked for with.
  const until = isoSeconds(new Date(extendTo));
  const { approver, comment } = approval.spec;
  const extension: GateExtension = {
    until,
    by: approver.username,
    at: isoSeconds(now),
    ...(comment ? { comment } : {}),
    approvalUid: approval.metadata.uid,
  };
  return recordIfNew(state, now, {
    ...current(state, facts),
    fields: {
      ...mirrored(state, now),
      gate: {
        ...status.gate,
        deadline: until,
        extensions: [...(status.gate.extensions ?? []), extension],
      },
    },
    event: {
      type: 'Normal',
      reason: REASONS.gateExtended,
      note: `${approver.username} left more time to decide, until ${until}${
        comment ? `: ${comment}` : '.'
      }`,
    },
  });
}

/** Says why an approval that is there is not used yet. */
function unproven(state: ObservedState, now: Date): Decision | undefined {
  const { admission, workload } = state;
  if (admission.kind !== 'unreadable') return undefined;
  return recordIfNew(state, now, {
    phase: workload.status?.phase ?? 'AwaitingApproval',
    reason: REASONS.admissionUnproven,
    message: `An approval waits until it is known that the admission policies vouch for it: ${admission.cause}`,
    conditions: { Approved: 'Unknown' },
    event: 'Warning',
  });
}
