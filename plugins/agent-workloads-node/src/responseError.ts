import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isApiError, type Person } from '@agentworkloads/kube';

/** A right that is missing in RBAC, and no rule that an admission policy has. */
const LACKS_A_RIGHT = /\bis forbidden: User "/;

/** What the cluster was told of the person: without it nobody sees that a group is not mapped. */
function askedAs({ username, groups }: Person): string {
  return groups.length > 0
    ? `The portal asked as "${username}" in ${groups.join(', ')}.`
    : `The portal asked as "${username}" in no group: agentWorkloads.identity.groups lists none of this person's catalog groups.`;
}

/**
 * The answer to the portal's caller. Without a cause: its text would be said twice, and it names paths that the caller did not ask for.
 * @param doing - completes "The cluster refused to …"
 * @param person - as whom the cluster was asked; told where that person lacks a right
 */
export function toResponseError(
  error: unknown,
  doing: string,
  person?: Person,
): Error {
  if (!isApiError(error)) {
    return error as Error;
  }
  const { said } = error;
  switch (error.status) {
    case 0:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return new ServiceUnavailableError(
        `The cluster can't ${doing} now: ${said}. Try again shortly.`,
      );
    case 401:
      return new ServiceUnavailableError(
        `The cluster doesn't accept the portal's account, so it can't ${doing}; a platform engineer must mend agentWorkloads.clusters.`,
      );
    case 403:
      return new NotAllowedError(
        [
          `The cluster refused to ${doing}: ${said}`,
          ...(person && LACKS_A_RIGHT.test(said) ? [askedAs(person)] : []),
        ].join('. '),
      );
    case 404:
      return new NotFoundError(`The cluster can't ${doing}: ${said}`);
    case 409:
      return new ConflictError(`The cluster can't ${doing}: ${said}`);
    default:
      return new InputError(`The cluster refused to ${doing}: ${said}`);
  }
}
