import type { RequestHandler } from 'express';
import {
  agentWorkloadSchema,
  gateDecisionSchema,
  atMost,
  LIMITS,
  sha256Schema,
  type AgentWorkload,
} from '@agentworkloads/api';
import {
  gateDecidePermission,
  type DecideGateRequest,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  audited,
  describeIssues,
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { mayDecide, openGate } from '../runs/gate';
import {
  assertAtKeyboard,
  personCredentials,
  runRefOf,
  type HandlerContext,
} from './context';
import { callerAsDecider } from './decider';
import { recordDecision } from './recordDecision';
import { missing, toWorkloadResource } from '../permissions';

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

export function decideGate(context: HandlerContext): RequestHandler {
  return async (req, res) => {
    const credentials = await personCredentials(context, req);
    assertAtKeyboard(credentials);
    const ref = runRefOf(req);
    const rights = await context.authorizer.rights(
      credentials,
      [ref],
      gateDecidePermission,
    );
    if (!rights.reads(ref)) {
      throw context.store.unknown(ref);
    }
    const run = context.store.get(ref);
    if (!rights.may(gateDecidePermission, run.resource)) {
      const decider = await callerAsDecider(
        context,
        credentials,
        rights,
        run.resource,
      );
      throw openGate(run.workload)
        ? new NotAllowedError(
            mayDecide(run.workload, [], decider, context.now()).reason,
          )
        : missing(gateDecidePermission.name);
    }
    const body = bodySchema.safeParse(req.body);
    if (!body.success) {
      throw new InputError(
        `The decision can't be taken: ${describeIssues(body.error)}`,
      );
    }
    // Live: the cache may be a moment behind, and a decision must land on what is there now.
    const workload = await readLive(context, ref);
    const resource = toWorkloadResource(
      ref,
      workload,
      context.clusters.identity,
    );
    const person = await context.people.person(credentials);
    const verdict = mayDecide(
      workload,
      [],
      {
        username: person.username,
        permitted: rights.may(gateDecidePermission, resource),
      },
      context.now(),
    );
    assertSameGate(workload, body.data);
    if (!verdict.allowed) {
      throw new NotAllowedError(verdict.reason);
    }
    const { decision, workloadUid, nodeId } = body.data;
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
      () => recordDecision(context, ref, workload, body.data, person),
      ({ approval }) => ({ approval: approval.name }),
    );
    res.status(201).json(recorded);
  };
}

async function readLive(
  context: HandlerContext,
  ref: RunRef,
): Promise<AgentWorkload> {
  try {
    const raw = await context.clusters
      .get(ref.cluster)
      .client.get(RESOURCES.workloads, ref.namespace, ref.name);
    const parsed = agentWorkloadSchema.safeParse(raw);
    if (!parsed.success) {
      throw new ServiceUnavailableError(
        "The run can't be read, so no decision can be taken on it",
      );
    }
    return parsed.data;
  } catch (error) {
    throw toResponseError(error, 'read the run');
  }
}

/** @throws ConflictError when what the person looked at is not what waits now */
function assertSameGate(
  workload: AgentWorkload,
  request: DecideGateRequest,
): void {
  const gate = openGate(workload);
  if (!gate) {
    const decided = workload.status?.gate;
    throw new ConflictError(
      decided?.decision
        ? `This gate was decided already (${decided.decision}, by ${
            decided.decidedBy ?? decided.via ?? 'the operator'
          })`
        : 'This gate is not open any more; look at the run again',
    );
  }
  if (
    workload.metadata.uid !== request.workloadUid ||
    gate.workflowUid !== request.workflowUid ||
    gate.nodeId !== request.nodeId
  ) {
    throw new ConflictError(
      'Another gate waits now than the one you looked at; look at the run again',
    );
  }
  if (request.decision === 'approve' && gate.evidence !== request.evidence) {
    throw new ConflictError(
      'The gate waits on other evidence than what you looked at; look at the run again',
    );
  }
}
