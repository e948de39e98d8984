import { createHmac } from 'node:crypto';
import type { VisitGrant } from '@agentworkloads/api';

/** User name and password for the proxy, as the steps make them (agents/src/clients); scripts/same-rule.test.mjs holds both to the proxy. */
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
