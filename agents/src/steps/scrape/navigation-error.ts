import type { NotObservedReason } from '@agentworkloads/api';

/** What Chromium's name of a failed navigation means for us. */
export type NavigationVerdict =
  | { kind: 'reason'; reason: NotObservedReason }
  /** The proxy refused or failed a tunnel and Chromium hides why: ask the proxy. */
  | { kind: 'ask-proxy' }
  /** The proxy itself is away: nothing can be seen, so the step ends with exit 10. */
  | { kind: 'proxy-away' }
  /** An address that is not http: data:, file:, a program of the visitor's. */
  | { kind: 'other-scheme' }
  /** The browser or the page's process died. */
  | { kind: 'browser-lost' };

const BY_CODE: Record<string, NavigationVerdict> = {
  ERR_NAME_NOT_RESOLVED: { kind: 'reason', reason: 'DNS_FAILED' },
  ERR_TIMED_OUT: { kind: 'reason', reason: 'TIMEOUT' },
  ERR_CONNECTION_TIMED_OUT: { kind: 'reason', reason: 'TIMEOUT' },
  ERR_TOO_MANY_REDIRECTS: { kind: 'reason', reason: 'TOO_MANY_REDIRECTS' },
  ERR_TUNNEL_CONNECTION_FAILED: { kind: 'ask-proxy' },
  ERR_PROXY_CONNECTION_FAILED: { kind: 'proxy-away' },
  ERR_PROXY_AUTH_UNSUPPORTED: { kind: 'proxy-away' },
  ERR_PROXY_AUTH_REQUESTED: { kind: 'proxy-away' },
  ERR_INVALID_AUTH_CREDENTIALS: { kind: 'proxy-away' },
  // Chromium itself refuses these before the proxy sees them.
  ERR_UNSAFE_PORT: { kind: 'reason', reason: 'EGRESS_BLOCKED' },
  ERR_UNSAFE_REDIRECT: { kind: 'other-scheme' },
  ERR_UNKNOWN_URL_SCHEME: { kind: 'other-scheme' },
  ERR_DISALLOWED_URL_SCHEME: { kind: 'other-scheme' },
  ERR_BLOCKED_BY_CLIENT: { kind: 'reason', reason: 'EGRESS_BLOCKED' },
  ERR_INVALID_REDIRECT: { kind: 'reason', reason: 'CONNECTION_FAILED' },
};

/** @param message what Playwright threw or what Chromium gave as the failure's text */
export function readNavigationError(message: string): NavigationVerdict {
  const code = /\bERR_[A-Z0-9_]+/.exec(message)?.[0];
  if (code) {
    if (BY_CODE[code]) return BY_CODE[code];
    if (/^ERR_(CERT|SSL|BAD_SSL)/.test(code))
      return { kind: 'reason', reason: 'TLS_FAILED' };
    return { kind: 'reason', reason: 'CONNECTION_FAILED' };
  }
  if (/Timeout \d+ms exceeded/i.test(message))
    return { kind: 'reason', reason: 'TIMEOUT' };
  if (
    /crash|has been closed|disconnected|Target closed|Session closed|Connection closed/i.test(
      message,
    )
  ) {
    return { kind: 'browser-lost' };
  }
  return { kind: 'reason', reason: 'CONNECTION_FAILED' };
}
