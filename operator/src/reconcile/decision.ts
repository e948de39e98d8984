import type {
  AgentApproval,
  AgentWorkloadStatus,
  Reason,
} from '@agentworkloads/api';
import type { EventNote } from '../ports';
import type { GatePatchInput } from '../workflow/gate-patch';
import type { Needs } from './needs';
import type { ObservedState } from './observed';

/** What can be done to the world; each is idempotent or guarded by a precondition. */
export type Action =
  | { type: 'create-workflow'; name: string }
  | { type: 'decide-gate'; workflow: string; patch: GatePatchInput }
  | { type: 'stop-workflow'; workflow: string; workflowUid: string }
  | { type: 'own-approval'; approval: AgentApproval }
  | {
      type: 'judge-approval';
      approval: AgentApproval;
      accepted: boolean;
      reason: Reason;
      message: string;
    };

/**
 * The outcome of a pass. Either a decision is *recorded* in status, or one that is recorded already
 * is *carried out*; never both, so that a crash between the two loses nothing.
 */
export type Decision =
  | { type: 'record'; status: AgentWorkloadStatus; events: EventNote[] }
  | { type: 'act'; actions: Action[] }
  /** It ended long ago; owner references take the rest along. */
  | { type: 'remove' }
  | { type: 'wait'; requeueAfterMs?: number };

/** One question. Undefined means "not mine", and the next one is asked. */
export interface Step {
  (state: ObservedState, now: Date): Decision | undefined;
  /** Nothing else is gathered; a step that needs something and doesn't say so never gets it. */
  needs?: Needs;
}

/** The step, and what it needs. */
export function needing(needs: Needs, step: Step): Step {
  return Object.assign(step, { needs });
}
