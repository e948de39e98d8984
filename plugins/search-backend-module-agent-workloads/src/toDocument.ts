import {
  ARTIFACTS,
  CONDITION_TYPES,
  pagesSeenAt as visitOf,
  type AgentWorkload,
} from '@agentworkloads/api';
import {
  pagesSeenAt,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { toResourceRef } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { IndexableDocument } from '@backstage/plugin-search-common';

/** A report, as it is found. */
export interface ReportDocument extends IndexableDocument {
  authorization: { resourceRef: string };
  /** RFC 3339: when its pages were seen. */
  completedAt: string;
  namespace: string;
  entityRef: string;
}

const TITLE_HOSTS = 3;

function hostsOf(targetUrls: readonly string[]): string[] {
  const hosts = targetUrls.map(url => URL.parse(url)?.host ?? '');
  return [...new Set(hosts.filter(Boolean))];
}

function titleOf(hosts: readonly string[]): string {
  const more = hosts.length - TITLE_HOSTS;
  const named = hosts.slice(0, TITLE_HOSTS).join(', ');
  return `Competitor report: ${named}${more > 0 ? ` and ${more} more` : ''}`;
}

function changesOf({ status }: AgentWorkload): string {
  const counts = status?.summary?.changes;
  if (counts === undefined) return 'not compared';
  return counts === 1 ? '1 change' : `${counts} changes`;
}

/**
 * What search is told of a run.
 * @returns undefined unless a person, or the policy, let its report pass and it is there
 */
export function toDocument(
  cluster: string,
  run: AgentWorkload,
): ReportDocument | undefined {
  const { metadata, spec, status } = run;
  if (
    status?.phase !== 'Completed' ||
    !status.workflowArtifacts?.[ARTIFACTS.reportJson]
  ) {
    return undefined;
  }
  const ref: RunRef = {
    cluster,
    namespace: metadata.namespace,
    name: metadata.name,
  };
  const hosts = hostsOf(spec.targetUrls);
  const completedAt = pagesSeenAt({
    seenAt: visitOf(status),
    finishedAt: status.conditions?.find(
      ({ type }) => type === CONDITION_TYPES.ready,
    )?.lastTransitionTime,
    createdAt: metadata.creationTimestamp,
  });
  const path = [ref.cluster, ref.namespace, ref.name].map(encodeURIComponent);
  return {
    title: titleOf(hosts),
    text: [
      spec.objective,
      hosts.join(' '),
      spec.entityRef ?? '',
      `${changesOf(run)}, ${completedAt.slice(0, 10)}, ${ref.namespace}/${
        ref.name
      }`,
    ]
      .filter(Boolean)
      .join(' · '),
    location: `/agent-workloads/runs/${path.join('/')}`,
    authorization: { resourceRef: toResourceRef(ref) },
    completedAt,
    namespace: ref.namespace,
    entityRef: spec.entityRef ?? '',
  };
}
