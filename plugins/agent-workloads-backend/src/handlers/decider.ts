import { gateDecidePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Rights, WorkloadResource } from '../permissions';
import type { Decider } from '../runs/gate';
import type { HandlerContext, PersonCredentials } from './context';

/** Whether the cluster lets the caller approve is asked only where the portal's policy does. */
export async function callerAsDecider(
  context: HandlerContext,
  credentials: PersonCredentials,
  rights: Rights,
  resource: WorkloadResource,
): Promise<Decider> {
  const permitted = rights.may(gateDecidePermission, resource);
  const refusedByCluster = permitted && !(await mayApprove(rights, resource));
  const { groups } = rights;
  try {
    const username = context.clusters.identity.username(
      credentials.principal.userEntityRef,
    );
    return { username, groups, permitted, refusedByCluster };
  } catch (error) {
    return { problem: (error as Error).message, permitted };
  }
}

/** For the whole namespace, or for this run by a Role with its name. */
async function mayApprove(
  rights: Rights,
  resource: WorkloadResource,
): Promise<boolean> {
  const question = { verb: 'approve', subresource: 'approval' } as const;
  return (
    (await rights.clusterLets(resource, question)) ||
    rights.clusterLets(resource, { ...question, name: resource.name })
  );
}
