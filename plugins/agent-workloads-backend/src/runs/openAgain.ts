import {
  answeredBy,
  denialOf,
  deniedInTime,
  isFinalPhase,
  visitedIn,
  ranOutOfTime,
  said,
  type AgentApproval,
  type AgentWorkload,
  type Answered,
  type Phase,
  type Said,
} from '@agentworkloads/api';
import type { MayOpenAgain } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { WorkloadResource } from '../permissions';

interface KnownRun {
  workload: AgentWorkload;
  resource: WorkloadResource;
  item: { phase: Phase };
}

export interface KnownRuns {
  /** Of a run, by its uid. */
  approvalsOf(uid: string): readonly AgentApproval[];
  /** Of the same cluster. */
  runs(): Iterable<KnownRun>;
  /** Whether the caller may know of it; without it, of every one. */
  mayRead?(run: KnownRun): boolean;
  /** Of a run that is left out: the one that is about to be made, and may have been made already. */
  except?: string;
}

const denialsOf = (known: KnownRuns, uid: string) =>
  known.approvalsOf(uid).flatMap(approval => denialOf(approval) ?? []);

function answeredWords(answer: Answered): Said {
  const { run } = answer;
  switch (answer.by) {
    case 'open':
      return said('runOpenedAlready', { run });
    case 'report':
      return said('runOpenedReported', { run });
    case 'denial':
      return said('runOpenedDenied', { run, who: answer.who });
    default:
      return said('runOpenedEnded', { run, phase: answer.phase });
  }
}

/** Of a run whose gate ran out of time; of others there is nothing to say. */
export function mayOpenAgain(
  workload: AgentWorkload,
  known: KnownRuns,
): MayOpenAgain | undefined {
  if (!ranOutOfTime(workload.status)) return undefined;
  const why = whyNotOpenedAgain(workload, known);
  if (!why) return { allowed: true };
  const { message, ...own } = why;
  return { allowed: false, reason: message, said: own };
}

/** Runs of the same namespace that used the same pages after it. */
function* openedFrom(workload: AgentWorkload, known: KnownRuns) {
  const pages = visitedIn(workload);
  const { uid, namespace } = workload.metadata;
  const asked = workload.status?.argoWorkflow?.uid;
  for (const run of known.runs()) {
    const { workload: other, item } = run;
    const { metadata, spec, status } = other;
    const isOne =
      metadata.namespace === namespace &&
      metadata.uid !== uid &&
      metadata.name !== known.except;
    // One that waits for its place has not been looked at by the operator yet.
    const waits =
      !status?.evidenceFrom &&
      !isFinalPhase(item.phase) &&
      spec.evidenceFrom?.workflowUid === asked;
    if (isOne && (waits || status?.evidenceFrom?.seenInWorkflow === pages))
      yield {
        uid: metadata.uid,
        name: metadata.name,
        phase: item.phase,
        isHidden: known.mayRead?.(run) === false,
      };
  }
}

/**
 * As far as the portal knows; the operator, which decides by the same rule, has the last word.
 *
 * @returns why a run can't be opened again on the pages that it saw; undefined where it can
 */
export function whyNotOpenedAgain(
  workload: AgentWorkload,
  known: KnownRuns,
): Said | undefined {
  const { metadata, status } = workload;
  if (!ranOutOfTime(status) || status?.argoWorkflow === undefined) {
    const phase = status?.phase ?? 'Pending';
    return said('runNotOpenedAgain', { phase });
  }
  const denials = denialsOf(known, metadata.uid);
  const who = deniedInTime(workload, denials);
  if (who !== undefined) return said('runDeniedInTime', { who });
  for (const run of openedFrom(workload, known)) {
    const answer = answeredBy(
      run,
      ({ uid }) => denialsOf(known, uid).at(0)?.username,
    );
    if (answer)
      return run.isHidden ? said('runOpenedHidden', {}) : answeredWords(answer);
  }
  return undefined;
}
