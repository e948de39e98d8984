import {
  hasVotes,
  isFinalPhase,
  REASONS,
  restsOn,
  tallyOf,
  tallyWords,
  type AgentApproval,
  type GateStatus,
  type VoteOnRecord,
} from '@agentworkloads/api';
import { decidedByWords } from '../decider';
import { needing, type Decision } from '../decision';
import { mirrored, STRICTEST, waitingNode } from '../gate-view';
import { acceptanceOf } from '../judge-approval';
import type { Seen } from '../needs';
import type { Observed, ObservedState } from '../observed';
import { recordIfNew, recordOrWait } from '../records';
import { isoSeconds } from '../status';
import { accept } from './approvals';

const UNREADABLE_RETRY_MS = 5_000;

/** Why an approval is not the one that status says counted to approve; undefined when it is. */
function changeOf(
  { workload }: ObservedState,
  vote: VoteOnRecord,
  found: Observed<AgentApproval>,
): string | undefined {
  const { gate, argoWorkflow } = workload.status ?? {};
  if (found.kind !== 'present') return 'is not there';
  const { spec, metadata } = found.value;
  const kept =
    metadata.uid === vote.approvalUid &&
    spec.workloadRef.uid === workload.metadata.uid &&
    spec.gate.workflowUid === argoWorkflow?.uid &&
    spec.gate.nodeId === gate?.nodeId &&
    spec.decision === 'approve' &&
    spec.evidence === gate?.evidence &&
    spec.approver.username === vote.username &&
    (vote.groups ?? []).every(one => spec.approver.groups?.includes(one));
  if (!kept) return 'is not the one that counted';
  return acceptanceOf(found.value) === 'False' ? 'was refused' : undefined;
}

/** An approval that can't be found as it was opens nothing: what status says alone is no approval. */
function shut(state: ObservedState, why: string, now: Date): Decision {
  const before = state.workload.status?.gate ?? STRICTEST;
  const comment = `${why}, so the gate stays shut`;
  const { decidedBy: _nobody, ...rest } = before as GateStatus;
  const gate: GateStatus = {
    ...rest,
    decision: 'deny',
    via: 'operator',
    decidedAt: isoSeconds(now),
    comment,
  };
  return recordOrWait(state, now, {
    phase: 'Running',
    reason: REASONS.approvalGone,
    message: `The gate was denied by ${decidedByWords(gate)}: ${comment}`,
    conditions: { Approved: 'False' },
    fields: { ...mirrored(state, now), gate },
    requeueAfterMs: UNREADABLE_RETRY_MS,
    event: 'Warning',
  });
}

interface Confirmed {
  vote: VoteOnRecord;
  found: Observed<AgentApproval>;
}

function confirmedOf(state: ObservedState, gate: GateStatus): Confirmed[] {
  const requester = state.workload.spec.requestedBy?.username;
  return restsOn(gate, requester).map((vote, index) => ({
    vote,
    found: state.decidedBy[index] ?? { kind: 'unreadable', cause: 'not asked' },
  }));
}

function goneOf(
  state: ObservedState,
  confirmed: readonly Confirmed[],
): string | undefined {
  for (const { vote, found } of confirmed) {
    const why = changeOf(state, vote, found);
    if (why !== undefined) {
      const which = vote.approvalName ?? vote.approvalUid ?? '(none is named)';
      return `approval ${which} of ${vote.username ?? 'nobody'} ${why}`;
    }
  }
  return undefined;
}

function problemOf(
  state: ObservedState,
  gate: GateStatus,
  confirmed: readonly Confirmed[],
): string | undefined {
  const gone = goneOf(state, confirmed);
  if (gone !== undefined || !hasVotes(gate)) return gone;
  const tally = tallyOf(gate, state.workload.spec.requestedBy?.username);
  return tally.met
    ? undefined
    : `the approvals that counted are not enough (${tallyWords(tally)})`;
}

/**
 * What comes before the gate is patched, for a decision of people: `Accepted` stands on each approval
 * that counted, and each is read live as it was then. To approve by anything but the policy
 * takes such approvals, whatever `via` says. A refusal waits for nothing: it can only shut.
 */
function beforePatch(state: ObservedState, now: Date): Decision | undefined {
  const { workload } = state;
  const gate = workload.status?.gate;
  if (gate?.decision !== 'approve' || gate.via === 'policy') return undefined;
  const confirmed = confirmedOf(state, gate);
  // One that is known to be gone shuts it, whatever can't be read of the others.
  const readable = confirmed.filter(({ found }) => found.kind !== 'unreadable');
  const why = problemOf(state, gate, readable);
  if (why !== undefined) return shut(state, why, now);
  if (readable.length < confirmed.length) {
    return { type: 'wait', requeueAfterMs: UNREADABLE_RETRY_MS };
  }
  const actions = readable.flatMap(({ found }) =>
    found.kind === 'present' && acceptanceOf(found.value) !== 'True'
      ? accept(found.value, workload)
      : [],
  );
  return actions.length > 0 ? { type: 'act', actions } : undefined;
}

function patchGate(state: ObservedState, now: Date): Decision | undefined {
  const { gate, argoWorkflow } = state.workload.status ?? {};
  if (state.workflow.kind !== 'present' || !gate?.decision || !gate.nodeId) {
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
            evidence: gate.evidence ?? '',
            message: `${what} by ${decidedByWords(
              gate,
              state.workload.spec.requestedBy?.username,
            )}${why}`.slice(0, 1024),
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
}

/** Whether the gate of status waits, in a Workflow that goes on, for a decision that is recorded. */
export function isToBeCarriedOut(state: ObservedState): boolean {
  const gate = state.workload.status?.gate;
  return (
    gate?.decision !== undefined &&
    waitingNode(state) !== undefined &&
    state.workflow.kind === 'present' &&
    !state.workflow.value.finished
  );
}

function isApprovalDue({ workload, workflow }: Seen): boolean {
  const { gate, phase } = workload.status ?? {};
  const waits =
    workflow.kind === 'present' &&
    workflow.value.gates.some(
      node => node.nodeId === gate?.nodeId && node.phase === 'Running',
    );
  return waits && gate?.decision === 'approve' && !isFinalPhase(phase);
}

/** Carries the recorded decision to the node. */
export const carryOutGate = needing(
  { decidedBy: isApprovalDue },
  (state, now) => {
    const gate = state.workload.status?.gate;
    // Approved, and cancelled before it could be carried out: the run stops with its gate shut.
    if (gate?.decision === 'approve' && state.workload.spec.cancel) {
      return undefined;
    }
    const first = isToBeCarriedOut(state) ? beforePatch(state, now) : undefined;
    return first ?? patchGate(state, now);
  },
);

/** One that counted is not among those that are there, of a gate that still waits for others. */
function isVoteMissing({ workload, approvals }: Seen): boolean {
  const { gate, phase } = workload.status ?? {};
  return (
    phase === 'AwaitingApproval' &&
    gate !== undefined &&
    !gate.decision &&
    (gate.votes ?? []).some(
      vote =>
        !approvals.some(({ metadata }) => metadata.uid === vote.approvalUid),
    )
  );
}

/** Said as soon as it is known, and not when the last of several has approved: whoever approves until then does so in vain. */
export const voteGone = needing({ decidedBy: isVoteMissing }, (state, now) => {
  const gate = state.workload.status?.gate;
  if (!gate?.votes || gate.decision || !waitingNode(state)) return undefined;
  const readable = confirmedOf(state, gate).filter(
    ({ found }) => found.kind !== 'unreadable',
  );
  const why = goneOf(state, readable);
  if (why === undefined) return undefined;
  const reason = REASONS.approvalGone;
  const message = `The ${why}, so no further approval can open this gate: deny it, or let its time run out and open the run again.`;
  return recordIfNew(state, now, {
    phase: 'AwaitingApproval',
    reason,
    message,
    conditions: { Approved: { status: 'Unknown', reason, message } },
    event: 'Warning',
  });
});
