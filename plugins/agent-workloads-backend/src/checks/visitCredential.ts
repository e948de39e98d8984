import { createHmac } from 'node:crypto';

/**
 * What may be reached for one page, signed with the egress proxy's token. The same as the steps make (agents/src/clients), and as the
 * proxy reads (egress/src/visit.ts); scripts/same-rule.test.mjs holds the three together.
 */
export interface VisitGrant {
  /** For the proxy's log. */
  run: string;
  /** host:port of the page: private addresses that were opened are open to their own visit only. */
  target: string;
  /** Host patterns that no request may go to. */
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
