import {
  ARTIFACTS,
  CONDITION_TYPES,
  isFinalPhase,
  pagesSeenAt,
  reusedOf,
  type AgentWorkload,
} from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { namedByGate, peopleOf } from './people';

/** `host` or `host:port` of each target, without duplicates, in the order of the spec. */
export function hostsOf(targetUrls: readonly string[]): string[] {
  const hosts = targetUrls.map(url => URL.parse(url)?.host ?? '');
  return [...new Set(hosts.filter(Boolean))];
}

/** When a run that ended did so: its Ready condition turned, else its last step ended. */
function finishedAt(workload: AgentWorkload): string | undefined {
  const { status } = workload;
  if (!isFinalPhase(status?.phase)) {
    return undefined;
  }
  const ready = status?.conditions?.find(
    condition =>
      condition.type === CONDITION_TYPES.ready &&
      condition.status !== 'Unknown',
  );
  return (
    ready?.lastTransitionTime ??
    status?.steps
      ?.map(step => step.finishedAt)
      .filter((time): time is string => time !== undefined)
      .sort()
      .at(-1)
  );
}

export function toListItem(
  cluster: string,
  workload: AgentWorkload,
  identity: Pick<IdentityMapper, 'userRef'>,
): RunListItem {
  const { metadata, spec, status } = workload;
  return {
    cluster,
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    objective: spec.objective,
    hosts: hostsOf(spec.targetUrls),
    phase: status?.phase ?? 'Pending',
    message: status?.message || undefined,
    requestedBy: spec.requestedBy?.username,
    people: peopleOf(identity, [
      spec.requestedBy?.username,
      spec.cancelledBy?.username,
      ...namedByGate(workload),
    ]),
    entityRef: spec.entityRef,
    createdAt: metadata.creationTimestamp,
    startedAt: status?.argoWorkflow?.startedAt,
    finishedAt: finishedAt(workload),
    seenAt: pagesSeenAt(status),
    reused: status?.evidenceFrom && reusedOf(status.evidenceFrom),
    gate: status?.gate && {
      openedAt: status.gate.openedAt,
      deadline: status.gate.deadline,
      decision: status.gate.decision,
      decidedBy: status.gate.decidedBy,
    },
    hasReport: status?.workflowArtifacts?.[ARTIFACTS.reportJson] !== undefined,
    summary: status?.summary,
  };
}
