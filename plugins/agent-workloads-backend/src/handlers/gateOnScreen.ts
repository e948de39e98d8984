import type { Request } from 'express';
import {
  agentWorkloadSchema,
  listed,
  whoDecided,
  type AgentWorkload,
} from '@agentworkloads/api';
import {
  gateDecidePermission,
  type DecideGateRequest,
  type MayDecide,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { ImpersonatedPerson } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  RESOURCES,
  toResponseError,
  refusal,
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

const refusedBy = ({ reason, said }: MayDecide) =>
  Object.assign(new NotAllowedError(reason), { said });

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
      ? refusedBy(mayDecide(run.workload, [], decider, context.now()))
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
  // Whose approval would add nothing may still deny, and leave more time; to approve is refused where it is recorded.
  if (!verdict.allowed && !verdict.mayDeny) {
    throw refusedBy(verdict);
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
      throw refusal(ServiceUnavailableError, 'gateRunUnreadable', {});
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
    if (!decided?.decision)
      throw refusal(ConflictError, 'gateNotOpenAnyMore', {});
    throw refusal(
      ConflictError,
      decided.decision === 'approve' ? 'gateApproved' : 'gateDenied',
      {
        who:
          listed(whoDecided(decided, workload.spec.requestedBy?.username)) ||
          (decided.via ?? 'the operator'),
      },
    );
  }
  if (
    workload.metadata.uid !== request.workloadUid ||
    gate.workflowUid !== request.workflowUid ||
    gate.nodeId !== request.nodeId
  ) {
    throw refusal(ConflictError, 'gateOther', {});
  }
  if (request.decision === 'approve' && gate.evidence !== request.evidence) {
    throw refusal(ConflictError, 'gateOtherEvidence', {});
  }
}
