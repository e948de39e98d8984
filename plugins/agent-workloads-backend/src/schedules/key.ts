import { scheduleOwnerOf, type AgentWorkload } from '@agentworkloads/api';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** One schedule of all clusters: two may have been restored from one. */
export function scheduleKey({
  cluster,
  uid,
}: Pick<ScheduleItem, 'cluster' | 'uid'>): string {
  return `${cluster}/${uid}`;
}

/**
 * The {@link scheduleKey} of the schedule that made a run.
 * @returns undefined for a run of no schedule
 */
export function scheduleKeyOf(
  cluster: string,
  { metadata }: AgentWorkload,
): string | undefined {
  const owner = scheduleOwnerOf(metadata);
  return owner && scheduleKey({ cluster, uid: owner.uid });
}
