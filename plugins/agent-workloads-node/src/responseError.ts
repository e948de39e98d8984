import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isApiError, type Person } from '@agentworkloads/kube';
import { refusal } from './refusal';

/** A right that is missing in RBAC, and no rule that an admission policy has. */
const LACKS_A_RIGHT = /\bis forbidden: User "/;

/** What the cluster was told of the person: without it nobody sees that a group is not mapped. */
function refusedAs(
  doing: string,
  why: string,
  { username: who, groups }: Person,
): Error {
  return groups.length > 0
    ? refusal(NotAllowedError, 'clusterRefusedPerson', {
        doing,
        why,
        who,
        groups: groups.join(', '),
      })
    : refusal(NotAllowedError, 'clusterRefusedWithoutGroup', {
        doing,
        why,
        who,
      });
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
  const why = error.said;
  switch (error.status) {
    case 0:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return refusal(ServiceUnavailableError, 'clusterAway', { doing, why });
    case 401:
      return refusal(ServiceUnavailableError, 'clusterNoAccount', { doing });
    case 403:
      return person && LACKS_A_RIGHT.test(why)
        ? refusedAs(doing, why, person)
        : refusal(NotAllowedError, 'clusterRefused', { doing, why });
    case 404:
      return refusal(NotFoundError, 'clusterCannot', { doing, why });
    case 409:
      return refusal(ConflictError, 'clusterCannot', { doing, why });
    default:
      return refusal(InputError, 'clusterRefused', { doing, why });
  }
}
