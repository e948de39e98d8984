import {
  answeredBy,
  denialOf,
  deniedInTime,
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

export interface KnownRuns {
  /** Of a run, by its uid. */
  approvalsOf(uid: string): readonly AgentApproval[];
  /** Of the same cluster. */
  runs(): Iterable<{ workload: AgentWorkload; item: { phase: Phase } }>;
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
  for (const { workload: other, item } of known.runs()) {
    const { metadata, status } = other;
    const isOne =
      status?.evidenceFrom?.seenInWorkflow === pages &&
      metadata.namespace === namespace &&
      metadata.uid !== uid;
    if (isOne)
      yield { uid: metadata.uid, name: metadata.name, phase: item.phase };
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
    if (answer) return answeredWords(answer);
  }
  return undefined;
}
