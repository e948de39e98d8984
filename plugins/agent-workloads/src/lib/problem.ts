export interface Problem {
  title: string;
  /** What happened and what to do next. */
  description: string;
  retry: boolean;
}

/** ResponseError of @backstage/errors, told by its shape: two copies of the package may be installed. */
function statusOf(error: unknown): number | undefined {
  const { statusCode, response } = (error ?? {}) as {
    statusCode?: number;
    response?: { status?: number };
  };
  return statusCode ?? response?.status;
}

function messageOf(error: unknown): string {
  const { cause, body, message } = (error ?? {}) as {
    cause?: { message?: string };
    body?: { error?: { message?: string } };
    message?: string;
  };
  return cause?.message ?? body?.error?.message ?? message ?? String(error);
}

/** An error of the backend in words for the person before the screen. */
export function problemOf(error: unknown, what: string): Problem {
  const message = messageOf(error);
  switch (statusOf(error)) {
    case 401:
      return {
        title: 'Your session has ended',
        description: `Sign in again to see ${what}.`,
        retry: false,
      };
    case 403:
      return {
        title: `You may not see or do this: ${what}`,
        description: `${message} Ask the owners of this portal for the permission.`,
        retry: false,
      };
    case 404:
      return {
        title: `Not found: ${what}`,
        description: `${message} It may have been deleted, or the address is mistyped.`,
        retry: true,
      };
    case 409:
      return {
        title: 'Somebody was faster',
        description: message,
        retry: true,
      };
    case 503:
      return {
        title: 'The cluster does not answer',
        description: `${message} The portal tries again by itself; nothing is lost meanwhile.`,
        retry: true,
      };
    default:
      return {
        title: `Could not load ${what}`,
        description: message,
        retry: true,
      };
  }
}
