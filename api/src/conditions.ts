/** Condition types of our kinds. Each is True, False or Unknown, with a reason from {@link REASONS}. */
export const CONDITION_TYPES = {
  /** True once the run completed; False when it ended otherwise; Unknown on the way (kstatus reads "no Ready" as ready). */
  ready: 'Ready',
  /** True while the operator still has something to do for this workload. */
  reconciling: 'Reconciling',
  /** True when the run can't go on without a person mending something. */
  stalled: 'Stalled',
  /** Policy `start`: True allowed, False denied, Unknown not yet or not reachable. */
  policyAllowed: 'PolicyAllowed',
  /** True once the Workflow exists and carries our uid. */
  workflowCreated: 'WorkflowCreated',
  /** True while the gate waits for a decision. */
  gateOpen: 'GateOpen',
  /** True approved, False denied or timed out, Unknown undecided. */
  approved: 'Approved',
  /** True when the places of all reports are in status.workflowArtifacts. */
  artifactsRecorded: 'ArtifactsRecorded',
  /** True when the gate passed without a decision of ours. */
  gateBypassed: 'GateBypassed',
  /** On an AgentApproval: True when the operator used it, False with the reason when it refused it. */
  accepted: 'Accepted',
  /** On an AgentWorkloadSchedule: True while who asks may ask for runs in its namespace. */
  requesterAllowed: 'RequesterAllowed',
} as const;
export type ConditionType =
  (typeof CONDITION_TYPES)[keyof typeof CONDITION_TYPES];

/** Reasons of conditions and events. CamelCase, stable: scripts and alerts match on them. */
export const REASONS = {
  // Start
  policyAllows: 'PolicyAllows',
  policyDenies: 'PolicyDenies',
  /** Policy allows the start, and as many runs go on as may: it waits until one ends. */
  limitReached: 'LimitReached',
  /** The policy could not be asked, or its answer was undefined, late or malformed: wait, never allow. */
  policyUnavailable: 'PolicyUnavailable',
  invalidSpec: 'InvalidSpec',
  templateNotFound: 'TemplateNotFound',
  // Workflow
  workflowCreated: 'WorkflowCreated',
  /** The API server refused to make it; the operator tries again. */
  workflowNotCreated: 'WorkflowNotCreated',
  /** Every name that was tried belongs to a Workflow that is not ours; they are left untouched. */
  nameCollision: 'NameCollision',
  /** A Workflow of the recorded name says that it is ours, and is not what the operator would have made. */
  foreignWorkflow: 'ForeignWorkflow',
  /** What Argo runs is not what the template said when it was read at the start, or is no longer what Argo began with. */
  templateChanged: 'TemplateChanged',
  /** The run that `spec.evidenceFrom` names can't be opened again. */
  evidenceUnfit: 'EvidenceUnfit',
  workflowDeleted: 'WorkflowDeleted',
  workflowRunning: 'WorkflowRunning',
  workflowFailed: 'WorkflowFailed',
  stepFailed: 'StepFailed',
  /** Nodes are compressed or offloaded; the operator doesn't guess. */
  nodesUnreadable: 'NodesUnreadable',
  /** No controller ever touched the Workflow within `noProgress`. */
  argoNotObserved: 'ArgoNotObserved',
  /** Argo saw it, nothing runs and nothing moved for `noProgress`. */
  argoStalled: 'ArgoStalled',
  /** Argo waits for its own parallelism limit or a lock; not a failure. */
  argoQueued: 'ArgoQueued',
  executionDeadline: 'ExecutionDeadlineExceeded',
  // Gate
  gateOpened: 'GateOpened',
  /** A person left more time to decide. */
  gateExtended: 'GateExtended',
  waitingForPerson: 'WaitingForPerson',
  /** Somebody approved, and more people or somebody of a group are still to. */
  approvalsMissing: 'ApprovalsMissing',
  approvedByPerson: 'ApprovedByPerson',
  approvedByPolicy: 'ApprovedByPolicy',
  deniedByPerson: 'DeniedByPerson',
  deniedByPolicy: 'DeniedByPolicy',
  gateTimeout: 'GateTimeout',
  gateBypassed: 'GateBypassed',
  /** A step before the gate named no sha256 for one of its artifacts, so nobody could say what is approved. */
  evidenceMissing: 'EvidenceMissing',
  /** What was approved is not what is there, or not what the report was made from. */
  evidenceChanged: 'EvidenceChanged',
  cancelRequested: 'CancelRequested',
  // Approvals
  approvalUsed: 'ApprovalUsed',
  /** The approval that had decided was deleted or altered before the gate was opened: the gate is shut. */
  approvalGone: 'ApprovalGone',
  /** It names a workload that is not there. */
  workloadGone: 'WorkloadGone',
  approvalOfOtherWorkload: 'ApprovalOfOtherWorkload',
  approvalOfOtherGate: 'ApprovalOfOtherGate',
  /** It was given to other evidence than what the gate opened with. */
  approvalOfOtherEvidence: 'ApprovalOfOtherEvidence',
  approvalTooLate: 'ApprovalTooLate',
  /** It brings nothing that the gate still asks for: the same person again, or nobody of a group that is missing. */
  approvalBringsNothing: 'ApprovalBringsNothing',
  /** It asked for more time than policy leaves a gate, or for none. */
  extensionRefused: 'ExtensionRefused',
  approverIsRequester: 'ApproverIsRequester',
  approverMayNot: 'ApproverMayNotApprove',
  /** The shipped admission policies are missing, so nobody vouches for the approver's name. */
  admissionMissing: 'AdmissionPoliciesMissing',
  /** An approval waits: whether the admission policies bite could not be found out. */
  admissionUnproven: 'AdmissionUnproven',
  // End
  completed: 'Completed',
  cancelled: 'Cancelled',
  artifactsMissing: 'ArtifactsMissing',
  // Schedules: why it is not ready, and why a due time has no run
  scheduled: 'Scheduled',
  runStarted: 'RunStarted',
  invalidSchedule: 'InvalidSchedule',
  invalidTimeZone: 'InvalidTimeZone',
  suspended: 'Suspended',
  /** A later due time had come before anything could be started: after an absence there is one run. */
  missed: 'Missed',
  /** Longer ago than `startingDeadline`. */
  tooLate: 'TooLate',
  /** Another schedule or time zone was set before anything could be started. */
  scheduleChanged: 'ScheduleChanged',
  /** An earlier run goes on, and `concurrencyPolicy` is Forbid. */
  stillRunning: 'StillRunning',
  noGateOpen: 'NoGateOpen',
  /** Who asks may no longer ask for runs. */
  requesterMayNot: 'RequesterMayNot',
  requesterMay: 'RequesterMay',
  requesterUnknown: 'RequesterUnknown',
  /** The API server refuses to make the run; the operator tries again until it is too late. */
  runNotMade: 'RunNotMade',
  /** Something of that name is there that this schedule does not own; it is left alone. */
  nameTaken: 'NameTaken',
  /** By more than a day: what comes due from now on is started again. */
  clockSetBack: 'ClockSetBack',
} as const;
export type Reason = (typeof REASONS)[keyof typeof REASONS];
