import type { Request } from 'express';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  workloadReadPermission,
  type RESOURCE_TYPE_WORKLOAD,
} from '@agentic/backstage-plugin-agent-workloads-common';
import type { Run } from '../cache/RunStore';
import { missing, type Rights } from '../permissions';
import {
  personCredentials,
  runRefOf,
  type HandlerContext,
  type PersonCredentials,
} from './context';

export interface ReadableRun {
  run: Run;
  rights: Rights;
  credentials: PersonCredentials;
}

/**
 * The run of the path, once the caller has been found to hold all of `needed` for it; `others` are asked along.
 * @throws NotAllowedError, NotFoundError
 */
export async function readableRun(
  context: HandlerContext,
  req: Request,
  needed: ResourcePermission<typeof RESOURCE_TYPE_WORKLOAD>[] = [
    workloadReadPermission,
  ],
  others: ResourcePermission<typeof RESOURCE_TYPE_WORKLOAD>[] = [],
): Promise<ReadableRun> {
  const credentials = await personCredentials(context, req);
  const [first, ...rest] = needed;
  const rights = await context.authorizer.rights(
    credentials,
    first,
    ...rest,
    ...others,
  );
  const run = context.store.get(runRefOf(req));
  const lacking = needed.find(permission => !rights(permission, run.resource));
  if (lacking) {
    throw missing(lacking.name);
  }
  return { run, rights, credentials };
}
