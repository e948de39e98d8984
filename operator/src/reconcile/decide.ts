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
import { carryOutGate } from './steps/carry-out';
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

/** One question each, first answer wins: this list is what the operator does, in order. */
export const STEPS: readonly Step[] = [
  beingDeleted,
  finished,
  invalidSpec,
  cancelBeforeStart,
  policyStart,
  startWorkflow,
  workflowGone,
  gateBypassed,
  templateChanged,
  evidenceChanged,
  approvalsBeforeGate,
  carryOutGate,
  deniedEnds,
  workflowEnded,
  recordVerdict,
  cancelRun,
  openGate,
  recordGatePolicy,
  executionOver,
  nodesUnreadable,
  noProgress,
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
