/**
 * An answer of the API server that is not a success. `status` is the HTTP code, 0 when no answer
 * came (connection lost, time-out): then the request may or may not have been carried out.
 */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** metav1.Status reason: `AlreadyExists`, `Forbidden`, `Expired`, …; `NoAnswer` or `BadStream` of our own. */
    readonly reason: string,
    /** From Retry-After, milliseconds. */
    readonly retryAfterMs?: number,
    options: { cause?: unknown; objectName?: string; said?: string } = {},
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.objectName = options.objectName;
    this.said = options.said ?? message;
  }

  /** `details.name` of the server's Status: the object that the answer speaks of. */
  readonly objectName?: string;

  /** For people who sent no request themselves: the server's own sentence, without method and path. */
  readonly said: string;
}

/** Also of an error that another copy of this package made, as plugins with their own dependencies may have one. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'ApiError';
}

/**
 * Whether the answer says that this very object is not there. A 404 of the *kind* (its CRD is gone,
 * an aggregated API is away, a proxy answers) names no object and says nothing about it.
 */
export function saysAbsent(error: unknown, name: string): boolean {
  return isApiError(error) && error.status === 404 && error.objectName === name;
}

/** @returns the HTTP status of an {@link ApiError}, undefined for any other error */
export function apiStatus(error: unknown): number | undefined {
  return isApiError(error) ? error.status : undefined;
}
