import { z } from 'zod';
import { AGENT_WORKLOAD_SCHEDULE, API_VERSION } from '../group';

const ownerSchema = z.object({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal(AGENT_WORKLOAD_SCHEDULE.kind),
  controller: z.literal(true),
  name: z.string().min(1),
  uid: z.string().min(1),
});

/** The schedule that a run belongs to: by its owner reference, never by a label, for only the operator may set an owner. */
export interface ScheduleOwner {
  name: string;
  uid: string;
}

/** @param metadata of an AgentWorkload; undefined for a run that no schedule made */
export function scheduleOwnerOf(metadata: object): ScheduleOwner | undefined {
  const { ownerReferences } = metadata as { ownerReferences?: unknown };
  if (!Array.isArray(ownerReferences)) return undefined;
  for (const reference of ownerReferences) {
    const { data } = ownerSchema.safeParse(reference);
    if (data) return { name: data.name, uid: data.uid };
  }
  return undefined;
}
