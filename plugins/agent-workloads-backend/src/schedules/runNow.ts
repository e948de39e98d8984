import {
  agentWorkloadScheduleSchema,
  agentWorkloadScheduleSpecSchema,
  type AgentWorkloadSchedule,
} from '@agentworkloads/api';
import {
  describeIssues,
  RESOURCES,
  toResponseError,
  type Cluster,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { RunNowRequest } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { apiStatus, type KubernetesObject } from '@agentworkloads/kube';
import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import type { ScheduleFacts } from './entry';
import { assertSame, uidSchema } from './looked';

/** The operator writes status meanwhile; each time what was looked at is looked at again. */
const TRIES = 4;

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

export function readSchedule(object: KubernetesObject): AgentWorkloadSchedule {
  const { managedFields: _, ...metadata } = object.metadata;
  return agentWorkloadScheduleSchema.parse({ ...object, metadata });
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
    throw new ConflictError(
      `The schedule ${seen.name} is in ${
        owner === undefined ? "nobody's name" : `the name of ${owner}`
      } now, so to run it takes it over from there; look at it again`,
    );
  }
  const { uid, resourceVersion } = metadata;
  const { username, groups } = person;
  return {
    metadata: { uid, resourceVersion },
    // null: those of whoever asked before must not stay.
    spec: {
      runNow: token,
      requestedBy: { username, groups: groups.length > 0 ? groups : null },
    },
  };
}

/**
 * Sets `spec.runNow`, and with it in whose name runs are made: admission takes the one with the other only. It is written
 * on the state that was judged, so nobody takes over from somebody who was not on the screen.
 *
 * @returns the schedule as it is afterwards; `before` is in whose name it was
 * @throws an error of `@backstage/errors` with the API server's own reason
 */
export async function askForRun(
  { client }: Cluster,
  seen: ScheduleFacts,
  request: RunNowRequest,
  person: ImpersonatedPerson,
): Promise<{ schedule: AgentWorkloadSchedule; before?: string }> {
  const { namespace, name } = seen;
  for (let tries = 1; ; tries++) {
    try {
      const found = await client.get(RESOURCES.schedules, namespace, name);
      const live = readSchedule(found);
      const before = live.spec.requestedBy?.username;
      const patch = judge(live, seen, request, person);
      if (!patch) return { schedule: live, before };
      const schedule = await client.patch(
        RESOURCES.schedules,
        namespace,
        name,
        patch,
        { as: person },
      );
      return { schedule: readSchedule(schedule), before };
    } catch (error) {
      if (apiStatus(error) !== 409 || tries === TRIES) {
        throw toResponseError(error, DOING);
      }
    }
  }
}
