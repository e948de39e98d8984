import type { RequestHandler } from 'express';
import type { RunEvent } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { type KubernetesObject } from '@agentworkloads/kube';
import {
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { Run } from '../cache/RunStore';
import type { HandlerContext } from './context';
import { readableRun } from './readable';

const LIMIT = 500;

interface EventObject extends KubernetesObject {
  type?: string;
  reason?: string;
  message?: string;
  note?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string } | null;
  involvedObject?: { kind?: string; name?: string; uid?: string };
}

/** Events of the workload, its Workflow, its pods and its approvals. */
function belongsTo(run: Run): (event: EventObject) => boolean {
  const uids = new Set([run.item.uid, run.workload.status?.argoWorkflow?.uid]);
  const workflow = run.workload.status?.argoWorkflow?.name;
  const approvals = new Set(run.approvals.map(one => one.metadata.uid));
  return ({ involvedObject: about }) =>
    about !== undefined &&
    (uids.has(about.uid) ||
      approvals.has(about.uid ?? '') ||
      (about.kind === 'Pod' &&
        workflow !== undefined &&
        about.name?.startsWith(`${workflow}-`) === true));
}

export function toRunEvent(event: EventObject): RunEvent {
  const first =
    event.firstTimestamp ??
    event.eventTime ??
    (event.metadata.creationTimestamp as string | undefined) ??
    '';
  const about = event.involvedObject;
  return {
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? event.note ?? '',
    count: event.series?.count ?? event.count ?? 1,
    firstSeen: first,
    lastSeen: event.series?.lastObservedTime ?? event.lastTimestamp ?? first,
    regarding: `${about?.kind ?? ''}/${about?.name ?? ''}`,
  };
}

export function listEvents(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run } = await readableRun(context, req);
    const { client } = context.clusters.get(run.item.cluster);
    const { namespace } = run.item;
    const selectors = [
      `involvedObject.uid=${run.item.uid}`,
      ...(run.workload.status?.argoWorkflow
        ? [
            `involvedObject.uid=${run.workload.status.argoWorkflow.uid}`,
            'involvedObject.kind=Pod',
          ]
        : []),
      ...(run.approvals.length > 0
        ? ['involvedObject.kind=AgentApproval']
        : []),
    ];
    try {
      const lists = await Promise.all(
        selectors.map(fieldSelector =>
          client.list(RESOURCES.events, {
            namespace,
            fieldSelector,
            limit: LIMIT,
          }),
        ),
      );
      const byUid = new Map(
        lists
          .flatMap(list => list.items as EventObject[])
          .filter(belongsTo(run))
          .map(event => [event.metadata.uid ?? event.metadata.name, event]),
      );
      const items = [...byUid.values()]
        .map(toRunEvent)
        .sort((a, b) => b.lastSeen.localeCompare(a.lastSeen));
      res.json({ items });
    } catch (error) {
      throw toResponseError(error, 'list the events');
    }
  };
}
