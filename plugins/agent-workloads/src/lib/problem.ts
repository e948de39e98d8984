import type { Wording } from '@agentworkloads/api';
import type { Words } from '../translation/words';
import { saidText } from './saidText';

export interface Problem {
  title: string;
  /** What happened and what to do next. */
  description: string;
  retry: boolean;
  /** Nothing goes on before the person has signed in again. */
  signIn?: boolean;
}

/** ResponseError of @backstage/errors, told by its shape: two copies of the package may be installed. */
function statusOf(error: unknown): number | undefined {
  const { statusCode, response } = (error ?? {}) as {
    statusCode?: number;
    response?: { status?: number };
  };
  return statusCode ?? response?.status;
}

/** Whether it was refused because somebody else was faster; of any other failure nobody knows what became of it. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409;
}

function messageOf(error: unknown, words: Words): string {
  const { cause, body, message } = (error ?? {}) as {
    cause?: { message?: string };
    body?: { error?: { message?: string; said?: Wording } };
    message?: string;
  };
  const text = saidText(
    cause?.message ?? body?.error?.message ?? message ?? String(error),
    body?.error?.said,
    words,
  );
  // Another sentence may follow.
  return /[.!?:]$/.test(text) ? text : `${text}.`;
}

/** What a browser throws when no answer came at all. */
function isNoAnswer(error: unknown): boolean {
  return error instanceof TypeError && statusOf(error) === undefined;
}

/**
 * An error of the backend in words for the person before the screen.
 *
 * @param what - names the thing that was to be read: `t('what.runs')`
 */
export function problemOf(error: unknown, what: string, words: Words): Problem {
  const { t } = words;
  const message = messageOf(error, words);
  switch (statusOf(error)) {
    case 401:
      return {
        title: t('problem.sessionEnded'),
        description: t('problem.signInToSee', { what }),
        retry: false,
        signIn: true,
      };
    case 403:
      return {
        title: t('problem.mayNotSee', { what }),
        description: t('problem.askOwners', { message }),
        retry: false,
      };
    case 404:
      return {
        title: t('problem.notFound', { what }),
        description: t('problem.deletedOrMistyped', { message }),
        retry: true,
      };
    case 503:
      return {
        title: t('problem.notAvailable', { what }),
        description: t('problem.nothingLost', { message }),
        retry: true,
      };
    default:
      return {
        title: t('problem.notLoaded', { what }),
        description: isNoAnswer(error) ? t('problem.noAnswer') : message,
        retry: true,
      };
  }
}

/**
 * Why what a person asked for was not done.
 *
 * @param action - in the infinitive: `t('action.cancelRun')`
 */
export function refusalOf(
  error: unknown,
  action: string,
  words: Words,
): Problem {
  const { t } = words;
  const description = isNoAnswer(error)
    ? t('problem.noAnswer')
    : messageOf(error, words);
  switch (statusOf(error)) {
    case 401:
      return {
        title: t('problem.sessionEnded'),
        description: t('problem.signInTo', { action }),
        retry: false,
      };
    case 403:
      return {
        title: t('problem.mayNotDo', { action }),
        description,
        retry: false,
      };
    case 409:
      return {
        title: t('problem.somethingElseFirst'),
        description,
        retry: false,
      };
    default:
      return {
        title: t('problem.notDone', { action }),
        description,
        retry: false,
      };
  }
}
