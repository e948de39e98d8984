import type { Request } from 'express';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  workloadReadPermission,
  type RESOURCE_TYPE_WORKLOAD,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Run } from '../cache/RunStore';
import type { KnownRuns } from '../runs/openAgain';
import type { MayRead } from '../runs/RunIndex';
import { missing, type Rights } from '../permissions';
import {
  personCredentials,
  runRefOf,
  type HandlerContext,
  type PersonCredentials,
} from './context';

type WorkloadPermission = ResourcePermission<typeof RESOURCE_TYPE_WORKLOAD>;

export interface ReadableRun {
  run: Run;
  rights: Rights;
  credentials: PersonCredentials;
}

/** What somebody with these rights sees of a list. */
export function readerIn(rights: Rights): MayRead {
  return {
    test: resource => rights.may(workloadReadPermission, resource),
    isByClass: rights.isByClass(workloadReadPermission),
    username: rights.username,
  };
}

/** What speaks for and against opening a run again, of which the caller is told no more than they may read. */
export function knownTo(
  { store }: Pick<HandlerContext, 'store'>,
  rights: Rights,
  cluster: string,
): KnownRuns {
  return {
    ...store.known(cluster),
    mayRead: ({ resource }) => rights.may(workloadReadPermission, resource),
  };
}

/**
 * The run, once the caller has been found to hold all of `needed` for it; `others` are asked along. A run in a place
 * that the cluster does not let them read is answered like one that does not exist.
 * @throws NotAllowedError, NotFoundError
 */
export async function runForReader(
  context: HandlerContext,
  credentials: BackstageCredentials,
  ref: RunRef,
  needed: readonly WorkloadPermission[],
  others: readonly WorkloadPermission[] = [],
): Promise<{ run: Run; rights: Rights }> {
  const [first, ...rest] = needed;
  const rights = await context.authorizer.rights(
    credentials,
    [ref],
    first,
    ...rest,
    ...others,
  );
  if (!rights.reads(ref)) {
    throw context.store.unknown(ref);
  }
  const run = context.store.get(ref);
  const lacking = needed.find(
    permission => !rights.may(permission, run.resource),
  );
  if (lacking) {
    throw missing(lacking.name);
  }
  return { run, rights };
}

/**
 * {@link runForReader} for the run of the path.
 * @throws NotAllowedError, NotFoundError
 */
export async function readableRun(
  context: HandlerContext,
  req: Request,
  needed: readonly WorkloadPermission[] = [workloadReadPermission],
  others: readonly WorkloadPermission[] = [],
): Promise<ReadableRun> {
  const credentials = await personCredentials(context, req);
  const ref = runRefOf(req);
  return {
    ...(await runForReader(context, credentials, ref, needed, others)),
    credentials,
  };
}
