import {
  CONDITION_TYPES,
  isFinalPhase,
  keptFor,
  LONGEST_BACKOFF_MS,
  parseDuration,
  type AgentWorkload,
  type AgentWorkloadStatus,
} from '@agentworkloads/api';
import type { Activity } from '../workflow/argo-activity';
import type { WorkflowFacts } from '../workflow/facts';
import { isEnded } from './status';

/** An approval made just before the limit may reach the cache just after it. */
export const GATE_GRACE_MS = 2_000;
/**
 * A retry's back-off is silence by intention. So much of it where Argo hasn't stored the template: twice what the shipped one waits,
 * for Argo sees the end of a wait only when it next looks.
 */
const UNKNOWN_BACKOFF_MS = 2 * LONGEST_BACKOFF_MS;
/** How long a change may stand before it is worth a status write of its own. */
const SETTLE_MS = 60_000;

/** How long the end of a step before the gate waits for others to be written with it. */
const COMPANY_MS = 10_000;

/** Milliseconds for which the gate was open, or will have been when its time is over; 0 before it opens. */
function timeAtGate({ status }: AgentWorkload): number {
  const { openedAt, decidedAt, deadline } = status?.gate ?? {};
  const open =
    Date.parse(decidedAt ?? deadline ?? '') - Date.parse(openedAt ?? '');
  return Number.isFinite(open) ? Math.max(0, open) : 0;
}

/**
 * When `execution`, the time for work, is over; undefined before there is a Workflow. While people have the
 * gate the run does not work: that time is added. Of a gate that is open all that it may take, so that a run
 * whose gate can't be seen any more has an end all the same.
 */
export function executionEnd(workload: AgentWorkload): number | undefined {
  const startedAt = workload.status?.argoWorkflow?.startedAt;
  return startedAt
    ? Date.parse(startedAt) +
        parseDuration(workload.spec.timeouts.execution) +
        timeAtGate(workload)
    : undefined;
}

export function isExecutionOver(workload: AgentWorkload, now: Date): boolean {
  const end = executionEnd(workload);
  return end !== undefined && now.getTime() >= end;
}

/** When the gate is shut for want of a decision; undefined while none is open. */
export function gateEnd(workload: AgentWorkload): number | undefined {
  const gate = workload.status?.gate;
  return gate?.nodeId && gate.deadline && !gate.decision
    ? Date.parse(gate.deadline) + GATE_GRACE_MS
    : undefined;
}

/** When a run ended, milliseconds since 1970; undefined where nothing says so. */
export function endOf(
  status: Pick<AgentWorkloadStatus, 'finishedAt' | 'conditions'>,
): number | undefined {
  const ready = status.conditions?.find(
    ({ type }) => type === CONDITION_TYPES.ready,
  );
  // Ended before `finishedAt` was recorded: Ready turned then.
  const ended = Date.parse(
    status.finishedAt ?? ready?.lastTransitionTime ?? '',
  );
  return Number.isFinite(ended) ? ended : undefined;
}

/**
 * When a run that has ended may be deleted, milliseconds since 1970; undefined while it has not, and
 * where nothing says when it did.
 * @param ttl `spec.ttlAfterFinished` as it stands there
 */
export function expiryOf(
  status:
    | Pick<
        AgentWorkloadStatus,
        'phase' | 'finishedAt' | 'conditions' | 'policy'
      >
    | undefined,
  ttl: unknown,
): number | undefined {
  if (!isFinalPhase(status?.phase)) return undefined;
  const ended = endOf(status);
  if (ended === undefined) return undefined;
  return ended + keptFor(ttl, status.policy?.start);
}

/** However far off its end is, what is kept is looked at again so soon, without a request: the wall clock may be set. */
const LOOK_AGAIN_MS = 6 * 3_600_000;

/** Milliseconds until a run that has ended is looked at again. */
export function untilNextLook(expiry: number, now: Date): number {
  return Math.min(expiry - now.getTime(), LOOK_AGAIN_MS);
}

/** The no-progress clock stands still while something works or a gate waits, and after the end. */
export function isClockRunning(facts: WorkflowFacts): boolean {
  const gateOpen = facts.gates.some(gate => gate.phase === 'Running');
  return !facts.finished && !facts.busy && !gateOpen && !facts.unreadable;
}

function noProgressMs(workload: AgentWorkload): number {
  return parseDuration(workload.spec.timeouts.noProgress);
}

/**
 * When something last moved. The persisted time counts while nothing has changed since, so that a
 * restart neither fires nor forgives the timer. A change that nobody saw happen counts from Argo's
 * own times, but leaves at least half of the limit: what happened while the operator was away is
 * no reason to fail a run the moment it is back.
 */
export function lastProgress(
  workload: AgentWorkload,
  facts: WorkflowFacts,
  now: Date,
): number {
  const status = workload.status ?? {};
  const persisted = Date.parse(status.lastProgressTime ?? '');
  if (status.progressHash === facts.progressHash && persisted) return persisted;
  // A Workflow that no controller has touched has no change but its creation.
  const seen = [
    persisted,
    Date.parse(facts.lastChangeAt),
    Date.parse(facts.createdAt),
  ].filter(Number.isFinite);
  const earliest = now.getTime() - noProgressMs(workload) / 2;
  return Math.min(now.getTime(), Math.max(earliest, ...seen));
}

/** When this Workflow was silent for the whole limit; undefined while the clock stands still. */
export function silenceEnd(
  workload: AgentWorkload,
  facts: WorkflowFacts,
  now: Date,
): number | undefined {
  if (!isClockRunning(facts)) return undefined;
  const backoff = facts.longestBackoffMs ?? UNKNOWN_BACKOFF_MS;
  return (
    lastProgress(workload, facts, now) +
    noProgressMs(workload) +
    (facts.backingOff ? backoff : 0)
  );
}

/**
 * When silence is absence; undefined while the clock stands still. A queue is no absence: while
 * Argo works on other Workflows of the namespace, and has not come to any that was made more than
 * the limit after this one last moved, this one's turn is still to come.
 */
export function noProgressEnd(
  workload: AgentWorkload,
  facts: WorkflowFacts,
  argo: Activity | undefined,
  now: Date,
): number | undefined {
  const silence = silenceEnd(workload, facts, now);
  if (silence === undefined || !argo) return silence;
  const limit = noProgressMs(workload);
  const overtaken = argo.youngest > lastProgress(workload, facts, now) + limit;
  return overtaken ? silence : Math.max(silence, argo.touchedAt + limit);
}

/**
 * When a silent change must be persisted, for a restart to know of it; undefined when there is none.
 * Waiting a while first saves most of the writes: a node rarely stays Pending for long.
 */
export function settleEnd(
  workload: AgentWorkload,
  facts: WorkflowFacts,
  now: Date,
): number | undefined {
  const known = workload.status?.progressHash === facts.progressHash;
  if (known || !isClockRunning(facts)) return undefined;
  const settle = Math.min(SETTLE_MS, noProgressMs(workload) / 3);
  return lastProgress(workload, facts, now) + settle;
}

/**
 * When ends of steps that are not in status must be; undefined when there are none. Before the gate
 * they wait a little for company, and mostly the gate comes: one write instead of three.
 */
export function endsDue(
  workload: AgentWorkload,
  facts: WorkflowFacts,
  now: Date,
): number | undefined {
  const ends = newEnds(workload, facts);
  if (ends.length === 0) return undefined;
  if (workload.status?.gate?.nodeId) return now.getTime();
  const first = Math.min(...ends.map(at => Date.parse(at ?? '') || 0));
  // Of a clock that is ahead of ours nothing can be waited for.
  return first > now.getTime() ? now.getTime() : first + COMPANY_MS;
}

/** When steps of ours ended whose end is not yet in status. The gate's end goes with the next write. */
function newEnds(
  workload: AgentWorkload,
  facts: WorkflowFacts,
): (string | undefined)[] {
  const known = new Map(
    (workload.status?.steps ?? []).map(step => [step.name, step.phase]),
  );
  return facts.steps
    .filter(
      step =>
        isEnded(step) &&
        !facts.gates.some(gate => gate.nodeId === step.nodeId) &&
        known.get(step.name) !== step.phase,
    )
    .map(({ finishedAt }) => finishedAt);
}
