import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** What an API server answered, or that it did not answer (`status` 0). */
export class KubernetesError extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** metav1.Status reason: `AlreadyExists`, `Forbidden`, `Expired`, … */
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'KubernetesError';
  }
}

export function isKubernetesError(error: unknown): error is KubernetesError {
  return error instanceof Error && error.name === 'KubernetesError';
}

/**
 * The answer to the portal's caller. Without a cause: its text would be said twice, and the whole is in the message.
 * @param doing - completes "The cluster refused to …"
 */
export function toResponseError(error: unknown, doing: string): Error {
  if (!isKubernetesError(error)) {
    return error as Error;
  }
  const said = error.message;
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
      return new NotAllowedError(`The cluster refused to ${doing}: ${said}`);
    case 404:
      return new NotFoundError(`The cluster can't ${doing}: ${said}`);
    case 409:
      return new ConflictError(`The cluster can't ${doing}: ${said}`);
    default:
      return new InputError(`The cluster refused to ${doing}: ${said}`);
  }
}
