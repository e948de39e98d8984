import {
  AGENT_WORKLOAD,
  AGENT_WORKLOAD_SCHEDULE,
  ANNOTATIONS,
  API_VERSION,
  LABELS,
  type AgentWorkload,
  type AgentWorkloadSchedule,
} from '@agentworkloads/api';
import type { Pending } from './state';

/** What a run of the schedule asks for: the template's spec, in the name of whoever the schedule names. */
export function runSpec({
  spec,
}: Pick<AgentWorkloadSchedule, 'spec'>): AgentWorkload['spec'] {
  const { requestedBy, workloadTemplate } = spec;
  return {
    ...workloadTemplate.spec,
    ...(requestedBy ? { requestedBy: { username: requestedBy.username } } : {}),
    cancel: false,
  };
}

/** The AgentWorkload that is made; the schedule owns it, so it goes with it. */
export function buildRun(
  schedule: AgentWorkloadSchedule,
  { name, dueAt }: Pending,
): object {
  const { metadata, spec } = schedule;
  const { labels, annotations } = spec.workloadTemplate.metadata;
  return {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD.kind,
    metadata: {
      name,
      namespace: metadata.namespace,
      labels: { ...labels, [LABELS.schedule]: metadata.name },
      annotations: { ...annotations, [ANNOTATIONS.dueAt]: dueAt },
      ownerReferences: [
        {
          apiVersion: API_VERSION,
          kind: AGENT_WORKLOAD_SCHEDULE.kind,
          name: metadata.name,
          uid: metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: runSpec(schedule),
  };
}
