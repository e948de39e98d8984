import { createHash } from 'node:crypto';
import {
  AGENT_APPROVAL,
  API_VERSION,
  CONDITION_TYPES,
  countedGroups,
  idleVote,
  isSamePerson,
  REASONS,
  said,
  tallyOf,
  type AgentApproval,
  type AgentWorkload,
  type GateStatus,
  type Said,
} from '@agentworkloads/api';
import type {
  DecideGateRequest,
  ExtendGateRequest,
  GateItem,
  MayDecide,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { KubernetesObject } from '@agentworkloads/kube';

export interface OpenGate {
  workflowUid: string;
  nodeId: string;
  openedAt: string;
  deadline: string;
  /** Hex sha256 of what the gate opened with; empty when the operator recorded none, and then nothing can be approved. */
  evidence: string;
  fourEyes: boolean;
  approvals?: GateStatus['approvals'];
  groups?: GateStatus['groups'];
  votes?: GateStatus['votes'];
}

/** The gate that waits for a decision now; undefined when none does. */
export function openGate(workload: AgentWorkload): OpenGate | undefined {
  const { status } = workload;
  const gate = status?.gate;
  if (
    status?.phase !== 'AwaitingApproval' ||
    !gate?.nodeId ||
    gate.decision ||
    !status.argoWorkflow
  ) {
    return undefined;
  }
  return {
    workflowUid: status.argoWorkflow.uid,
    nodeId: gate.nodeId,
    openedAt: gate.openedAt ?? '',
    deadline: gate.deadline ?? '',
    evidence: gate.evidence ?? '',
    fourEyes: gate.fourEyes,
    approvals: gate.approvals,
    groups: gate.groups,
    votes: gate.votes,
  };
}

export interface Decider {
  /** Kubernetes name; undefined with the reason when the person can't have one. */
  username?: string;
  /** Groups in the cluster, of those that the portal's configuration names. */
  groups?: readonly string[];
  problem?: string;
  /** Whether the portal's policy lets the person decide this run's gate. */
  permitted: boolean;
  /** The cluster would refuse the approval: the verb `approve` is missing there. */
  refusedByCluster?: boolean;
}

/** The first reason against it wins; what one can't change comes first. */
export function mayDecide(
  workload: AgentWorkload,
  approvals: readonly AgentApproval[],
  decider: Decider,
  now: number,
): MayDecide {
  const gate = openGate(workload);
  const no = ({ message, ...own }: Said): MayDecide => ({
    allowed: false,
    reason: message,
    said: own,
  });
  if (!gate) {
    return no(said('gateNotOpen', {}));
  }
  const { username } = decider;
  if (username === undefined) {
    return no(
      decider.problem
        ? said('noNameBecause', { problem: decider.problem })
        : said('noNameInKubernetes', {}),
    );
  }
  const requester = workload.spec.requestedBy?.username;
  if (gate.fourEyes && requester === undefined) {
    return no(said('gateRequesterUnknown', {}));
  }
  if (gate.fourEyes && isSamePerson(requester ?? '', username)) {
    return no(said('gateOwnRun', {}));
  }
  if (!decider.permitted) {
    return no(said('gateNotPermitted', {}));
  }
  if (decider.refusedByCluster) {
    return no(
      said('gateNoApprover', { namespace: workload.metadata.namespace }),
    );
  }
  const mine = approvals.filter(approval =>
    isDecisionOf(approval, gate.nodeId, username),
  );
  const standing = mine.find(
    approval => !isRefused(approval) && !isCounted(approval, gate),
  );
  if (standing) {
    return no(alreadyDecided(standing));
  }
  if (gate.deadline && Date.parse(gate.deadline) <= now) {
    return no(said('gateTimeIsOver', {}));
  }
  const idle = addsNothing(workload, { username, groups: decider.groups });
  if (idle) return { ...no(idle), mayDeny: true };
  return allowedAfter(newest(mine.filter(isRefused)));
}

/** What became of the last decision is told with it. */
function allowedAfter(last: AgentApproval | undefined): MayDecide {
  if (!last) return { allowed: true };
  const { message, ...own } = alreadyDecided(last);
  return { allowed: true, refused: message, said: own };
}

/** Whether the gate has it among its votes: it decided nothing by itself. */
export function isCounted(
  { metadata }: AgentApproval,
  { votes = [] }: Pick<GateStatus, 'votes'>,
): boolean {
  return votes.some(({ approvalUid }) => approvalUid === metadata.uid);
}

/** Whether an approval that had counted was taken away, so that no further one opens the gate: it can still be denied. */
export function isPastApproving({ status }: AgentWorkload): boolean {
  return (status?.conditions ?? []).some(
    ({ type, reason }) =>
      type === CONDITION_TYPES.approved && reason === REASONS.approvalGone,
  );
}

/** @returns why an approval of this person is of no use; undefined when it would count */
export function addsNothing(
  workload: AgentWorkload,
  person: { username: string; groups?: readonly string[] },
): Said | undefined {
  const { spec, status } = workload;
  const gate = status?.gate;
  if (!gate) return undefined;
  if (isPastApproving(workload)) return said('gateApprovalGone', {});
  const requester = spec.requestedBy?.username;
  if (idleVote(gate, requester, person) === undefined) return undefined;
  const { people, needed, missingGroups } = tallyOf(gate, requester);
  const groups = missingGroups.join(', ');
  if (!people.some(name => isSamePerson(name, person.username))) {
    return said('gateOthersOfGroups', { groups });
  }
  const values = { number: people.length, needed };
  return groups
    ? said('gateYouApprovedOfGroups', { ...values, groups })
    : said('gateYouApprovedOf', values);
}

export function isDecisionOf(
  { spec }: AgentApproval,
  nodeId: string,
  username: string,
): boolean {
  return (
    spec.approver.username === username &&
    spec.gate.nodeId === nodeId &&
    spec.decision !== 'extend'
  );
}

const acceptedOf = (approval: AgentApproval) =>
  approval.status?.conditions?.find(
    condition => condition.type === CONDITION_TYPES.accepted,
  );

/** The operator's verdict stands once it is given, so a refused approval never decides anything. */
export function isRefused(approval: AgentApproval): boolean {
  return acceptedOf(approval)?.status === 'False';
}

function newest(approvals: readonly AgentApproval[]) {
  const time = ({ metadata }: AgentApproval) => metadata.creationTimestamp;
  return [...approvals].sort((a, b) => time(b).localeCompare(time(a))).at(0);
}

export function alreadyDecided(approval: AgentApproval): Said {
  const isApproved = approval.spec.decision === 'approve';
  if (isRefused(approval)) {
    const verdict = acceptedOf(approval);
    const why = verdict?.message || verdict?.reason || '';
    return isApproved
      ? said('gateApprovalNotUsed', { why })
      : said('gateDenialNotUsed', { why });
  }
  return isApproved ? said('gateYouApproved', {}) : said('gateYouDenied', {});
}

/**
 * The same person, gate and attempt give the same name, so a double click is one decision.
 *
 * @param what - the gate's node; for more time also until when
 * @param attempt - how many names before this one are of no use: refused by the operator, or taken by somebody else
 */
export function approvalName(
  workload: { name: string; uid: string },
  what: string,
  username: string,
  attempt: number,
): string {
  const parts = [workload.uid, what, username, ...(attempt ? [attempt] : [])];
  const hash = createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 16);
  return `${workload.name}-${hash}`;
}

type GateRequest =
  | (DecideGateRequest & { extendTo?: undefined })
  | (ExtendGateRequest & { decision: 'extend'; evidence?: undefined });

/**
 * A decision, or more time; the same time asked for twice is one, too. An approval names those groups of the caller that the
 * gate asks for, and no others: everybody who may read approvals would see them.
 *
 * @param person - the caller, from credentials; never from the request
 */
export function approvalManifest(
  workload: AgentWorkload,
  request: GateRequest,
  { username, groups: own }: { username: string; groups?: readonly string[] },
  attempt = 0,
): KubernetesObject {
  const groups =
    request.decision === 'approve'
      ? countedGroups(workload.status?.gate ?? {}, { groups: own })
      : [];
  const { name, namespace, uid } = workload.metadata;
  const { nodeId, extendTo, evidence } = request;
  const what = extendTo ? `${nodeId} until ${extendTo}` : nodeId;
  return {
    apiVersion: API_VERSION,
    kind: AGENT_APPROVAL.kind,
    metadata: {
      name: approvalName({ name, uid }, what, username, attempt),
      namespace,
    },
    spec: {
      workloadRef: { name, uid },
      gate: { workflowUid: request.workflowUid, nodeId },
      decision: request.decision,
      comment: request.comment,
      ...(evidence ? { evidence } : {}),
      ...(extendTo ? { extendTo } : {}),
      approver: { username, ...(groups.length > 0 ? { groups } : {}) },
    },
  };
}

/** Those that the caller may decide first, then by what is left of their time. */
export function sortGates(items: readonly GateItem[]): GateItem[] {
  return [...items].sort(
    (a, b) =>
      Number(b.mayDecide.allowed) - Number(a.mayDecide.allowed) ||
      (a.deadline || '9').localeCompare(b.deadline || '9') ||
      a.name.localeCompare(b.name),
  );
}
