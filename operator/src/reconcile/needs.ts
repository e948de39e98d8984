import type { AgentApproval, AgentWorkload } from '@agentworkloads/api';
import type { WorkflowFacts } from '../workflow/facts';
import type { Observed } from './observed';

/**
 * What a pass reads from the API server, however it stands in the caches. What they lack is read
 * from it in any case.
 */
export interface Live {
  workload: boolean;
  workflow: boolean;
  /** A name that was drawn and recorded a moment ago: nothing was made of it yet. */
  unusedName?: string;
}

export const FROM_CACHES: Live = { workload: false, workflow: false };
export const ALL_LIVE: Live = { workload: true, workflow: true };

/** What is asked only where a step needs it, for each is a request or an answer of a policy; by its name in `ObservedState`. */
export type Need =
  | 'startPolicy'
  | 'template'
  | 'decidedBy'
  | 'admission'
  | 'gatePolicy';

/** What is known of a run when it is settled what else has to be asked. */
export interface Seen {
  workload: AgentWorkload;
  workflow: Observed<WorkflowFacts>;
  approvals: AgentApproval[];
  live: Live;
}

/** When a step that gets to answer would use it. */
export type Needs = Partial<Record<Need, (seen: Seen) => boolean>>;
