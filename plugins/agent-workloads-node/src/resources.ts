import {
  AGENT_APPROVAL,
  AGENT_WORKLOAD,
  AGENT_WORKLOAD_SCHEDULE,
  GROUP,
  VERSION,
} from '@agentworkloads/api';
import type { ResourceKind } from '@agentworkloads/kube';

export const RESOURCES = {
  workloads: { group: GROUP, version: VERSION, plural: AGENT_WORKLOAD.plural },
  schedules: {
    group: GROUP,
    version: VERSION,
    plural: AGENT_WORKLOAD_SCHEDULE.plural,
  },
  approvals: { group: GROUP, version: VERSION, plural: AGENT_APPROVAL.plural },
  workflows: { group: 'argoproj.io', version: 'v1alpha1', plural: 'workflows' },
  pods: { group: '', version: 'v1', plural: 'pods' },
  events: { group: '', version: 'v1', plural: 'events' },
} as const satisfies Record<string, ResourceKind>;
