import {
  CONDITION_TYPES,
  parseDuration,
  REASONS,
  type GateStatus,
  type GateVia,
  type PolicyRecord,
  type Reason,
} from '@agentic/api';
import type { GateFacts } from '../../workflow/facts';
import type { Decision, Step } from '../decision';
import { mirror } from '../mirror';
import type { ObservedState } from '../observed';
import { normal, recordIfNew, recordOrWait, warning } from '../records';
import { deciderOf } from '../decider';
import { isoSeconds, type ConditionInput } from '../status';
import { executionEnd, gateEnd, isExecutionOver } from '../timers';
import { acknowledgeApprovals, decidingApproval } from './approvals';

const STRICTEST = { mode: 'human', fourEyes: true } as const;

function gateNodes(state: ObservedState): GateFacts[] {
  return state.workflow.kind === 'present' ? state.workflow.value.gates : [];
}

/** The node that status speaks of, while it waits. */
function waitingNode(state: ObservedState): GateFacts | undefined {
  const nodeId = state.workload.status?.gate?.nodeId;
  return gateNodes(state).find(
    gate => gate.nodeId === nodeId && gate.phase === 'Running',
  );
}

function mirrored(state: ObservedState, now: Date) {
  return state.workflow.kind === 'present'
    ? mirror(state.workload, state.workflow.value, now)
    : {};
}

function policyRecord(state: ObservedState): PolicyRecord | undefined {
  const { gatePolicy } = state;
  return gatePolicy?.kind === 'answered'
    ? { ...gatePolicy.value, revision: gatePolicy.revision }
    : undefined;
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
  const { timeouts } = state.workload.spec;
  const own = now.getTime() + parseDuration(timeouts.suspendGate);
  return new Date(Math.min(own, executionEnd(state.workload) ?? own));
}

function waitingConditions(message: string): ConditionInput[] {
  const reason = REASONS.waitingForPerson;
  return [
    { type: CONDITION_TYPES.gateOpen, status: 'True', reason, message },
    { type: CONDITION_TYPES.approved, status: 'Unknown', reason, message },
  ];
}

/** An approval that is here before the gate is can't have seen what it approves. */
export const approvalsBeforeGate: Step = (state, now) =>
  state.workload.status?.gate?.nodeId
    ? undefined
    : acknowledgeApprovals(state, now);

/** The node waits: from here on people can decide, and the time runs. */
export const openGate: Step = (state, now) => {
  const { workload } = state;
  const gate = workload.status?.gate ?? STRICTEST;
  const node = gateNodes(state).find(({ phase }) => phase === 'Running');
  if (!node || workload.status?.gate?.nodeId) return undefined;
  const record = policyRecord(state);
  const message = waitingMessage(state, record);
  const opened: GateStatus = {
    mode: gate.mode,
    fourEyes: gate.fourEyes,
    nodeId: node.nodeId,
    openedAt: isoSeconds(now),
    deadline: isoSeconds(gateDeadline(state, now)),
  };
  return recordOrWait(
    state,
    {
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
    },
    now,
    undefined,
    [normal(REASONS.gateOpened, message)],
  );
};

interface Verdict {
  decision: 'approve' | 'deny';
  via: GateVia;
  reason: Reason;
  /** Only of a person. */
  username?: string;
  comment?: string;
  approvalUid?: string;
}

function decided(
  state: ObservedState,
  verdict: Verdict,
  now: Date,
): Decision | undefined {
  const approved = verdict.decision === 'approve';
  const what = approved ? 'approved' : 'denied';
  const { reason, decision, via, username, comment, approvalUid } = verdict;
  const gate: GateStatus = {
    ...(state.workload.status?.gate ?? STRICTEST),
    decision,
    decidedAt: isoSeconds(now),
    via,
    ...(username ? { decidedBy: username } : {}),
    ...(comment ? { comment } : {}),
    ...(approvalUid ? { approvalUid } : {}),
  };
  const message = `The gate was ${what} by ${deciderOf(gate)}${
    comment ? `: ${comment}` : '.'
  }`;
  return recordIfNew(
    state,
    {
      phase: 'Running',
      reason,
      message,
      conditions: [
        { type: CONDITION_TYPES.gateOpen, status: 'False', reason, message },
        {
          type: CONDITION_TYPES.approved,
          status: approved ? 'True' : 'False',
          reason,
          message,
        },
      ],
      fields: { ...mirrored(state, now), gate },
    },
    now,
    [approved ? normal(reason, message) : warning(reason, message)],
  );
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
  if (!approval) return undefined;
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
      }
    : undefined;
}

/** The first verdict recorded wins. A person who decided in time goes before the time limit. */
export const decideGate: Step = (state, now) => {
  const { status } = state.workload;
  if (!waitingNode(state) || !status?.gate?.nodeId || status.gate.decision) {
    return undefined;
  }
  const verdict =
    policyVerdict(state) ??
    cancelVerdict(state) ??
    personVerdict(state, now) ??
    timeVerdict(state, now);
  return verdict && decided(state, verdict, now);
};

/** Policy `gate` could not be asked when the gate opened, and now it answers, or still doesn't. */
export const recordGatePolicy: Step = (state, now) => {
  const { workload } = state;
  const record = policyRecord(state);
  const gate = workload.status?.gate;
  const late = waitingNode(state) && gate && !gate.decision;
  if (!late || !record || workload.status?.policy?.gate) return undefined;
  const message = waitingMessage(state, record);
  return recordIfNew(
    state,
    {
      phase: 'AwaitingApproval',
      reason: REASONS.gateOpened,
      message,
      conditions: waitingConditions(message),
      fields: { policy: { ...workload.status?.policy, gate: record } },
    },
    now,
  );
};

/** Carries the recorded decision to the node. */
export const carryOutGate: Step = (state, now) => {
  const { gate, argoWorkflow } = state.workload.status ?? {};
  if (state.workflow.kind !== 'present' || !gate?.decision || !gate.nodeId) {
    return undefined;
  }
  // Approved, and cancelled before it could be carried out: the run stops with its gate shut.
  if (gate.decision === 'approve' && state.workload.spec.cancel) {
    return undefined;
  }
  const facts = state.workflow.value;
  if (waitingNode(state) && argoWorkflow && !facts.finished) {
    const what = gate.decision === 'approve' ? 'approved' : 'denied';
    const why = gate.comment ? `: ${gate.comment}` : '';
    return {
      type: 'act',
      actions: [
        {
          type: 'decide-gate',
          workflow: facts.name,
          patch: {
            workflowUid: argoWorkflow.uid,
            nodeId: gate.nodeId,
            now,
            decision: gate.decision,
            via: gate.via,
            message: `${what} by ${deciderOf(gate)}${why}`.slice(0, 1024),
          },
        },
      ],
    };
  }
  // No node to patch by its path: a refusal must still end the run.
  const mustStop =
    gate.decision === 'deny' &&
    facts.unreadable &&
    !facts.finished &&
    !facts.shutdown;
  return mustStop
    ? {
        type: 'act',
        actions: [
          {
            type: 'stop-workflow',
            workflow: facts.name,
            workflowUid: facts.uid,
          },
        ],
      }
    : undefined;
};
