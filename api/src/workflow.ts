/** What the operator, the WorkflowTemplate and the agents have agreed on beside the steps, which are in `steps.ts`. */

/** Name of the WorkflowTemplate that we ship. */
export const DEFAULT_TEMPLATE = 'competitor-scrape';

/** Workflow parameters that the operator sets. */
export const WORKFLOW_PARAMETERS = {
  /** Namespace/name of the workload, for people and logs. */
  jobId: 'job_id',
  /** JSON array of strings. */
  targetUrls: 'target_urls',
  objective: 'objective',
  /** Bucket of the artifact repository. */
  bucket: 'minio_bucket',
  /** JSON of HostRules: what policy `start` answered. */
  egressRules: 'egress_rules',
  /** `pricing`, or left out: see `spec.follow`. */
  follow: 'follow',
  /** Value of the label of its entity on every pod, or left out: see `entityLabelValue`. */
  entity: 'entity',
  /** JSON of Baseline, or left out: see `status.baseline`. */
  baseline: 'baseline',
  /** JSON of EvidenceRecord, or left out: see `status.evidenceFrom`. */
  evidenceFrom: 'evidence_from',
} as const;

/** Output parameter of the gate; `approve` lets synthesis run, anything else keeps it shut. */
export const GATE_PARAMETER = 'decision';
export const GATE_APPROVED = 'approve';
/** Value that Argo gives a gate nobody decided. */
export const GATE_DEFAULT = 'timed-out';

/** Output parameter of `dom`: JSON of {@link RunSummary}, at most 4 KiB. */
export const SUMMARY_PARAMETER = 'summary';

/** Exit codes of a step. */
export const EXIT_CODES = {
  /** Done, perhaps degraded. */
  ok: 0,
  /** Worth another try by Argo: a service was away. */
  retryable: 10,
  /** Another try would end the same: bad input, every page refused. */
  permanent: 20,
} as const;
