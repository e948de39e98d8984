import type { NotObservedReason } from '@agentworkloads/api';

/** Why a page was not observed, and what is known of it all the same. */
export interface NotObserved {
  reason: NotObservedReason;
  /** One sentence for people. */
  detail: string;
  status?: number;
  finalUrl?: string;
  redirects?: string[];
  blocked?: string[];
  /** Milliseconds that the site asked to wait; undefined when it did not or it was no matter of rate. */
  retryAfterMs?: number;
}

/** Thrown inside a visit, caught at its edge: one page, never the run. */
export class NotObservedError extends Error {
  override readonly name = 'NotObservedError';
  constructor(readonly outcome: NotObserved) {
    super(`${outcome.reason}: ${outcome.detail}`);
  }
}

export function notObserved(
  reason: NotObservedReason,
  detail: string,
  rest: Omit<NotObserved, 'reason' | 'detail'> = {},
): NotObservedError {
  return new NotObservedError({
    ...rest,
    reason,
    detail: detail.slice(0, 500),
  });
}

/** Nobody's password belongs into a report. */
export function withoutCredentials(url: string): string {
  try {
    const parsed = new URL(url);
    if (!parsed.username && !parsed.password) return url;
    parsed.username = '';
    parsed.password = '';
    return parsed.href;
  } catch {
    return url.slice(0, 2048);
  }
}
