import type { GateFacts } from '../workflow/facts';
import { mirror } from './mirror';
import type { ObservedState } from './observed';

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
