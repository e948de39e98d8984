/** API group of the three kinds; also the prefix of our labels and annotations. @public */
export const GROUP = 'agentworkloads.io';
/** @public */
export const VERSION = 'v1alpha1';
export const API_VERSION = `${GROUP}/${VERSION}`;

/** @public */
export const AGENT_WORKLOAD = {
  kind: 'AgentWorkload',
  plural: 'agentworkloads',
  singular: 'agentworkload',
  shortNames: ['aw'],
} as const;

/** @public */
export const AGENT_WORKLOAD_SCHEDULE = {
  kind: 'AgentWorkloadSchedule',
  plural: 'agentworkloadschedules',
  singular: 'agentworkloadschedule',
  shortNames: ['awsched'],
} as const;

/** @public */
export const AGENT_APPROVAL = {
  kind: 'AgentApproval',
  plural: 'agentapprovals',
  singular: 'agentapproval',
  shortNames: ['awa'],
} as const;

/**
 * The right to decide a gate: verb `approve` on this *virtual* subresource. No
 * API path of that name exists; only RBAC and the admission policy know it.
 */
export const APPROVE_VERB = 'approve';
export const APPROVE_RESOURCE = `${AGENT_WORKLOAD.plural}/approval`;

/**
 * Whether two user names may be one person. Kubernetes compares names by their letters, so ALICE of one sign-in and
 * alice of another pass admission as two; under four eyes they count as one.
 */
export function isSamePerson(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').toLowerCase();
  return plain(one) === plain(other);
}

/** Namespace of the operator and of the portal's account. */
export const SYSTEM_NAMESPACE = 'agentworkloads-system';
/** Default namespace of workloads, their Workflows and the WorkflowTemplate. */
export const WORKLOAD_NAMESPACE = 'agentworkloads';

/** Group whose members hold {@link APPROVE_VERB} where the examples are applied. */
export const APPROVERS_GROUP = 'agentworkloads:approvers';
/** Group whose members may create and cancel workloads where the examples are applied. */
export const REQUESTERS_GROUP = 'agentworkloads:requesters';
export const APPROVER_CLUSTER_ROLE = 'agentworkloads-approver';
export const REQUESTER_CLUSTER_ROLE = 'agentworkloads-requester';

/** @public */
export const LABELS = {
  /** On a Workflow: uid of its AgentWorkload. The admission policies match on it. */
  workloadUid: `${GROUP}/workload-uid`,
  /** On a Workflow: name of its AgentWorkload, for people and selectors. */
  workloadName: `${GROUP}/workload-name`,
  /** On an AgentWorkload, by whoever makes it: runs of one series are compared with each other. */
  series: `${GROUP}/series`,
  /** On an AgentWorkload, by the operator alone: the name of the schedule that made it. */
  schedule: `${GROUP}/schedule`,
} as const;

/** @public */
export const ANNOTATIONS = {
  /** On a run of a schedule, for people: the run for which it was cancelled. */
  replacedBy: `${GROUP}/replaced-by`,
  /** On a run of a schedule, for people: the due time that it was made for. */
  dueAt: `${GROUP}/due-at`,
} as const;

/** Names of the shipped ValidatingAdmissionPolicies; their bindings have the same names. */
export const ADMISSION_POLICIES = {
  approvalIdentity: 'agentworkloads-approval-identity',
  requesterIdentity: 'agentworkloads-requester-identity',
  scheduleIdentity: 'agentworkloads-schedule-identity',
  statusWriters: 'agentworkloads-status-writers',
  metadata: 'agentworkloads-metadata',
  workflowStatusWriters: 'agentworkloads-workflow-status-writers',
  workflowCreators: 'agentworkloads-workflow-creators',
  workflowLabel: 'agentworkloads-workflow-label',
  taskResultOwner: 'agentworkloads-task-result-owner',
  cancelRight: 'agentworkloads-cancel-right',
  baselineRight: 'agentworkloads-baseline-right',
  accountWorkflows: 'agentworkloads-account-workflows',
  accountPods: 'agentworkloads-account-pods',
  accountTokens: 'agentworkloads-account-tokens',
} as const;

/** ConfigMap in {@link SYSTEM_NAMESPACE}; each list is text with one user name a line. */
export const WRITERS_CONFIG_MAP = 'agentworkloads-writers';
/** The lists of {@link WRITERS_CONFIG_MAP}. */
export const WRITER_LISTS = ['creators', 'statusWriters'] as const;
export type WriterList = (typeof WRITER_LISTS)[number];
