import { said, tallyOf } from '@agentworkloads/api';
import type {
  RunDetail,
  RunListItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { aRun } from '../src/__testUtils__/runs';

type Gate = NonNullable<RunDetail['gateDetail']>;

/** What people did to the invented runs, for as long as the preview goes on. By name of the run. */
const stopped = new Map<string, { username: string; reason?: string }>();
const extensions = new Map<string, NonNullable<Gate['extensions']>>();

/** Runs that were opened again, by name: as what. */
const opened = new Map<string, string>();
/** Gates that ask for several people. */
const QUORUM: Pick<Gate, 'approvals' | 'groups'> = {
  approvals: 2,
  groups: ['legal'],
};
const votes = new Map<string, NonNullable<Gate['votes']>>();

/** A gate that one approval does not open. */
export const FOR_TWO = 'quoted-promises';

/** @returns whether that was all that the gate asks for */
export function approve(run: RunListItem, username: string): boolean {
  if (run.name !== FOR_TWO) return true;
  const before = votes.get(run.name) ?? [];
  const vote = {
    username,
    decidedAt: new Date().toISOString(),
    approvalName: `${username}-says`,
    approvalUid: `vote-${before.length}`,
  };
  votes.set(run.name, [...before, vote]);
  return tallyOf({ ...QUORUM, votes: votes.get(run.name), fourEyes: true }, '')
    .met;
}

const nameOf = (user: string) => user.split('/')[1];

export function stop(run: RunListItem, user: string, body: string): void {
  const { reason } = JSON.parse(body || '{}') as { reason?: string };
  stopped.set(run.name, {
    username: nameOf(user),
    ...(reason ? { reason } : {}),
  });
  run.phase = 'Cancelled';
  run.finishedAt = new Date().toISOString();
}

export function leaveTime(run: RunListItem, user: string, body: string): void {
  const { extendTo: until, comment } = JSON.parse(body) as {
    extendTo: string;
    comment?: string;
  };
  const before = extensions.get(run.name) ?? [];
  const extension = {
    until,
    by: nameOf(user),
    at: new Date().toISOString(),
    ...(comment ? { comment } : {}),
    approvalUid: `extension-${before.length}`,
  };
  extensions.set(run.name, [...before, extension]);
  run.gate = { ...run.gate, deadline: until };
}

/** A run at its gate, with the pages of another one. */
export function openedAgain(run: RunListItem, user: string): RunListItem {
  opened.set(run.name, `${run.name}-again`);
  return {
    ...aRun({
      name: `${run.name}-again`,
      phase: 'AwaitingApproval',
      requestedBy: nameOf(user),
    }),
    reused: { run: run.name, seenAt: run.startedAt ?? run.createdAt },
  };
}

function mayOpenAgain(run: string | undefined): RunDetail['mayOpenAgain'] {
  if (run === undefined) return { allowed: true };
  const { message: reason, ...own } = said('runOpenedAlready', { run });
  return { allowed: false, reason, said: own };
}

/** With what was done to it, and what makes a run one that can be opened again. */
export function withDoings(detail: RunDetail): RunDetail {
  const { name, phase, resource, gateDetail, policyStart } = detail;
  const cancelledBy = stopped.get(name);
  const status =
    phase === 'TimedOut' && gateDetail
      ? {
          phase,
          argoWorkflow: {
            name: `${name}-1`,
            namespace: detail.namespace,
            uid: gateDetail.workflowUid,
            startedAt: detail.startedAt ?? detail.createdAt,
          },
          gate: gateDetail,
        }
      : resource.status;
  const again = opened.get(name);
  const idle = votes.get(name)?.some(({ username }) => username === 'alice');
  return {
    ...detail,
    ...(status?.phase === 'TimedOut'
      ? { mayOpenAgain: mayOpenAgain(again) }
      : {}),
    policyStart: policyStart && {
      ...policyStart,
      longestGateSeconds: 14 * 86_400,
    },
    gateDetail: gateDetail && {
      ...gateDetail,
      ...(name === FOR_TWO ? { ...QUORUM, votes: votes.get(name) ?? [] } : {}),
      mayDecide: idle
        ? { allowed: false, mayDeny: true, reason: 'You approved already.' }
        : gateDetail.mayDecide,
      extensions: extensions.get(name),
    },
    resource: {
      ...resource,
      spec: {
        ...resource.spec,
        ...(cancelledBy ? { cancel: true, cancelledBy } : {}),
      },
      status,
    },
  };
}
