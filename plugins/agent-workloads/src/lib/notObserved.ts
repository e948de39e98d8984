import type { NotObservedReason } from '@agentworkloads/api';

/** Why a page is missing, and what somebody could do about it. */
export const NOT_OBSERVED_SENTENCES: Record<NotObservedReason, string> = {
  EGRESS_BLOCKED:
    'The address is private or not allowed, so the egress proxy refused it. An operator can allow it by host and port.',
  POLICY_DENIED:
    "The page led to a host that this run's policy does not allow, so it was not visited.",
  ROBOTS_DISALLOWED:
    "The site's robots.txt asks not to visit this page, and we respect that.",
  DNS_FAILED:
    "The host's name could not be resolved. Check the spelling of the address.",
  TIMEOUT: 'The page did not load in time.',
  CONNECTION_FAILED: 'No connection to the host could be made.',
  TLS_FAILED: "The host's certificate could not be trusted.",
  HTTP_ERROR: 'The host answered with an error instead of the page.',
  TOO_LARGE: 'The page is larger than we take in.',
  NOT_HTML: 'The address does not lead to a web page.',
  TOO_MANY_REDIRECTS: 'The address was redirected again and again.',
  BOT_WALL: 'The site showed a check for robots instead of the page.',
  LOGIN_WALL: 'The page is only shown after signing in.',
  BLANK_PAGE: 'The page loaded, but nothing could be seen on it.',
  BROWSER_FAILED: 'The browser failed while it showed the page.',
  RATE_LIMITED: 'The site asked us to slow down and gave no page.',
};

export function notObservedSentence(reason: string): string {
  return (
    NOT_OBSERVED_SENTENCES[reason as NotObservedReason] ??
    `The page was not observed (${reason}).`
  );
}
