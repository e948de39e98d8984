import { createHmac } from 'node:crypto';

/**
 * What one visit of one page may reach. It is signed with the proxy's token, and the browser sends it as the password of
 * the proxy; no page sees it. The proxy (`egress/src/visit.ts`) reads it; scripts/same-rule.test.mjs holds both together.
 */
export interface VisitGrant {
  /** Workflow uid, for the log. */
  run: string;
  /** The address that was asked for, as host:port: private addresses are open to their own visit only. */
  target: string;
  /** Host patterns that no request of the visit may go to. */
  deny: readonly string[];
}

/** User name and password for the proxy. */
export function visitCredential(
  grant: VisitGrant,
  token: string,
): { username: string; password: string } {
  const payload = Buffer.from(JSON.stringify(grant)).toString('base64url');
  const signature = createHmac('sha256', token)
    .update(`visit.v1.${payload}`)
    .digest('base64url');
  return { username: 'visit', password: `${payload}.${signature}` };
}
