import type { RequestHandler } from 'express';
import { atMost, isFinalPhase, LIMITS } from '@agentworkloads/api';
import { ApiError } from '@agentworkloads/kube';
import { workloadCancelPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  audited,
  describeIssues,
  RESOURCES,
  toResponseError,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import type { Run } from '../cache/RunStore';
import type { Rights } from '../permissions';
import type { HandlerContext, PersonCredentials } from './context';
import { readableRun } from './readable';

/**
 * As admission judges it: by the policy of the portal, and by who asked for the run or holds `cancel` on
 * agentworkloads/cancel in the cluster; and a cancel is an update.
 */
export async function mayCancel(
  context: HandlerContext,
  credentials: PersonCredentials,
  rights: Rights,
  { item, resource }: Run,
): Promise<boolean> {
  if (!rights.may(workloadCancelPermission, resource)) {
    return false;
  }
  const ask = (verb: 'patch' | 'cancel', subresource?: string) =>
    rights.clusterLets(resource, { verb, subresource, name: item.name });
  const { username } = await context.people.person(credentials);
  return (
    (await ask('patch')) &&
    (item.requestedBy === username || (await ask('cancel', 'cancel')))
  );
}

const bodySchema = z.object({
  reason: atMost(z.string().trim(), LIMITS.cancelReason).optional(),
});

function reasonOf(given: unknown): string | undefined {
  const body = bodySchema.safeParse(given ?? {});
  if (body.success) return body.data.reason || undefined;
  throw refusal(InputError, 'cancelRefused', {
    problem: describeIssues(body.error),
  });
}

/** Whether the cluster says that the run is not as it was: who cancelled it first stays the one who did. */
const wasCancelledBefore = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 422;

/** Cancelling what is being cancelled changes nothing and succeeds. */
export function cancelRun(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { run, credentials } = await readableRun(context, req, [
      workloadCancelPermission,
    ]);
    const { cluster, namespace, name, phase } = run.item;
    if (isFinalPhase(phase)) {
      throw refusal(ConflictError, 'runEnded', { phase });
    }
    const reason = reasonOf(req.body);
    const person = await context.people.person(credentials);
    const { username } = person;
    const cancel = (spec: object) =>
      context.clusters.get(cluster).client.patch(
        RESOURCES.workloads,
        namespace,
        name,
        // The uid makes sure that it is the run that was looked at.
        { metadata: { uid: run.item.uid }, spec: { cancel: true, ...spec } },
        { as: person },
      );
    await audited(
      context.auditor,
      {
        eventId: 'agent-workloads-run-cancel',
        severityLevel: 'medium',
        request: req,
        meta: { cluster, namespace, name, as: username },
      },
      () =>
        cancel({ cancelledBy: { username, ...(reason && { reason }) } }).catch(
          error => {
            if (wasCancelledBefore(error)) return cancel({});
            throw error;
          },
        ),
    ).catch(error => {
      throw toResponseError(error, 'cancel the run');
    });
    res.status(204).end();
  };
}
