import type { RequestHandler } from 'express';
import {
  gateDecisionSchema,
  atMost,
  LIMITS,
  sha256Schema,
} from '@agentworkloads/api';
import {
  audited,
  describeIssues,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { HandlerContext } from './context';
import { gateOnScreen } from './gateOnScreen';
import { recordDecision } from './recordDecision';

/** Whoever the body says decides is dropped here: identity comes from credentials alone. */
const bodySchema = z
  .object({
    workloadUid: z.string().min(1).max(64),
    workflowUid: z.string().min(1).max(64),
    nodeId: z.string().min(1).max(253),
    decision: gateDecisionSchema,
    comment: atMost(z.string().trim(), LIMITS.comment).default(''),
    evidence: sha256Schema.optional(),
  })
  .refine(body => body.decision === 'approve' || body.comment !== '', {
    path: ['comment'],
    message: 'write why you deny; the person who asked will read it',
  })
  .refine(body => body.decision === 'deny' || body.evidence !== undefined, {
    path: ['evidence'],
    message: 'to approve, send the evidence that was looked at',
  });

function parseBody(given: unknown) {
  const body = bodySchema.safeParse(given);
  if (!body.success) {
    throw refusal(InputError, 'gateBadDecision', {
      problem: describeIssues(body.error),
    });
  }
  return body.data;
}

export function decideGate(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const { ref, workload, person, body } = await gateOnScreen(
      context,
      req,
      parseBody,
    );
    const { decision, workloadUid, nodeId } = body;
    const recorded = await audited(
      context.auditor,
      {
        eventId: 'agent-workloads-gate-decide',
        severityLevel: 'medium',
        request: req,
        meta: {
          ...ref,
          actionType: decision,
          workloadUid,
          nodeId,
          as: person.username,
        },
      },
      () => recordDecision(context, ref, workload, body, person),
      ({ approval }) => ({ approval: approval.name }),
    );
    res.status(201).json(recorded);
  };
}
