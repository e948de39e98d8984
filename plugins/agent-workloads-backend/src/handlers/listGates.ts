import type { RequestHandler } from 'express';
import {
  gateDecidePermission,
  workloadReadPermission,
  type GateItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { mayDecide, openGate, sortGates } from '../runs/gate';
import { isUnchanged } from '../runs/people';
import { sideBySide } from '../sideBySide';
import { personCredentials, type HandlerContext } from './context';
import { callerAsDecider } from './decider';

export function listGates(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    const rights = await context.authorizer.rights(
      credentials,
      context.store.places(),
      workloadReadPermission,
      gateDecidePermission,
    );
    const open = context.store.index
      .inPhase('AwaitingApproval')
      .flatMap(entry => {
        const gate = openGate(entry.workload);
        return gate && rights.may(workloadReadPermission, entry.resource)
          ? [{ ...entry, gate }]
          : [];
      });
    const items = await sideBySide(
      open,
      async ({ workload, item, resource, gate }): Promise<GateItem> => ({
        ...item,
        ...gate,
        mayDecide: mayDecide(
          workload,
          context.store.approvalsOf(item.cluster, item.uid),
          await callerAsDecider(context, credentials, rights, resource),
          context.now(),
        ),
        unchanged: isUnchanged(workload),
      }),
    );
    res.json({
      items: sortGates(items),
      clusters: context.store.states(rights.problems),
    });
  };
}
