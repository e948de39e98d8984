/** What steps, portal and egress proxy know of each other. The proxy imports none of ours: scripts/same-rule.test.mjs holds its copy to this. */

/** The header by which the proxy says why it refused, and the one by which it says why it failed. */
export const BLOCKED_HEADER = 'x-egress-blocked';
export const FAILED_HEADER = 'x-egress-error';

/** Why a request through the proxy did not come to a response. The names are those of the report. */
export type EgressFailure =
  | 'EGRESS_BLOCKED'
  | 'POLICY_DENIED'
  | 'DNS_FAILED'
  | 'TIMEOUT'
  | 'CONNECTION_FAILED'
  | 'TLS_FAILED'
  | 'TOO_LARGE'
  | 'TOO_MANY_REDIRECTS';

/** Those that the proxy itself tells of a site. */
const FAILURES: readonly EgressFailure[] = [
  'DNS_FAILED',
  'TIMEOUT',
  'CONNECTION_FAILED',
  'TOO_LARGE',
];

/** The reason in a response of our proxy, if it is one. */
export function failureFromHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): EgressFailure | undefined {
  const blocked = headers[BLOCKED_HEADER];
  if (blocked !== undefined) {
    return blocked === 'POLICY' ? 'POLICY_DENIED' : 'EGRESS_BLOCKED';
  }
  const text = String(headers[FAILED_HEADER] ?? '');
  return FAILURES.find(reason => text.startsWith(reason));
}

/** Of an http or https address, also where it is not written. */
export const portOf = (url: URL): number =>
  Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/** An IPv6 address without its brackets, as sockets take it. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

/**
 * What one visit of one page may reach. It is signed with the proxy's token and sent as the password of the proxy; no page sees it. The proxy
 * (`egress/src/visit.ts`) reads it.
 */
export interface VisitGrant {
  /** Workflow uid, or what else asks: for the log. */
  run: string;
  /** The address that was asked for, as host:port: private addresses are open to their own visit only. */
  target: string;
  /** Host patterns that no request of the visit may go to. */
  deny: readonly string[];
}
