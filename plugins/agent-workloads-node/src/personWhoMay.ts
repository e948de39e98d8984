import type {
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { AgentWorkloadsClusters } from './clusters';
import type { ImpersonatedPerson } from './identity';

/** Where a person's rights and names are known. */
export interface PeopleServices {
  clusters: Pick<AgentWorkloadsClusters, 'identity'>;
  permissions: PermissionsService;
  userInfo: UserInfoService;
}

/**
 * The person behind the credentials, as the clusters know them.
 *
 * @param needed every one of them
 * @param doing in the infinitive, `start runs`
 * @throws NotAllowedError without a person, or without a permission, which it names
 */
export async function personWhoMay(
  { clusters, permissions, userInfo }: PeopleServices,
  credentials: BackstageCredentials,
  needed: readonly BasicPermission[],
  doing: string,
): Promise<ImpersonatedPerson> {
  const principal = credentials.principal as { type?: string } | undefined;
  if (principal?.type !== 'user') {
    throw new NotAllowedError(
      `Only people ${doing}: this request has no person behind it`,
    );
  }
  const decisions = await permissions.authorize(
    needed.map(permission => ({ permission })),
    { credentials },
  );
  const missing = needed.find(
    (_, index) => decisions[index]?.result !== AuthorizeResult.ALLOW,
  );
  if (missing) {
    throw new NotAllowedError(
      `You need the permission ${missing.name} to ${doing}; ask the owners of the portal's policy`,
    );
  }
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return clusters.identity.person(userEntityRef, ownershipEntityRefs);
}
