import { isFinalPhase, REASONS, type AgentWorkload } from '@agentworkloads/api';
import type { Decision, Step } from './decision';
import type { ObservedState } from './observed';
import { nextStatus } from './status';
import { acknowledgeApprovals } from './steps/approvals';
import {
  cancelRun,
  deniedEnds,
  gateBypassed,
  workflowEnded,
  workflowGone,
} from './steps/ending';
import { evidenceChanged } from './steps/evidence';
import {
  executionOver,
  follow,
  nodesUnreadable,
  noProgress,
  waitForChange,
} from './steps/following';
import { carryOutGate, voteGone } from './steps/carry-out';
import { recordVerdict } from './steps/gate';
import {
  approvalsBeforeGate,
  openGate,
  recordGatePolicy,
} from './steps/gate-opening';
import {
  beingDeleted,
  cancelBeforeStart,
  finished,
  invalidSpec,
  keepUntil,
} from './steps/lifetime';
import { policyStart } from './steps/policy-start';
import { startWorkflow } from './steps/start';
import { templateChanged } from './steps/template';

/** One question each, first answer wins: this list is what the operator does, in order. Beside a step: why not later, or not earlier. */
export const STEPS: readonly Step[] = [
  // An object that goes takes everything along: whatever else is written would be lost or would hold it up.
  beingDeleted,
  // A final phase never changes, whatever the Workflow or the spec says now.
  finished,
  // Before anything of the spec is used: what cancels, starts or is asked of policy can rely on it.
  invalidSpec,
  // Before the policy is asked: a run that nobody wants takes no place.
  cancelBeforeStart,
  // No Workflow before an allow is on record.
  policyStart,
  // From here on there is a Workflow of ours.
  startWorkflow,
  // All that follows reads the Workflow; without one nothing of it can be judged.
  workflowGone,
  // The three ways in which what runs is not to be trusted end the run before anything of it is used: before an approval
  // is carried out, and before an end that looks good is taken for one.
  gateBypassed,
  templateChanged,
  evidenceChanged,
  // An approval that was there before its gate has seen nothing: refused before the gate opens, so that it decides nothing.
  approvalsBeforeGate,
  // Before the ends: a decision that is on record and was not carried out must not be overtaken by a later one.
  carryOutGate,
  // Before `workflowEnded`: a refusal makes Argo fail the Workflow, and that is the gate's end, not a failure.
  deniedEnds,
  workflowEnded,
  // Before the verdict: an answer of policy that came late may ask for more people, or deny.
  recordGatePolicy,
  // Before the request to cancel, which is one of the gate's verdicts while it waits, and before the end of time, so that
  // who decided in time is heard.
  recordVerdict,
  // After the verdict: who denies, or is late, ends the gate, and then there is nothing more to say of its votes.
  voteGone,
  cancelRun,
  // After the ends: no gate opens in a run that is over.
  openGate,
  // Before the reasons to wait: none of them waits longer than the whole run may take.
  executionOver,
  // Before the silence is judged: nobody can tell what moved in steps that can't be read.
  nodesUnreadable,
  noProgress,
  // Approvals that decided nothing are told so once all that could use them has had its turn.
  acknowledgeApprovals,
  follow,
  waitForChange,
];

/** Pure: the same state and time give the same decision. */
export function decide(state: ObservedState, now: Date): Decision {
  for (const step of STEPS) {
    const decision = step(state, now);
    if (decision) return decision;
  }
  return { type: 'wait' };
}

/** A spec that isn't even of the right shape: nothing but its end can be decided. */
export function decideInvalid(
  workload: Pick<AgentWorkload, 'metadata' | 'status'>,
  problems: string[],
  now: Date,
): Decision {
  if (workload.metadata.deletionTimestamp) return { type: 'wait' };
  if (isFinalPhase(workload.status?.phase)) return keepUntil(workload, now);
  const message = `The spec can't be run: ${problems.join('; ')}.`;
  const status = nextStatus(
    workload,
    { phase: 'Failed', reason: REASONS.invalidSpec, message },
    now,
  );
  return {
    type: 'record',
    status,
    events: [{ type: 'Warning', reason: REASONS.invalidSpec, note: message }],
  };
}
