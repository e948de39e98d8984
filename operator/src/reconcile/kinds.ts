import {
  AGENT_APPROVAL,
  AGENT_WORKLOAD,
  AGENT_WORKLOAD_SCHEDULE,
  GROUP,
  VERSION,
} from '@agentworkloads/api';
import type { ResourceKind } from '../ports';

const ours = (plural: string): ResourceKind => ({
  group: GROUP,
  version: VERSION,
  plural,
});
const argo = (plural: string): ResourceKind => ({
  group: 'argoproj.io',
  version: 'v1alpha1',
  plural,
});
const admission = (plural: string): ResourceKind => ({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural,
});

/** Everything that the operator reads or writes. Cluster-scoped kinds are asked with an empty namespace. */
export const KINDS = {
  workloads: ours(AGENT_WORKLOAD.plural),
  schedules: ours(AGENT_WORKLOAD_SCHEDULE.plural),
  approvals: ours(AGENT_APPROVAL.plural),
  workflows: argo('workflows'),
  workflowTemplates: argo('workflowtemplates'),
  clusterWorkflowTemplates: argo('clusterworkflowtemplates'),
  /** Answered, never kept. In a namespace, so that rights in single namespaces are enough. */
  accessReviews: {
    group: 'authorization.k8s.io',
    version: 'v1',
    plural: 'localsubjectaccessreviews',
  },
  configMaps: { group: '', version: 'v1', plural: 'configmaps' },
  customResources: {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    plural: 'customresourcedefinitions',
  },
  admissionPolicies: admission('validatingadmissionpolicies'),
  admissionBindings: admission('validatingadmissionpolicybindings'),
} as const;
