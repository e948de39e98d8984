import type { RequestHandler } from 'express';
import {
  AGENT_APPROVAL,
  API_VERSION,
  atMost,
  LIMITS,
  type AgentWorkload,
} from '@agentworkloads/api';
import type { ExtendGateRequest } from '@agentworkloads/backstage-plugin-agent-workloads-common';
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
import { approvalName } from '../runs/gate';
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

/**
 * What the operator would refuse is refused here, for nobody reads its answer on a page.
 * @throws InputError with the latest time that policy leaves
 */
function assertLater(
  { status }: AgentWorkload,
  { extendTo }: ExtendGateRequest,
): void {
  const { openedAt = '', deadline = '' } = status?.gate ?? {};
  const longest = status?.policy?.start?.longestGateSeconds;
  if (longest === undefined) {
    throw new InputError(
      "The policy did not say how long this run's gate may wait, so it can't be extended",
    );
  }
  const latest = Date.parse(openedAt) + longest * 1000;
  if (!(Date.parse(extendTo) <= latest)) {
    throw new InputError(
      `The policy lets this gate wait until ${new Date(
        latest,
      ).toISOString()} at the latest`,
    );
  }
  if (!(Date.parse(extendTo) > Date.parse(deadline))) {
    throw new InputError(`The gate waits until ${deadline} already`);
  }
}

/** More time to decide, by a person at the keyboard who may decide it; the operator moves the deadline. */
export function extendGate(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { ref, workload, person, body } = await gateOnScreen(
      context,
      req,
      parseBody,
    );
    assertLater(workload, body);
    const { name, namespace, uid } = workload.metadata;
    const { workflowUid, nodeId, extendTo, comment } = body;
    const manifest = {
      apiVersion: API_VERSION,
      kind: AGENT_APPROVAL.kind,
      // The same person asking twice for the same time asks once.
      metadata: {
        name: approvalName(
          { name, uid },
          `${nodeId} until ${extendTo}`,
          person.username,
          0,
        ),
        namespace,
      },
      spec: {
        workloadRef: { name, uid },
        gate: { workflowUid, nodeId },
        decision: 'extend',
        extendTo,
        comment,
        approver: { username: person.username },
      },
    };
    await audited(
      context.auditor,
      {
        eventId: 'agent-workloads-gate-extend',
        severityLevel: 'medium',
        request: req,
        meta: {
          ...ref,
          workloadUid: uid,
          nodeId,
          extendTo,
          as: person.username,
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
