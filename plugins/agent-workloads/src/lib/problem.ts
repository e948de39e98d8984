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
  const text =
    cause?.message ?? body?.error?.message ?? message ?? String(error);
  // Another sentence may follow.
  return /[.!?:]$/.test(text) ? text : `${text}.`;
}

/** What a browser throws when no answer came at all. */
function isNoAnswer(error: unknown): boolean {
  return error instanceof TypeError && statusOf(error) === undefined;
}

const NO_ANSWER =
  'The portal does not answer. Check your connection, then try again.';

/**
 * An error of the backend in words for the person before the screen.
 *
 * @param what - names the thing that was to be read: "the runs"
 */
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
        title: `You may not see ${what}`,
        description: `${message} Ask the owners of this portal for the permission.`,
        retry: false,
      };
    case 404:
      return {
        title: `Not found: ${what}`,
        description: `${message} It may have been deleted, or the address is mistyped.`,
        retry: true,
      };
    case 503:
      return {
        title: `Not available now: ${what}`,
        description: `${message} Nothing is lost meanwhile.`,
        retry: true,
      };
    default:
      return {
        title: `Could not load ${what}`,
        description: isNoAnswer(error) ? NO_ANSWER : message,
        retry: true,
      };
  }
}

/**
 * Why what a person asked for was not done.
 *
 * @param action - in the infinitive: "cancel the run"
 */
export function refusalOf(error: unknown, action: string): Problem {
  const description = isNoAnswer(error) ? NO_ANSWER : messageOf(error);
  switch (statusOf(error)) {
    case 401:
      return {
        title: 'Your session has ended',
        description: `Sign in again to ${action}.`,
        retry: false,
      };
    case 403:
      return { title: `You may not ${action}`, description, retry: false };
    case 409:
      return {
        title: 'Not done: something else came first',
        description,
        retry: false,
      };
    default:
      return { title: `Could not ${action}`, description, retry: false };
  }
}
