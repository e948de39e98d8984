import {
  agentWorkloadScheduleSchema,
  type AgentWorkloadSchedule,
} from '@agentworkloads/api';
import {
  type Cluster,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  requesterOf,
  RESOURCES,
  toResponseError,
} from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { apiStatus, type KubernetesObject } from '@agentworkloads/kube';
import type { ScheduleFacts } from './entry';

/** The operator writes status meanwhile; each time what was looked at is looked at again. */
const TRIES = 4;

export function readSchedule(object: KubernetesObject): AgentWorkloadSchedule {
  const { managedFields: _, ...metadata } = object.metadata;
  return agentWorkloadScheduleSchema.parse({ ...object, metadata });
}

/** `requestedBy` of a patch that takes a schedule over. null: the groups of whoever asked before must not stay. */
export function inOwnName(person: ImpersonatedPerson) {
  return { groups: null, ...requesterOf(person) };
}

/**
 * Writes on the state that was judged: nobody's change in between is lost, and nobody takes over from somebody who was not
 * on the screen.
 *
 * @param judge says what is to be written of the schedule as it is in the cluster now; undefined: it stands there already
 * @param doing completes "The cluster refused to …"
 * @returns the schedule as it is afterwards; `before` is in whose name it was
 * @throws what `judge` throws; an error of `@backstage/errors` with the API server's own reason
 */
export async function patchOnLatest(
  { client }: Cluster,
  { namespace, name }: ScheduleFacts,
  person: ImpersonatedPerson,
  doing: string,
  judge: (live: AgentWorkloadSchedule) => Record<string, unknown> | undefined,
): Promise<{ schedule: AgentWorkloadSchedule; before?: string }> {
  for (let tries = 1; ; tries++) {
    try {
      const live = readSchedule(
        await client.get(RESOURCES.schedules, namespace, name),
      );
      const before = live.spec.requestedBy?.username;
      const patch = judge(live);
      if (!patch) return { schedule: live, before };
      const patched = await client.patch(
        RESOURCES.schedules,
        namespace,
        name,
        patch,
        { as: person },
      );
      return { schedule: readSchedule(patched), before };
    } catch (error) {
      if (apiStatus(error) !== 409 || tries === TRIES) {
        throw toResponseError(error, doing);
      }
    }
  }
}
