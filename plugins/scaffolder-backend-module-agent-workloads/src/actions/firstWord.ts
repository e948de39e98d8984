import type { AgentWorkloadScheduleStatus } from '@agentworkloads/api';
import { type AgentWorkloadsClusters } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { RESOURCES } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';

const LOOKS = 16;
const BETWEEN_MS = 500;

/**
 * What the operator says of a new schedule: policy is asked by it alone, so what policy refuses is known only then.
 *
 * @returns why its due times lead to no runs; undefined where they do, or where nothing is said within eight seconds
 */
export async function firstRefusal(
  clusters: Pick<AgentWorkloadsClusters, 'get'>,
  { cluster, namespace, name }: RunRef,
  wait: (ms: number) => Promise<void>,
): Promise<string | undefined> {
  const { client } = clusters.get(cluster);
  for (let look = 0; look < LOOKS; look++) {
    const found = await client
      .get(RESOURCES.schedules, namespace, name)
      // It is made; who can't look now sees it on its page.
      .catch(() => undefined);
    const status = found?.status as AgentWorkloadScheduleStatus | undefined;
    const ready = status?.conditions?.find(({ type }) => type === 'Ready');
    if (ready) return ready.status === 'False' ? ready.message : undefined;
    await wait(BETWEEN_MS);
  }
  return undefined;
}
