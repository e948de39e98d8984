import {
  CONDITION_TYPES,
  extensionProblem,
  idleVote,
  isFinalPhase,
  isSamePerson,
  REASONS,
  type AgentApproval,
  type AgentWorkload,
  type Reason,
} from '@agentworkloads/api';
import { decidedByWords } from './decider';
import type { AdmissionFacts } from './observed';

export type Verdict =
  | { accepted: true }
  | { accepted: false; reason: Reason; message: string };

function refuse(reason: Reason, message: string): Verdict {
  return { accepted: false, reason, message };
}

/** One question about an approval; undefined means "nothing against it". */
type Objection = (
  approval: AgentApproval,
  workload: AgentWorkload,
  admission: AdmissionFacts,
  now: Date,
) => Verdict | undefined;

const ofOtherWorkload: Objection = ({ spec }, workload) =>
  spec.workloadRef.uid === workload.metadata.uid
    ? undefined
    : refuse(
        REASONS.approvalOfOtherWorkload,
        `it was given to a workload with uid ${spec.workloadRef.uid}, this one is ${workload.metadata.uid}`,
      );

/** Also refuses what was given before the gate was open: nobody had seen any evidence then. */
const ofOtherGate: Objection = ({ spec }, { status }) => {
  if (!status?.gate?.nodeId) {
    return refuse(
      REASONS.approvalOfOtherGate,
      'no gate is open yet; decide again once it is',
    );
  }
  const same =
    spec.gate.workflowUid === status.argoWorkflow?.uid &&
    spec.gate.nodeId === status.gate.nodeId;
  return same
    ? undefined
    : refuse(
        REASONS.approvalOfOtherGate,
        `it was given to gate ${spec.gate.nodeId} of workflow ${spec.gate.workflowUid}, which is not the one that waits`,
      );
};

/** Somebody approves what was on their screen, which is not always what is there. */
const ofOtherEvidence: Objection = ({ spec }, { status }) => {
  const evidence = status?.gate?.evidence;
  const same = evidence !== undefined && spec.evidence === evidence;
  return spec.decision !== 'approve' || same
    ? undefined
    : refuse(
        REASONS.approvalOfOtherEvidence,
        `it approves evidence ${
          spec.evidence ?? '(none)'
        }, and the gate opened with ${
          evidence ?? 'none'
        }; look again, and give status.gate.evidence as spec.evidence`,
      );
};

const afterDecision: Objection = (_approval, { status, spec }) => {
  if (status?.gate?.decision) {
    return refuse(
      REASONS.approvalTooLate,
      `the gate was decided already, by ${decidedByWords(
        status.gate,
        spec.requestedBy?.username,
      )}`,
    );
  }
  return isFinalPhase(status?.phase)
    ? refuse(REASONS.approvalTooLate, `the run is over: ${status?.phase}`)
    : undefined;
};

/**
 * In time by the API server's clock or by ours is in time: their clocks may differ, and the
 * operator may have been away when the limit passed.
 */
const afterDeadline: Objection = (approval, { status }, _admission, now) => {
  const deadline = Date.parse(status?.gate?.deadline ?? '');
  const created = Date.parse(approval.metadata.creationTimestamp);
  const inTime = now.getTime() <= deadline || created <= deadline;
  return inTime
    ? undefined
    : refuse(
        REASONS.approvalTooLate,
        `the gate's time ended at ${status?.gate?.deadline ?? 'no known time'}`,
      );
};

/**
 * Without the admission policies nobody has vouched for the approver's name, nor for the right to
 * approve. The operator can't make up for it with a SubjectAccessReview: the review needs the
 * person's groups, an approval names at most those that its gate asks for (and could only claim them), and a right that is
 * bound to a group would be denied to those who have it. Hence: no policies, no human approvals.
 */
const unvouched: Objection = (approval, _workload, admission) => {
  if (admission.kind === 'missing') {
    return refuse(
      REASONS.admissionMissing,
      `nobody vouches for it: ${admission.problems.join(
        '; ',
      )}; apply deploy/policies and decide again`,
    );
  }
  const since = admission.kind === 'present' ? admission.since : '';
  return Date.parse(approval.metadata.creationTimestamp) < Date.parse(since)
    ? refuse(
        REASONS.admissionMissing,
        `it is older than the admission policies (${since}), so nobody vouched for it; decide again`,
      )
    : undefined;
};

/**
 * Where the CRD drops how many have to approve, no gate can be known to need one person alone. A denial still shuts it, and more time
 * opens nothing.
 */
const notKept: Objection = ({ spec }, _workload, admission) =>
  spec.decision === 'approve' &&
  admission.kind === 'present' &&
  admission.unkept
    ? refuse(
        REASONS.admissionMissing,
        `${admission.unkept}; apply deploy/crds and approve again`,
      )
    : undefined;

const badExtension: Objection = ({ spec }, { status }) => {
  if (spec.decision !== 'extend') return undefined;
  const problem = extensionProblem(status, spec.extendTo ?? '');
  return problem ? refuse(REASONS.extensionRefused, problem) : undefined;
};

/** Who leaves others more time decides nothing: that the requester may, too. */
const byRequester: Objection = ({ spec }, workload) => {
  if (spec.decision === 'extend' || !workload.status?.gate?.fourEyes) {
    return undefined;
  }
  const requester = workload.spec.requestedBy?.username;
  if (requester === undefined) {
    return refuse(
      REASONS.approverIsRequester,
      'four eyes are asked for, and nobody knows who made the request',
    );
  }
  return isSamePerson(spec.approver.username, requester)
    ? refuse(
        REASONS.approverIsRequester,
        `${requester} asked for this run, and four eyes are asked for: someone else must decide`,
      )
    : undefined;
};

/** Last, for it says what is missing: the person may decide, and adds nothing. */
const bringsNothing: Objection = ({ spec }, { spec: asked, status }) => {
  if (spec.decision !== 'approve' || !status?.gate) return undefined;
  const requester = asked.requestedBy?.username;
  const why = idleVote(status.gate, requester, spec.approver);
  return why ? refuse(REASONS.approvalBringsNothing, why) : undefined;
};

const OBJECTIONS: readonly Objection[] = [
  ofOtherWorkload,
  ofOtherGate,
  ofOtherEvidence,
  afterDecision,
  afterDeadline,
  unvouched,
  notKept,
  byRequester,
  badExtension,
  bringsNothing,
];

/**
 * Whether an approval decides the gate, or extends it. Identity and right were judged at admission; this is the
 * rest: workload, gate, time, four eyes. The list of objections is the policy.
 */
export function judgeApproval(
  approval: AgentApproval,
  workload: AgentWorkload,
  admission: AdmissionFacts,
  now: Date,
): Verdict {
  for (const objection of OBJECTIONS) {
    const verdict = objection(approval, workload, admission, now);
    if (verdict) return verdict;
  }
  return { accepted: true };
}

/** @returns the status of the condition `Accepted`, undefined while the approval is not judged */
export function acceptanceOf(
  approval: AgentApproval,
): 'True' | 'False' | 'Unknown' | undefined {
  return (approval.status?.conditions ?? []).find(
    ({ type }) => type === CONDITION_TYPES.accepted,
  )?.status;
}

/** Whether the workload with this uid is among its owners, so that it goes when the workload goes. */
export function isOwned(approval: AgentApproval, uid: string): boolean {
  const owners = approval.metadata.ownerReferences;
  return (
    Array.isArray(owners) &&
    owners.some((owner: { uid?: string }) => owner.uid === uid)
  );
}

/** A verdict once given stands: conditions on an approval are written by the operator alone. */
export function isJudged(approval: AgentApproval): boolean {
  return acceptanceOf(approval) !== undefined;
}

/** Oldest first; the uid breaks the tie of two within the same second, the same way each time. */
export function inOrder(approvals: AgentApproval[]): AgentApproval[] {
  const at = (approval: AgentApproval) =>
    `${approval.metadata.creationTimestamp} ${approval.metadata.uid}`;
  return [...approvals].sort((a, b) => at(a).localeCompare(at(b)));
}
