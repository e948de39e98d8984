import {
  agentApprovalSchema,
  type AgentApproval,
  type AgentWorkload,
} from '@agentworkloads/api';
import type {
  DecideGateRequest,
  DecideGateResponse,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { isApiError, type KubernetesObject } from '@agentworkloads/kube';
import { type ImpersonatedPerson } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  RESOURCES,
  toResponseError,
  refusal,
  refusalOf,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ConflictError } from '@backstage/errors';
import {
  addsNothing,
  alreadyDecided,
  approvalManifest,
  isCounted,
  isDecisionOf,
  isRefused,
} from '../runs/gate';
import type { HandlerContext } from './context';

/** Nobody honest comes near it; it bounds the calls of one request. */
const MAX_ATTEMPTS = 20;

/** Made now, or found to stand already; neither where names change while they are looked at, or too many are of no use. */
type Recorded =
  | { made: DecideGateResponse['approval'] }
  | { standing: AgentApproval }
  | { failed: 'changing' | 'exhausted' };

/**
 * Creates an approval under the first name that is of use. Names whose approval was refused, or is somebody else's, are
 * passed over, for a refusal is final; one that stands ends the search.
 */
export async function recordApproval(
  context: HandlerContext,
  ref: RunRef,
  workload: AgentWorkload,
  person: ImpersonatedPerson,
  manifestOf: (attempt: number) => KubernetesObject,
  stands: (approval: AgentApproval) => boolean,
): Promise<Recorded> {
  const known = new Map(
    context.store
      .approvalsOf(ref.cluster, workload.metadata.uid)
      .map(approval => [approval.metadata.name, approval]),
  );
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const manifest = manifestOf(attempt);
    const cached = known.get(manifest.metadata.name);
    const made = !cached && (await create(context, ref, manifest, person));
    if (made) return { made };
    const taken =
      cached && !stands(cached)
        ? cached
        : await readApproval(context, ref, manifest.metadata.name);
    if (!taken) return { failed: 'changing' };
    if (stands(taken)) return { standing: taken };
  }
  return { failed: 'exhausted' };
}

/** @throws ConflictError when a decision of this person on this gate stands, or an approval would add nothing */
export async function recordDecision(
  context: HandlerContext,
  ref: RunRef,
  workload: AgentWorkload,
  request: DecideGateRequest,
  person: ImpersonatedPerson,
): Promise<DecideGateResponse> {
  const { username } = person;
  const idle =
    request.decision === 'approve' ? addsNothing(workload, person) : undefined;
  if (idle) throw refusalOf(ConflictError, idle);
  const recorded = await recordApproval(
    context,
    ref,
    workload,
    person,
    attempt => approvalManifest(workload, request, person, attempt),
    approval =>
      isDecisionOf(approval, request.nodeId, username) &&
      !isRefused(approval) &&
      // Who approved may deny while others are waited for, and approve once more for a group.
      !isCounted(approval, workload.status?.gate ?? {}),
  );
  if ('made' in recorded) return { approval: recorded.made };
  if ('standing' in recorded) {
    throw refusalOf(ConflictError, alreadyDecided(recorded.standing));
  }
  throw recorded.failed === 'changing'
    ? refusal(ConflictError, 'gateDecisionsChange', {})
    : refusal(ConflictError, 'gateTooManyDecisions', { number: MAX_ATTEMPTS });
}

/** @returns undefined when the name is taken */
async function create(
  context: HandlerContext,
  ref: RunRef,
  manifest: KubernetesObject,
  person: ImpersonatedPerson,
): Promise<DecideGateResponse['approval'] | undefined> {
  try {
    const { metadata } = await context.clusters
      .get(ref.cluster)
      .client.create(RESOURCES.approvals, manifest, { as: person });
    return { name: metadata.name, uid: metadata.uid ?? '' };
  } catch (error) {
    if (isApiError(error) && error.reason === 'AlreadyExists') {
      return undefined;
    }
    throw toResponseError(error, 'record your decision');
  }
}

/** Live, for the watch may not have told yet what the operator said of it. */
async function readApproval(
  context: HandlerContext,
  { cluster, namespace }: RunRef,
  name: string,
): Promise<AgentApproval | undefined> {
  try {
    const raw = await context.clusters
      .get(cluster)
      .client.get(RESOURCES.approvals, namespace, name);
    return agentApprovalSchema.safeParse(raw).data;
  } catch (error) {
    if (isApiError(error) && error.reason === 'NotFound') {
      return undefined;
    }
    throw toResponseError(error, 'record your decision');
  }
}
