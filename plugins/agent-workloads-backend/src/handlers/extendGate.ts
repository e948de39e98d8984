import type { RequestHandler } from 'express';
import { atMost, extensionProblem, LIMITS } from '@agentworkloads/api';
import {
  audited,
  describeIssues,
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { isApiError } from '@agentworkloads/kube';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { HandlerContext } from './context';
import { approvalManifest } from '../runs/gate';
import { gateOnScreen } from './gateOnScreen';

const bodySchema = z.object({
  workloadUid: z.string().min(1).max(64),
  workflowUid: z.string().min(1).max(64),
  nodeId: z.string().min(1).max(253),
  extendTo: z.iso.datetime(),
  comment: atMost(z.string().trim(), LIMITS.comment).default(''),
});

function parseBody(given: unknown) {
  const body = bodySchema.safeParse(given);
  if (!body.success) {
    throw new InputError(
      `The gate can't be extended: ${describeIssues(body.error)}`,
    );
  }
  return { ...body.data, decision: 'extend' as const };
}

/** More time to decide, by a person at the keyboard who may decide it; the operator moves the deadline. */
export function extendGate(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { ref, workload, person, body } = await gateOnScreen(
      context,
      req,
      parseBody,
    );
    // What the operator would refuse is refused here, for nobody reads its answer on a page.
    const problem = extensionProblem(workload.status, body.extendTo);
    if (problem) throw new InputError(`The gate can't be extended: ${problem}`);
    const { nodeId, extendTo } = body;
    const { username } = person;
    const manifest = approvalManifest(workload, body, username);
    await audited(
      context.auditor,
      {
        eventId: 'agent-workloads-gate-extend',
        severityLevel: 'medium',
        request: req,
        meta: {
          ...ref,
          workloadUid: body.workloadUid,
          nodeId,
          extendTo,
          as: username,
        },
      },
      () =>
        context.clusters
          .get(ref.cluster)
          .client.create(RESOURCES.approvals, manifest, { as: person })
          .catch(error => {
            if (isApiError(error) && error.reason === 'AlreadyExists') return;
            throw toResponseError(error, 'extend the gate');
          }),
      () => ({ approval: manifest.metadata.name }),
    );
    res.status(204).end();
  };
}
