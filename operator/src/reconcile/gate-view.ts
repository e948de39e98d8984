import {
  quorumWords,
  REASONS,
  tallyOf,
  tallyWords,
  type AgentWorkload,
  type GateStatus,
} from '@agentworkloads/api';
import type { GateFacts } from '../workflow/facts';
import { mirror } from './mirror';
import type { ObservedState } from './observed';
import type { StatusChange } from './status';

/** For a status that has lost what its gate must be. */
export const STRICTEST = { mode: 'human', fourEyes: true } as const;

export function gateNodes(state: ObservedState): GateFacts[] {
  return state.workflow.kind === 'present' ? state.workflow.value.gates : [];
}

/** The node that status speaks of, while it waits. */
export function waitingNode(state: ObservedState): GateFacts | undefined {
  const nodeId = state.workload.status?.gate?.nodeId;
  return gateNodes(state).find(
    gate => gate.nodeId === nodeId && gate.phase === 'Running',
  );
}

/** What a status write takes over from the Workflow, if there is one. */
export function mirrored(state: ObservedState, now: Date) {
  return state.workflow.kind === 'present'
    ? mirror(state.workload, state.workflow.value, now)
    : {};
}

/** What an open gate waits for, without a full stop. */
export function waitsWords(
  gate: GateStatus,
  { spec }: Pick<AgentWorkload, 'spec'>,
): string {
  const tally = tallyOf(gate, spec.requestedBy?.username);
  return tally.votes.length > 0
    ? `The gate has ${tallyWords(tally)}`
    : `The gate waits for ${quorumWords(gate) ?? 'a person'}`;
}

/** Of a gate that waits, for the first approval or for more of them. */
export function waitingConditions(
  gate: GateStatus,
  { spec }: AgentWorkload,
  message: string,
): StatusChange['conditions'] {
  const { votes } = tallyOf(gate, spec.requestedBy?.username);
  const reason =
    votes.length > 0 ? REASONS.approvalsMissing : REASONS.waitingForPerson;
  return {
    GateOpen: { status: 'True', reason, message },
    Approved: { status: 'Unknown', reason, message },
  };
}
