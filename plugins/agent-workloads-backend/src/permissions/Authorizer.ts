import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PermissionRuleset } from '@backstage/plugin-permission-node';
import type { RESOURCE_TYPE_WORKLOAD } from '@agentic/backstage-plugin-agent-workloads-common';
import { compileDecision } from './compileDecision';
import type { WorkloadFilter, WorkloadResource } from './resource';

type WorkloadPermission = ResourcePermission<typeof RESOURCE_TYPE_WORKLOAD>;

/** Whether one run may be read, cancelled or decided by the caller that this was made for. */
export type Rights = (
  permission: WorkloadPermission,
  resource: WorkloadResource,
) => boolean;

/** Asks the policy with the caller's credentials: service credentials would be answered ALLOW unasked. */
export class Authorizer {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly ruleset: PermissionRuleset<
      WorkloadResource,
      WorkloadFilter
    >,
  ) {}

  /**
   * One question to the policy for all these permissions; the first must not be denied outright.
   * @throws NotAllowedError when the first is denied whatever the run
   */
  async rights(
    credentials: BackstageCredentials,
    needed: WorkloadPermission,
    ...others: WorkloadPermission[]
  ): Promise<Rights> {
    const asked = [needed, ...others];
    const decisions = await this.permissions.authorizeConditional(
      asked.map(permission => ({ permission })),
      { credentials },
    );
    if (decisions[0].result === AuthorizeResult.DENY) {
      throw missing(needed.name);
    }
    const tests = new Map(
      asked.map(({ name }, index) => [
        name,
        compileDecision(decisions[index], this.ruleset),
      ]),
    );
    return (permission, resource) =>
      tests.get(permission.name)?.(resource) ?? false;
  }

  /** @throws NotAllowedError */
  async demand(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const [decision] = await this.permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw missing(permission.name);
    }
  }
}

export function missing(permission: string): NotAllowedError {
  return new NotAllowedError(
    `You need the permission ${permission} for this; ask the owners of the portal's policy`,
  );
}
