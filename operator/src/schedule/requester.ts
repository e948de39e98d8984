import {
  AGENT_WORKLOAD,
  GROUP,
  type AgentWorkloadSchedule,
} from '@agentworkloads/api';
import { z } from 'zod';
import type { KubeClient } from '../ports';
import { KINDS } from '../reconcile/kinds';
import type { RequesterRight } from './state';

const answerSchema = z.object({
  status: z.object({
    allowed: z.boolean(),
    reason: z.string().optional(),
    evaluationError: z.string().optional(),
  }),
});

/** Groups that the API server gives everybody, and each account: nobody has to name them. */
function impliedGroups(username: string): string[] {
  const account = /^system:serviceaccount:([^:]+):[^:]+$/.exec(username);
  const ofAccount = account
    ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`]
    : [];
  return [...ofAccount, 'system:authenticated'];
}

/** Asks the API server whether who asks for the runs may make an AgentWorkload in that namespace, now. Never throws. */
export async function askRequester(
  client: Pick<KubeClient, 'create'>,
  { metadata, spec }: AgentWorkloadSchedule,
): Promise<RequesterRight> {
  const { requestedBy } = spec;
  if (!requestedBy) return { kind: 'nobody' };
  const { username, groups = [] } = requestedBy;
  const { namespace } = metadata;
  try {
    const raw = await client.create(KINDS.accessReviews, namespace, {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'LocalSubjectAccessReview',
      metadata: { namespace },
      spec: {
        user: username,
        groups: [...groups, ...impliedGroups(username)],
        resourceAttributes: {
          namespace,
          verb: 'create',
          group: GROUP,
          resource: AGENT_WORKLOAD.plural,
        },
      },
    });
    const { allowed, reason, evaluationError } = answerSchema.parse(raw).status;
    if (allowed) return { kind: 'may' };
    if (evaluationError) return { kind: 'unknown', cause: evaluationError };
    return {
      kind: 'may-not',
      why: reason || `no right to create ${AGENT_WORKLOAD.plural}`,
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { kind: 'unknown', cause };
  }
}
