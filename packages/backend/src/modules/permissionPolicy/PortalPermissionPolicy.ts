import type { Config } from '@backstage/config';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  isPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  artifactReadPermission,
  changeMarkPermission,
  gateDecidePermission,
  reportFindPermission,
  scheduleReadPermission,
  scheduleCreatePermission,
  scheduleDeletePermission,
  scheduleRunPermission,
  scheduleUpdatePermission,
  workloadCancelPermission,
  workloadCreatePermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from '@agentworkloads/backstage-plugin-agent-workloads-backend';

/** Kubernetes group of those who decide gates; the catalog groups that map to it decide in the portal. */
const APPROVERS = 'agentworkloads:approvers';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** What signed-in people do with runs, schedules and changes; where, the cluster says on top. */
const OURS_FOR_ALL: readonly Permission[] = [
  workloadReadPermission,
  workloadCreatePermission,
  artifactReadPermission,
  scheduleReadPermission,
  scheduleCreatePermission,
  scheduleRunPermission,
  scheduleUpdatePermission,
  scheduleDeletePermission,
  changeMarkPermission,
];

/** What signed-in people do besides our own permissions, each by its full name. */
const ALLOWED_TO_ALL = new Set([
  'catalog.entity.read',
  'catalog.entity.refresh',
  'catalog.entity.validate',
  'catalog.location.read',
  'kubernetes.clusters.read',
  'kubernetes.resources.read',
  'scaffolder.action.execute',
  'scaffolder.task.cancel',
  'scaffolder.task.create',
  'scaffolder.task.read',
  'scaffolder.template.parameter.read',
  'scaffolder.template.step.read',
]);

/**
 * Who may do what in this portal. What is not named is denied, `kubernetes.proxy` above all: through that proxy
 * anybody could ask the cluster in another's name.
 */
export class PortalPermissionPolicy implements PermissionPolicy {
  constructor(private readonly approverGroups: readonly string[]) {}

  /**
   * @param problem - told why a mistake in `agentWorkloads.identity.groups` leaves the portal without approvers: it must not
   *   keep the whole portal from starting
   */
  static fromConfig(
    config: Config,
    problem: (sentence: string) => void,
  ): PortalPermissionPolicy {
    try {
      const groups =
        config.getOptionalConfigArray('agentWorkloads.identity.groups') ?? [];
      return new PortalPermissionPolicy(
        groups
          .filter(group => group.getString('name') === APPROVERS)
          .map(group =>
            stringifyEntityRef(parseEntityRef(group.getString('ref'))),
          ),
      );
    } catch (error) {
      problem(
        `Nobody is an approver, for agentWorkloads.identity.groups can't be used: ${
          (error as Error).message
        }`,
      );
      return new PortalPermissionPolicy([]);
    }
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    const { userEntityRef, ownershipEntityRefs } = user.info;
    const isApprover = this.approverGroups.some(group =>
      ownershipEntityRefs.includes(group),
    );
    if (OURS_FOR_ALL.some(({ name }) => name === permission.name)) {
      return ALLOW;
    }
    if (isPermission(permission, reportFindPermission)) {
      return createAgentWorkloadsConditionalDecision(
        permission,
        agentWorkloadsConditions.mayReadInCluster({
          userRef: userEntityRef,
          ownershipRefs: ownershipEntityRefs,
        }),
      );
    }
    if (isPermission(permission, gateDecidePermission)) {
      return isApprover ? notOwnUnderFourEyes(permission, userEntityRef) : DENY;
    }
    if (isPermission(permission, workloadCancelPermission)) {
      return isApprover
        ? ALLOW
        : createAgentWorkloadsConditionalDecision(
            permission,
            agentWorkloadsConditions.isOwner({ userRefs: [userEntityRef] }),
          );
    }
    return ALLOWED_TO_ALL.has(permission.name) ? ALLOW : DENY;
  }
}

function notOwnUnderFourEyes(
  permission: Permission & typeof gateDecidePermission,
  userRef: string,
): PolicyDecision {
  return createAgentWorkloadsConditionalDecision(
    permission,
    agentWorkloadsConditions.isNotRequester({ userRef }),
  );
}
