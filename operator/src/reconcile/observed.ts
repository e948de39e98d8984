import type {
  AgentApproval,
  AgentWorkload,
  AgentWorkloadStatus,
  GateDecisionResult,
  StartDecision,
} from '@agentworkloads/api';
import type { Judged, Strictness } from '../policy/answers';
import type { Activity } from '../workflow/argo-activity';
import type { WorkflowFacts } from '../workflow/facts';
import type { Json } from '../json';
import type { TemplateFacts } from '../workflow/read-template';

/** "Not there" and "could not be read" are different: the second may only lead to waiting. */
export type Observed<T> =
  | { kind: 'present'; value: T }
  | { kind: 'absent' }
  | { kind: 'unreadable'; cause: string };

/** Whether the shipped admission policies vouch for names here, and since when. */
export type AdmissionFacts =
  | {
      kind: 'present';
      since: string;
      /** Why nobody can approve all the same, as a sentence: the CRD drops how many have to. To deny takes nothing of it. */
      unkept?: string;
    }
  /** They are not there, not as shipped, or don't bite: each problem is a sentence. */
  | { kind: 'missing'; problems: string[] }
  /** It could not be found out: neither accept nor refuse. */
  | { kind: 'unreadable'; cause: string }
  /** There was nothing to judge. */
  | { kind: 'unasked' };

/**
 * What goes on record of earlier runs: the one to compare with, or why there is none, or neither; and the one whose pages are used
 * again.
 */
export type EarlierRuns = Pick<
  AgentWorkloadStatus,
  'baseline' | 'unfitBaseline' | 'evidenceFrom'
>;

export interface ObservedState {
  workload: AgentWorkload;
  /** A name that could be recorded for the Workflow next: drawn anew for each pass. */
  freshName: string;
  /** Bucket of the artifact repository, which a Workflow that is made gets as a parameter. */
  bucket: string;
  /** The Workflow of the name that status has, whoever owns it. */
  workflow: Observed<WorkflowFacts>;
  /** What Argo does in this namespace; undefined while it has done nothing that was seen. */
  argo: Activity | undefined;
  /** What `workflowDefaults` of Argo's controller may add to a template: the operator's setting. */
  workflowDefaults: Json;
  /** Looked at only before a Workflow is made, and where Argo made something else of it; undefined when it wasn't. */
  template: Observed<TemplateFacts> | undefined;
  /** Why the API server refused to make the Workflow when that was last tried. */
  refusal: string | undefined;
  /** Approvals that name this workload, by name; their uid may be another's. */
  approvals: AgentApproval[];
  /** The approvals on which the decision rests, in the order of `restsOn`, while it is still to be carried out; otherwise none is read. */
  decidedBy: readonly Observed<AgentApproval>[];
  /** Looked at only when an approval is there to be judged. */
  admission: AdmissionFacts;
  /** Asked only when the answer is needed. */
  startPolicy: Judged<StartDecision> | undefined;
  /**
   * What the run is to be compared with, and whose pages it uses; looked for only while that is to be recorded. Undefined while the run that
   * it names can't be read.
   */
  earlierRuns: EarlierRuns | undefined;
  /** Why the run whose pages were to be used again can't be; looked for at the same time. */
  refusedEvidence?: string;
  /** The gate of the run whose pages are used again: this one's is no softer. */
  gateBefore?: Strictness;
  gatePolicy: Judged<GateDecisionResult> | undefined;
}
