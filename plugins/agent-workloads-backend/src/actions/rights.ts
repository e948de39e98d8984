import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  RESOURCE_TYPE_WORKLOAD,
  RunRef,
} from '@agentic/backstage-plugin-agent-workloads-common';
import type { Run } from '../cache/RunStore';
import type { HandlerContext } from '../handlers/context';
import { missing, type Rights } from '../permissions';

type WorkloadPermission = ResourcePermission<typeof RESOURCE_TYPE_WORKLOAD>;

/** A service's own credentials would be answered ALLOW unasked, so only people may act, themselves or through something. */
export async function rightsOfPerson(
  context: HandlerContext,
  credentials: BackstageCredentials,
  needed: WorkloadPermission,
  ...others: WorkloadPermission[]
): Promise<Rights> {
  const principal = credentials.principal as { type?: string } | undefined;
  if (principal?.type !== 'user') {
    throw new NotAllowedError(
      'Runs are shown to people only; call this on behalf of one',
    );
  }
  return context.authorizer.rights(credentials, needed, ...others);
}

export async function readableByPerson(
  context: HandlerContext,
  credentials: BackstageCredentials,
  ref: RunRef,
  needed: [WorkloadPermission, ...WorkloadPermission[]],
): Promise<Run> {
  const rights = await rightsOfPerson(context, credentials, ...needed);
  const run = context.store.get(ref);
  const lacking = needed.find(permission => !rights(permission, run.resource));
  if (lacking) {
    throw missing(lacking.name);
  }
  return run;
}
