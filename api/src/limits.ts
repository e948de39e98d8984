/** Bounds of the spec; the form, the CRD and the policy tests use the same numbers. */
export const LIMITS = {
  objective: 2000,
  targetUrls: 500,
  /** Characters of one URL. */
  targetUrl: 2048,
  /** UTF-8 bytes of all URLs together: one environment variable holds 128 KiB at most. */
  targetUrlsTotal: 64 * 1024,
  parameters: 32,
  parameterName: 63,
  parameterValue: 1024,
  /** The Workflow and its pods derive their names from this one. */
  name: 52,
  comment: 2000,
  /** Why a run was cancelled: it stands in messages and events, which are short. */
  cancelReason: 300,
  /** How often the time of one gate can be extended. */
  gateExtensions: 20,
  /** People whose approval one gate can ask for. */
  gateApprovals: 5,
  /** Groups that a run can ask for at its gate; policy can ask for as many more at the start, and again at the gate. */
  gateGroups: 5,
  /**
   * Votes that one gate can have. Each brings a person or a group that was missing, at most twenty; those of who asked for the run stop
   * counting where policy asks for four eyes late, and stay in the list.
   */
  gateVotes: 40,
  /** Groups that an approver can name. */
  approverGroups: 20,
  /** Names that are tried for a Workflow before NameCollision. */
  workflowNames: 3,
  /** Digests of templates with `templateRef`, and of what they refer to. */
  templateDigests: 100,
  /** UTF-8 bytes of the `summary` output parameter that policy `gate` sees. */
  summaryBytes: 4096,
} as const;
