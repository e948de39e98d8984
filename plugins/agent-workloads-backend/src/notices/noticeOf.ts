import {
  APPROVERS_GROUP,
  isFinalPhase,
  type AgentWorkload,
  type Phase,
} from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { openGate } from '../runs/gate';

export interface Notice {
  /** The same for the same news, however often it is seen. */
  key: string;
  /** RFC 3339; when it happened by the cluster's clock. */
  at: string;
  send: NotificationSendOptions;
}

const ENDS: Partial<Record<Phase, string>> = {
  Completed: 'The report is there',
  Denied: 'Denied at its gate, so there is no report',
  Failed: 'Failed, so there is no report',
  PolicyDenied: 'The policy did not let it start',
  TimedOut: 'Timed out, so there is no report',
};

function linkTo(item: RunListItem, tab: string): string {
  const parts = [item.cluster, item.namespace, item.name];
  const path = parts.map(encodeURIComponent).join('/');
  return `/agent-workloads/runs/${path}?tab=${tab}`;
}

function ofGate(
  workload: AgentWorkload,
  item: RunListItem,
  identity: IdentityMapper,
): Notice | undefined {
  const gate = openGate(workload);
  const approvers = identity.groupRefs(APPROVERS_GROUP);
  if (!gate || !approvers.length) {
    return undefined;
  }
  const requester = gate.fourEyes
    ? identity.userRef(item.requestedBy ?? '')
    : undefined;
  const end = gate.deadline
    ? ` Without a decision by ${gate.deadline.slice(
        11,
        16,
      )} UTC it ends without a report.`
    : '';
  return {
    key: `${item.uid}/${gate.nodeId}`,
    at: gate.openedAt,
    send: {
      recipients: {
        type: 'entity',
        entityRef: approvers,
        ...(requester && { excludeEntityRef: requester }),
      },
      payload: {
        title: `A gate waits: ${item.name}`,
        description: `Asked for by ${
          item.requestedBy ?? 'nobody named'
        }.${end}`,
        link: linkTo(item, 'overview'),
        severity: 'high',
        topic: 'agent-workloads-gate',
        scope: `gate:${item.uid}/${gate.nodeId}`,
      },
    },
  };
}

function ofEnd(
  item: RunListItem,
  identity: IdentityMapper,
): Notice | undefined {
  const words = ENDS[item.phase];
  const requester = item.requestedBy && identity.userRef(item.requestedBy);
  if (!words || !requester || !item.finishedAt) {
    return undefined;
  }
  return {
    key: `${item.uid}/end`,
    at: item.finishedAt,
    send: {
      recipients: { type: 'entity', entityRef: requester },
      payload: {
        title: `${item.name}: ${item.phase}`,
        description: `${words}.`,
        link: linkTo(item, item.hasReport ? 'report' : 'overview'),
        severity: 'normal',
        topic: 'agent-workloads-run',
        scope: `run:${item.uid}`,
      },
    },
  };
}

/**
 * What somebody wants to be told of this run now: the approvers that its gate waits, who asked that it ended. It names
 * the run and nothing that is in it, for the portal's policy may keep that from some of them.
 */
export function noticeOf(
  workload: AgentWorkload,
  item: RunListItem,
  identity: IdentityMapper,
): Notice | undefined {
  return isFinalPhase(item.phase)
    ? ofEnd(item, identity)
    : ofGate(workload, item, identity);
}
