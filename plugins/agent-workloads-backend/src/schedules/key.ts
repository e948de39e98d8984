import type { AgentWorkload } from '@agentworkloads/api';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';

interface OwnerReference {
  kind?: string;
  uid?: string;
  controller?: boolean;
}

/** One schedule of all clusters: two may have been restored from one. */
export function scheduleKey({
  cluster,
  uid,
}: Pick<ScheduleItem, 'cluster' | 'uid'>): string {
  return `${cluster}/${uid}`;
}

/**
 * The {@link scheduleKey} of the schedule that made a run: its controller, which only the operator can name.
 * @returns undefined for a run of no schedule
 */
export function scheduleOf(
  cluster: string,
  { metadata }: AgentWorkload,
): string | undefined {
  const owners = (metadata.ownerReferences ?? []) as OwnerReference[];
  const uid = owners.find(
    ({ kind, controller }) => controller && kind === 'AgentWorkloadSchedule',
  )?.uid;
  return uid && scheduleKey({ cluster, uid });
}
