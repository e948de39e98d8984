import type { RequestHandler } from 'express';
import {
  atMost,
  extensionProblem,
  LIMITS,
  type AgentWorkload,
} from '@agentworkloads/api';
import {
  audited,
  describeIssues,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { ImpersonatedPerson } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import type { HandlerContext } from './context';
import { approvalManifest, isRefused } from '../runs/gate';
import { gateOnScreen } from './gateOnScreen';
import { recordApproval } from './recordDecision';

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
    throw refusal(InputError, 'gateBadExtension', {
      problem: describeIssues(body.error),
    });
  }
  return { ...body.data, decision: 'extend' as const };
}

/**
 * Once, however often it is sent; what was refused is asked for anew.
 * @returns the name of the approval that asks for it
 */
async function askForTime(
  context: HandlerContext,
  ref: RunRef,
  workload: AgentWorkload,
  request: ReturnType<typeof parseBody>,
  person: ImpersonatedPerson,
): Promise<string> {
  const { username } = person;
  const recorded = await recordApproval(
    context,
    ref,
    workload,
    person,
    attempt => approvalManifest(workload, request, person, attempt),
    approval =>
      approval.spec.approver.username === username &&
      approval.spec.gate.nodeId === request.nodeId &&
      approval.spec.extendTo === request.extendTo &&
      !isRefused(approval),
  );
  if ('failed' in recorded) {
    throw refusal(ConflictError, 'gateNoMoreTime', {});
  }
  return 'made' in recorded
    ? recorded.made.name
    : recorded.standing.metadata.name;
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
    if (problem) throw refusal(InputError, 'gateBadExtension', { problem });
    const { nodeId, extendTo } = body;
    const { username } = person;
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
      () => askForTime(context, ref, workload, body, person),
      approval => ({ approval }),
    );
    res.status(204).end();
  };
}
