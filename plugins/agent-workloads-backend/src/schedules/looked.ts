import {
  describeIssues,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import type { ScheduleFacts } from './entry';

/** Of the schedule that was on the screen. */
export const uidSchema = z.string().min(1).max(128);

/**
 * @param sent - the body or query of a request that may say which schedule it means, and nothing else that matters
 * @throws InputError that names what is wrong
 */
export function parseUid(
  sent: unknown,
  doing: string,
  { required }: { required: boolean },
): string | undefined {
  const uid = required ? uidSchema : uidSchema.optional();
  const parsed = z.object({ uid }).safeParse(sent ?? {});
  if (!parsed.success) {
    throw new InputError(`Can't ${doing}: ${describeIssues(parsed.error)}`);
  }
  return parsed.data.uid;
}

/**
 * A schedule that was deleted and made again has the name of the one on the screen, and may be anybody's.
 * @param uid - absent of requests that do not say which one they mean
 * @throws ConflictError
 */
export function assertSame(
  { namespace, name, uid: known }: ScheduleFacts,
  uid: string | undefined,
): void {
  if (uid !== undefined && uid !== known) {
    throw refusal(ConflictError, 'scheduleOther', { name, namespace });
  }
}
