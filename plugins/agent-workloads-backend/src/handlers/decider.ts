import { gateDecidePermission } from '@agentic/backstage-plugin-agent-workloads-common';
import type { Rights, WorkloadResource } from '../permissions';
import type { Decider } from '../runs/gate';
import type { HandlerContext, PersonCredentials } from './context';

export function deciderOf(
  context: HandlerContext,
  credentials: PersonCredentials,
  rights: Rights,
  resource: WorkloadResource,
): Decider {
  const permitted = rights(gateDecidePermission, resource);
  try {
    const username = context.clusters.identity.username(
      credentials.principal.userEntityRef,
    );
    return { username, permitted };
  } catch (error) {
    return { problem: (error as Error).message, permitted };
  }
}
