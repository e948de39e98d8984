import {
  agentWorkloadScheduleSpecSchema,
  type AgentWorkloadSchedule,
} from '@agentworkloads/api';
import {
  type Cluster,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  describeIssues,
  refusal,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { RunNowRequest } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import type { ScheduleFacts } from './entry';
import { assertSame, uidSchema } from './looked';
import { inOwnName, patchOnLatest } from './onLatest';

const DOING = 'run the schedule now';

const requestSchema = z.object({
  token: agentWorkloadScheduleSpecSchema.shape.runNow.unwrap(),
  requestedBy: z.string().max(256).optional(),
  uid: uidSchema.optional(),
});

/** @throws InputError that names what is wrong */
export function parseRunNow(body: unknown): RunNowRequest & { uid?: string } {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    throw new InputError(
      `The schedule can't be run now: ${describeIssues(parsed.error)}`,
    );
  }
  return parsed.data;
}

/**
 * What is to be written, judged by the schedule as it is in the cluster now.
 * @returns undefined when it stands there already: a second click, or an answer that was lost
 * @throws ConflictError when it is not what the person looked at
 */
function judge(
  { metadata, spec }: AgentWorkloadSchedule,
  seen: ScheduleFacts,
  { token, requestedBy }: RunNowRequest,
  person: ImpersonatedPerson,
): Record<string, unknown> | undefined {
  assertSame(seen, metadata.uid);
  const owner = spec.requestedBy?.username;
  const isOwn = owner === person.username;
  if (isOwn && spec.runNow === token) return undefined;
  if (!isOwn && owner !== requestedBy) {
    throw owner === undefined
      ? refusal(ConflictError, 'scheduleRunTakesOverFromNobody', {
          name: seen.name,
        })
      : refusal(ConflictError, 'scheduleRunTakesOver', {
          name: seen.name,
          owner,
        });
  }
  const { uid, resourceVersion } = metadata;
  return {
    metadata: { uid, resourceVersion },
    spec: { runNow: token, requestedBy: inOwnName(person) },
  };
}

/**
 * Sets `spec.runNow`, and with it in whose name runs are made: admission takes the one with the other only.
 *
 * @returns the schedule as it is afterwards; `before` is in whose name it was
 * @throws an error of `@backstage/errors` with the API server's own reason
 */
export function askForRun(
  cluster: Cluster,
  seen: ScheduleFacts,
  request: RunNowRequest,
  person: ImpersonatedPerson,
) {
  return patchOnLatest(cluster, seen, person, DOING, live =>
    judge(live, seen, request, person),
  );
}
