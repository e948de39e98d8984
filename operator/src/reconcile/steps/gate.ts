import {
  CONDITION_TYPES,
  countedGroups,
  LIMITS,
  REASONS,
  tallyOf,
  tallyWords,
  type AgentApproval,
  type AgentWorkload,
  type GateExtension,
  type GateStatus,
  type GateVia,
  type GateVote,
  type Reason,
} from '@agentworkloads/api';
import { decidedByWords } from '../decider';
import { replacedWords } from '../cancel-words';
import { needing, type Decision } from '../decision';
import {
  mirrored,
  STRICTEST,
  waitingConditions,
  waitingNode,
  waitsWords,
} from '../gate-view';
import { isJudged } from '../judge-approval';
import type { Seen } from '../needs';
import type { ObservedState } from '../observed';
import { recordIfNew } from '../records';
import { isoSeconds } from '../status';
import { gateEnd, isExecutionOver } from '../timers';
import {
  decidingApproval,
  extendingApproval,
  unprovenDenial,
} from './approvals';
import { current } from './following';

interface Verdict {
  decision: 'approve' | 'deny';
  via: GateVia;
  reason: Reason;
  /** Only of a person, who decided or cancelled. */
  username?: string;
  comment?: string;
  approvalName?: string;
  approvalUid?: string;
  /** With the one that decided. */
  votes?: GateVote[];
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
    ...(verdict.votes ? { votes: verdict.votes } : {}),
  };
  return recordIfNew(state, now, {
    phase: 'Running',
    reason,
    message: `The gate was ${what} by ${decidedByWords(
      gate,
      state.workload.spec.requestedBy?.username,
    )}${comment ? `: ${comment}` : '.'}`,
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

function voteOf(
  { spec, metadata }: AgentApproval,
  gate: GateStatus,
  now: Date,
): GateVote {
  const { approver, comment } = spec;
  const groups = countedGroups(gate, approver);
  return {
    username: approver.username,
    ...(groups.length > 0 ? { groups } : {}),
    decidedAt: isoSeconds(now),
    ...(comment ? { comment } : {}),
    approvalName: metadata.name,
    approvalUid: metadata.uid,
  };
}

/** One person denies; to approve takes as many as the gate asks for. */
function ofPerson(state: ObservedState, now: Date): Decision | undefined {
  const approval = decidingApproval(state, now);
  const { status, spec } = state.workload;
  // The second one never: only what decides is among them.
  if (!approval || approval.spec.decision === 'extend' || !status?.gate) {
    return undefined;
  }
  const { decision, approver, comment } = approval.spec;
  const verdict = {
    decision,
    via: 'person',
    username: approver.username,
    comment,
    approvalName: approval.metadata.name,
    approvalUid: approval.metadata.uid,
  } as const;
  if (decision === 'deny') {
    return decided(state, { ...verdict, reason: REASONS.deniedByPerson }, now);
  }
  const votes = [
    ...(status.gate.votes ?? []),
    voteOf(approval, status.gate, now),
  ];
  const gate = { ...status.gate, votes };
  return tallyOf(gate, spec.requestedBy?.username).met
    ? decided(
        state,
        { ...verdict, reason: REASONS.approvedByPerson, votes },
        now,
      )
    : counted(state, gate, approver.username, now);
}

/** An approval that is not enough by itself: it counts, and the gate waits for more. */
function counted(
  state: ObservedState,
  gate: GateStatus,
  username: string,
  now: Date,
): Decision | undefined {
  const message = `${username} approved. ${waitsWords(gate, state.workload)}.`;
  return recordIfNew(state, now, {
    phase: 'AwaitingApproval',
    reason: REASONS.approvalsMissing,
    message,
    conditions: waitingConditions(gate, state.workload, message),
    fields: { ...mirrored(state, now), gate },
    event: 'Normal',
  });
}

function lateWords({ spec, status }: AgentWorkload): string {
  const { votes = [] } = status?.gate ?? {};
  if (!status?.gate || votes.length === 0) {
    return `nobody decided within ${spec.timeouts.suspendGate}`;
  }
  const tally = tallyOf(status.gate, spec.requestedBy?.username);
  return `the time to decide is over: ${tallyWords(tally)}`;
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
        comment: lateWords(workload),
      }
    : undefined;
}

/** The time is over, and somebody said no of whom it could not be found out who: that is not nobody's word. */
function deniedUnproven(state: ObservedState, now: Date): Verdict | undefined {
  const approval = unprovenDenial(state, now);
  if (!approval || state.admission.kind !== 'unreadable') return undefined;
  const { spec, metadata } = approval;
  const who = spec.approver.username;
  return {
    decision: 'deny',
    via: 'person',
    reason: REASONS.deniedByPerson,
    // No name: nothing vouches for it.
    comment:
      `in time in the name of ${who}, for which nothing could vouch until the time was over (${state.admission.cause}): ${spec.comment}`.slice(
        0,
        LIMITS.comment,
      ),
    approvalName: metadata.name,
    approvalUid: metadata.uid,
  };
}

function cancelVerdict({ workload }: ObservedState): Verdict | undefined {
  const { cancel, cancelledBy } = workload.spec;
  if (!cancel) return undefined;
  const replaced = replacedWords(workload);
  return {
    decision: 'deny',
    via: 'cancel',
    reason: REASONS.cancelRequested,
    // The schedule of a run is no person.
    ...(replaced
      ? { comment: replaced }
      : { username: cancelledBy?.username, comment: cancelledBy?.reason }),
  };
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
    const verdict = policyVerdict(state) ?? cancelVerdict(state);
    if (verdict) return decided(state, verdict, now);
    // Before the time limit: who decided in time is heard, and more time moves it.
    const said = ofPerson(state, now) ?? extended(state, now);
    if (said) return said;
    const late = timeVerdict(state, now);
    const denial = late && deniedUnproven(state, now);
    if (denial) return decided(state, denial, now);
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
  // That no approval opens it any more says more; the two would else be written in turn, without end.
  const approved = workload.status?.conditions?.find(
    ({ type }) => type === CONDITION_TYPES.approved,
  );
  if (approved?.reason === REASONS.approvalGone) return undefined;
  return recordIfNew(state, now, {
    phase: workload.status?.phase ?? 'AwaitingApproval',
    reason: REASONS.admissionUnproven,
    message: `An approval waits until it is known that the admission policies vouch for it: ${admission.cause}`,
    conditions: { Approved: 'Unknown' },
    event: 'Warning',
  });
}
