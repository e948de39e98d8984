import {
  isFinalPhase,
  type AgentApprovalSpec,
  type AgentWorkloadStatus,
} from '@agentworkloads/api';
import type { FakeApiServer, FakeObject } from '@agentworkloads/kube/testing';

/** More than twice of what the longest undisturbed run needs: a loop, then. */
const MOST_WRITES = 45;

type Node = { displayName?: string; phase?: string; id?: string };

const statusOf = (object?: FakeObject) =>
  (object?.status ?? {}) as AgentWorkloadStatus;
const uidOf = (object?: FakeObject) => String(object?.metadata.uid);
const nodesOf = (object?: FakeObject): Node[] =>
  Object.values((object?.status?.nodes ?? {}) as Record<string, Node>);
const passed = (object?: FakeObject) =>
  nodesOf(object).find(
    ({ displayName, phase }) => displayName === 'gate' && phase === 'Succeeded',
  );

/** Whether the Workflow was told whose pages to use. */
function isTold(workflow?: FakeObject): boolean {
  const told = JSON.stringify(workflow?.spec?.arguments ?? {});
  return told.includes('"evidence_from"');
}

/** Reads the writes in their order and says which of the promises were broken. */
export function violations(api: FakeApiServer): string[] {
  const broken: string[] = [];
  let status: AgentWorkloadStatus = {};
  let workflows = 0;
  const told = new Set<string>();
  for (const { request, before, after } of api.writes) {
    if (request.kind === 'workflows' && request.method === 'POST') {
      workflows += 1;
      if (workflows > 1) broken.push('I1: two Workflows');
      if (isTold(after) !== (status.evidenceFrom !== undefined)) {
        broken.push('I10: a run that is opened again visits its pages');
      }
      if (status.policy?.start?.decision !== 'allow') {
        broken.push('I2: a Workflow before the policy allowed it');
      }
    }
    if (request.kind === 'workflows' && request.method === 'PATCH') {
      const node = passed(before) ? undefined : passed(after);
      const recorded =
        status.gate?.decision === 'approve' && status.gate.nodeId === node?.id;
      if (node && !recorded) {
        broken.push('I3: a gate was passed without a recorded approval');
      }
      if (node) broken.push(...votesOf(status, told));
    }
    const used = JSON.stringify(after?.status ?? {}).includes('ApprovalUsed');
    if (request.kind === 'agentapprovals' && used) told.add(uidOf(after));
    if (request.kind === 'agentworkloads') {
      broken.push(...steps(status, statusOf(after)));
      status = statusOf(after);
    }
  }
  return [...broken, ...atTheEnd(api, status)];
}

/** When the gate opens: enough people, of each group one, each by an approval that was told so before. */
function votesOf(
  { gate }: AgentWorkloadStatus,
  told: ReadonlySet<string>,
): string[] {
  if (!gate || gate.via === 'policy') return [];
  const { votes = [], approvals = 1, groups = [] } = gate;
  const broken: string[] = [];
  if (new Set(votes.map(({ username }) => username)).size < approvals) {
    broken.push('I9: the gate opened with too few people');
  }
  if (groups.some(one => !votes.some(vote => vote.groups?.includes(one)))) {
    broken.push('I9: the gate opened without a group');
  }
  if (votes.some(({ approvalUid }) => !told.has(approvalUid))) {
    broken.push(
      'I9: the gate opened before an approval was told that it counts',
    );
  }
  return broken;
}

/** From one status to the next. */
function steps(from: AgentWorkloadStatus, to: AgentWorkloadStatus): string[] {
  const broken: string[] = [];
  if (isFinalPhase(from.phase) && to.phase !== from.phase) {
    broken.push(`I5: ${from.phase} became ${to.phase}`);
  }
  const decided = from.gate?.decision;
  const same =
    to.gate?.decision === decided &&
    to.gate?.approvalUid === from.gate?.approvalUid;
  // An approval that is gone before it was used is the one thing that may change a decision: to a denial.
  if (decided && !same && to.gate?.decision !== 'deny') {
    broken.push('I5: the decision of the gate changed');
  }
  const kept = from.gate?.votes?.every(vote =>
    to.gate?.votes?.some(({ approvalUid }) => approvalUid === vote.approvalUid),
  );
  if (kept === false) broken.push('I9: a vote was lost');
  if ((to.gate?.deadline ?? '') < (from.gate?.deadline ?? '')) {
    broken.push('I5: the gate got less time');
  }
  if ((to.observedGeneration ?? 0) < (from.observedGeneration ?? 0)) {
    broken.push('I7: observedGeneration went back');
  }
  for (const condition of from.conditions ?? []) {
    const next = to.conditions?.find(({ type }) => type === condition.type);
    if (next && next.lastTransitionTime < condition.lastTransitionTime) {
      broken.push(`I7: the time of ${condition.type} went back`);
    }
  }
  return broken;
}

function atTheEnd(api: FakeApiServer, status: AgentWorkloadStatus): string[] {
  const broken: string[] = [];
  const used = api
    .list('agentapprovals')
    .filter(
      ({ spec, status: { conditions } = {} }) =>
        (spec as AgentApprovalSpec).decision !== 'extend' &&
        JSON.stringify(conditions ?? []).includes('ApprovalUsed'),
    );
  const votes = status.gate?.votes ?? [];
  const most = votes.length + (status.gate?.decision === 'deny' ? 1 : 0);
  if (used.length > Math.max(1, most)) {
    broken.push('I6: more approvals were used than counted');
  }
  const began = api
    .list('workflows')
    .flatMap(nodesOf)
    .some(
      ({ displayName, phase = '' }) =>
        displayName === 'synthesis' && !['Omitted', 'Skipped'].includes(phase),
    );
  if (began && status.gate?.decision !== 'approve') {
    broken.push('I8: synthesis began without an approval');
  }
  if (status.phase === 'Completed' && !began) {
    broken.push('Completed without a report');
  }
  const writes = api.writes.filter(({ request }) => request.kind !== 'events');
  if (writes.length > MOST_WRITES) {
    broken.push(`${writes.length} writes: a loop`);
  }
  return broken;
}
