import { DEFAULT_TTL } from './agent-workload';
import type { PolicyRecord } from './agent-workload-status';
import { parseTtl, ttlSchema } from './duration';

/**
 * How long a run is kept once it has ended, milliseconds. What policy `start` let begin it has judged.
 * Of what it denied, the bounds that it answered hold all the same; and what it never saw, or could not
 * judge, is kept for the default: who asks can't have it gone before anybody has looked.
 * @param ttl `spec.ttlAfterFinished` as it stands there; without one that can be read, the default holds
 * @param start `status.policy.start`
 */
export function keptFor(
  ttl: unknown,
  start: Pick<PolicyRecord, 'decision' | 'kept'> | undefined,
): number {
  const { success, data } = ttlSchema.safeParse(ttl);
  const asked = parseTtl(success ? data : DEFAULT_TTL);
  if (!start?.kept) {
    return start?.decision === 'allow' ? asked : parseTtl(DEFAULT_TTL);
  }
  const { atLeastSeconds, atMostSeconds } = start.kept;
  return Math.max(atLeastSeconds * 1000, Math.min(asked, atMostSeconds * 1000));
}
