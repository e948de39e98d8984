/**
 * The contract between the operator, the WorkflowTemplate and the agents. A step's name is the
 * folder name in `agents/src/steps`, except the gate, which is a suspend node.
 */
export const STEPS = {
  scrape: 'scrape',
  screenshot: 'screenshot',
  dom: 'dom',
  gate: 'gate',
  synthesis: 'synthesis',
} as const;
export type StepName = (typeof STEPS)[keyof typeof STEPS];
export const STEP_ORDER: readonly StepName[] = [
  'scrape',
  'screenshot',
  'dom',
  'gate',
  'synthesis',
];

/** The steps that come before each in the WorkflowTemplate that we ship. */
export const STEP_NEEDS: Readonly<Record<StepName, readonly StepName[]>> = {
  scrape: [],
  screenshot: ['scrape'],
  dom: ['scrape'],
  gate: ['screenshot', 'dom'],
  synthesis: ['gate'],
};

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
  /** JSON of Baseline, or left out: see `status.baseline`. */
  baseline: 'baseline',
} as const;

/** Output parameter of the gate; `approve` lets synthesis run, anything else keeps it shut. */
export const GATE_PARAMETER = 'decision';
export const GATE_APPROVED = 'approve';
/** Value that Argo gives a gate nobody decided. */
export const GATE_DEFAULT = 'timed-out';

/** Output parameter of `dom`: JSON of {@link RunSummary}, at most 4 KiB. */
export const SUMMARY_PARAMETER = 'summary';

/** Names of the Argo output artifacts, which are the keys of `status.workflowArtifacts`. */
export const ARTIFACTS = {
  manifest: 'manifest',
  shots: 'shots',
  facts: 'facts',
  /** What differs from the baseline; runs of older templates have none. */
  changes: 'changes',
  reportMarkdown: 'report-md',
  reportHtml: 'report-html',
  reportJson: 'report-json',
  /** The prices as a table for a spreadsheet; runs of older templates have none. */
  pricesCsv: 'prices-csv',
} as const;
export type ArtifactName = (typeof ARTIFACTS)[keyof typeof ARTIFACTS];
export const REPORT_ARTIFACTS: readonly ArtifactName[] = [
  'report-md',
  'report-html',
  'report-json',
];

/** Exit codes of a step. */
export const EXIT_CODES = {
  /** Done, perhaps degraded. */
  ok: 0,
  /** Worth another try by Argo: a service was away. */
  retryable: 10,
  /** Another try would end the same: bad input, every page refused. */
  permanent: 20,
} as const;
