import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  RESOURCE_TYPE_WORKLOAD,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Run } from '../cache/RunStore';
import type { HandlerContext } from '../handlers/context';
import { runForReader } from '../handlers/readable';
import type { Place, Rights } from '../permissions';

type WorkloadPermission = ResourcePermission<typeof RESOURCE_TYPE_WORKLOAD>;

/** A service's own credentials would be answered ALLOW unasked, so only people may act, themselves or through something. */
function assertPerson(credentials: BackstageCredentials): void {
  const principal = credentials.principal as { type?: string } | undefined;
  if (principal?.type !== 'user') {
    throw new NotAllowedError(
      'Runs are shown to people only; call this on behalf of one',
    );
  }
}

export async function rightsOfPerson(
  context: HandlerContext,
  credentials: BackstageCredentials,
  places: readonly Place[],
  needed: WorkloadPermission,
): Promise<Rights> {
  assertPerson(credentials);
  return context.authorizer.rights(credentials, places, needed);
}

export async function readableByPerson(
  context: HandlerContext,
  credentials: BackstageCredentials,
  ref: RunRef,
  needed: [WorkloadPermission, ...WorkloadPermission[]],
): Promise<Run> {
  assertPerson(credentials);
  return (await runForReader(context, credentials, ref, needed)).run;
}
