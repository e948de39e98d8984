import type { Request } from 'express';
import { agentWorkloadSchema, type AgentWorkload } from '@agentworkloads/api';
import {
  gateDecidePermission,
  type DecideGateRequest,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { ImpersonatedPerson } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { missing, toWorkloadResource } from '../permissions';
import { mayDecide, openGate } from '../runs/gate';
import {
  assertAtKeyboard,
  personCredentials,
  runRefOf,
  type HandlerContext,
} from './context';
import { callerAsDecider } from './decider';

/** What the person had on the screen. */
type OnScreen = Pick<
  DecideGateRequest,
  'workloadUid' | 'workflowUid' | 'nodeId' | 'evidence'
> & { decision: DecideGateRequest['decision'] | 'extend' };

/** A gate, and a person at the keyboard who may decide it. */
export interface GateOnScreen {
  ref: RunRef;
  workload: AgentWorkload;
  person: ImpersonatedPerson;
}

/**
 * @param parse of the body; it may throw, once it is known that the caller may ask at all
 * @throws NotAllowedError where this person may not decide it, ConflictError where another gate waits now
 */
export async function gateOnScreen<T extends OnScreen>(
  context: HandlerContext,
  req: Request,
  parse: (body: unknown) => T,
): Promise<GateOnScreen & { body: T }> {
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
  const body = parse(req.body);
  // Live: the cache may be a moment behind, and a decision must land on what is there now.
  const workload = await readLive(context, ref);
  const resource = toWorkloadResource(ref, workload, context.clusters.identity);
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
  assertSameGate(workload, body);
  if (!verdict.allowed) {
    throw new NotAllowedError(verdict.reason);
  }
  return { ref, workload, person, body };
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
function assertSameGate(workload: AgentWorkload, request: OnScreen): void {
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
