import type { EgressFailure } from './egress';

/** The name by which robots.txt may address us. */
export const ROBOTS_TOKEN = 'AgentWorkloads';

/** An honest name in the form that crawlers use, with a way to reach whoever runs us. */
export function userAgent(contact: string | undefined): string {
  const who = `${ROBOTS_TOKEN}/0.1${contact ? `; +${contact}` : ''}`;
  return `Mozilla/5.0 (X11; Linux x86_64; compatible; ${who}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36`;
}

/** RFC 9309: at least 500 KiB of a robots.txt are read, and five redirects followed. */
export const ROBOTS_LIMITS = {
  bytes: 512 * 1024,
  redirects: 5,
  milliseconds: 10_000,
} as const;

/**
 * What the status of a robots.txt means, by RFC 9309: its rules count; there are none, so all is allowed; or nothing is to be visited
 * for now.
 */
export function robotsAnswer(status: number): 'rules' | 'none' | 'notNow' {
  if (status >= 200 && status < 300) return 'rules';
  return status < 500 && status !== 429 ? 'none' : 'notNow';
}

/**
 * What it means that no answer came: a site that moved its robots.txt round and round has none (RFC 9309, 2.3.1.2); where it was moved to
 * what can't be reached, nothing is to be visited for now; else the site itself can't be.
 */
export function robotsFailure({
  reason,
  redirected,
}: {
  reason: EgressFailure;
  /** It came after a redirect: the site that was asked for had answered. */
  redirected: boolean;
}): 'none' | 'notNow' | 'unreachable' {
  if (reason === 'TOO_MANY_REDIRECTS') return 'none';
  return redirected ? 'notNow' : 'unreachable';
}
