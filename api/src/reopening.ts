import type { AgentApproval } from './agent-approval';
import type { AgentWorkload } from './agent-workload';
import { CONDITION_TYPES, REASONS } from './conditions';
import { isFinalPhase, type Phase } from './phases';

/**
 * Whether the pages of a run whose gate ran out of time may stand at a gate once more: one rule for the operator, which makes the new
 * run, and for the portal, which offers it. That the run itself is one of those, `ranOutOfTime` says.
 */

/** Somebody said no to the gate of a run, whether or not it was judged in time to decide it. */
export interface Denial {
  username: string;
  workloadUid: string;
  workflowUid: string;
  nodeId: string;
  /** When the API server took it, RFC 3339. */
  at: string;
}

/** Nothing of one that was refused for another reason than that it was late: nobody may have said that. */
export function denialOf({
  metadata,
  spec,
  status,
}: AgentApproval): Denial | undefined {
  const refusal = status?.conditions?.find(
    ({ type, status: is }) =>
      type === CONDITION_TYPES.accepted && is === 'False',
  );
  const late = REASONS.approvalTooLate;
  if (spec.decision !== 'deny' || (refusal && refusal.reason !== late))
    return undefined;
  return {
    username: spec.approver.username,
    workloadUid: spec.workloadRef.uid,
    workflowUid: spec.gate.workflowUid,
    nodeId: spec.gate.nodeId,
    at: metadata.creationTimestamp,
  };
}

/**
 * In time by the API server's clock, and not judged before the time was over: the operator was away, or could not find out who said it.
 *
 * @returns who denied
 */
export function deniedInTime(
  { metadata, status }: Pick<AgentWorkload, 'metadata' | 'status'>,
  denials: readonly Denial[],
): string | undefined {
  const { gate, argoWorkflow } = status ?? {};
  return denials.find(
    one =>
      one.workloadUid === metadata.uid &&
      one.workflowUid === argoWorkflow?.uid &&
      one.nodeId === gate?.nodeId &&
      Date.parse(one.at) <= Date.parse(gate?.deadline ?? ''),
  )?.username;
}

/** uid of the Workflow that visited the pages of a run: the same one through all runs that were opened again. */
export const visitedIn = ({
  status,
}: Pick<AgentWorkload, 'status'>): string | undefined =>
  status?.evidenceFrom?.seenInWorkflow ?? status?.argoWorkflow?.uid;

/** A run that uses the pages of an earlier one. */
export interface LaterRun {
  name: string;
  phase: Phase;
}

/** Nobody said a word about the pages in a run that ended so. */
const UNANSWERED: readonly Phase[] = ['TimedOut', 'Cancelled', 'Failed'];

/** What became of the pages in a run that was opened again. */
export type Answered =
  | { run: string; by: 'open' | 'report' }
  | { run: string; by: 'end'; phase: Phase }
  | { run: string; by: 'denial'; who: string };

/**
 * @param deniedBy who denied at its gate, by any denial that is kept: one that timed out or was cancelled may have had one that was
 * never judged
 * @returns why this run is the last one about its pages; undefined where they may stand at a gate once more
 */
export function answeredBy<Run extends LaterRun>(
  run: Run,
  deniedBy: (run: Run) => string | undefined,
): Answered | undefined {
  const { name, phase } = run;
  if (!isFinalPhase(phase)) return { run: name, by: 'open' };
  if (phase === 'Completed') return { run: name, by: 'report' };
  if (!UNANSWERED.includes(phase)) return { run: name, by: 'end', phase };
  const who = deniedBy(run);
  return who === undefined ? undefined : { run: name, by: 'denial', who };
}
