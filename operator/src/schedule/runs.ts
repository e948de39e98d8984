import {
  objectMetaSchema,
  scheduleOwnerOf,
  type ScheduleOwner,
} from '@agentworkloads/api';
import { z } from 'zod';
import type { ComparableRun } from '../reconcile/baseline';

/** What a schedule knows of a run that it owns. */
export interface RunOfSchedule {
  owner: ScheduleOwner;
  namespace: string;
  name: string;
  uid: string;
  resourceVersion: string;
  phase: string;
  /** Who asked for it; empty for nobody. */
  requester: string;
  isDeleting: boolean;
  /** Somebody has asked to cancel it, which takes a while. */
  isCancelled: boolean;
  /** Name of the run that it is compared with. */
  comparedWith?: string;
  /** Of a run that is over. */
  ended?: RunEnd;
}

interface RunEnd {
  /** Milliseconds since 1970; undefined where nothing says when it ended. */
  at?: number;
  /** Milliseconds that policy `start` wants it kept at least. */
  keptAtLeast: number;
  /** Where later runs may be compared with it. */
  comparable?: ComparableRun;
}

const runSchema = z.looseObject({
  metadata: objectMetaSchema,
  spec: z
    .looseObject({
      cancel: z.boolean().optional(),
      requestedBy: z.looseObject({ username: z.string() }).optional(),
    })
    .optional(),
  status: z
    .looseObject({
      phase: z.string().optional(),
      baseline: z.looseObject({ name: z.string() }).optional(),
      policy: z
        .looseObject({
          start: z
            .looseObject({
              kept: z.looseObject({ atLeastSeconds: z.number() }).optional(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

/**
 * @param workload as the API server gives it
 * @param ended of a run that is over
 * @returns undefined for a run that no schedule owns
 */
export function runOfSchedule(
  workload: unknown,
  ended?: Omit<RunEnd, 'keptAtLeast'>,
): RunOfSchedule | undefined {
  const { data } = runSchema.safeParse(workload);
  const owner = data && scheduleOwnerOf(data.metadata);
  if (!owner) return undefined;
  const { metadata, spec, status } = data;
  const { namespace, name, uid, resourceVersion } = metadata;
  const kept = status?.policy?.start?.kept?.atLeastSeconds ?? 0;
  return {
    owner,
    namespace,
    name,
    uid,
    resourceVersion,
    phase: status?.phase ?? 'Pending',
    requester: spec?.requestedBy?.username ?? '',
    isDeleting: metadata.deletionTimestamp !== undefined,
    isCancelled: spec?.cancel ?? false,
    ...(status?.baseline ? { comparedWith: status.baseline.name } : {}),
    ...(ended ? { ended: { ...ended, keptAtLeast: kept * 1000 } } : {}),
  };
}

/** Whether it counts for `concurrencyPolicy`: a run at its gate does. */
export function goesOn({ ended, isDeleting }: RunOfSchedule): boolean {
  return !ended && !isDeleting;
}

/** Runs by the uid of the schedule that owns them. Nothing here outlives a restart: the first list fills it again. */
export class ScheduleRuns {
  private readonly runs = new Map<string, Map<string, RunOfSchedule>>();

  /** @param changed hears `namespace/name` of each schedule of whose runs one came, went or changed */
  constructor(private readonly changed: (scheduleKey: string) => void) {}

  of(scheduleUid: string): RunOfSchedule[] {
    return [...(this.runs.get(scheduleUid)?.values() ?? [])];
  }

  /** What a list, a watch or an answer brought; undefined for what is not there, or no schedule's. */
  saw(before: RunOfSchedule | undefined, after?: RunOfSchedule): void {
    if (before && before.owner.uid !== after?.owner.uid) {
      const known = this.runs.get(before.owner.uid);
      known?.delete(before.name);
      if (known?.size === 0) this.runs.delete(before.owner.uid);
      this.tell(before);
    }
    if (!after) return;
    const known = this.runs.get(after.owner.uid) ?? new Map();
    this.runs.set(after.owner.uid, known.set(after.name, after));
    if (!before || isOther(before, after)) this.tell(after);
  }

  private tell({ namespace, owner }: RunOfSchedule): void {
    this.changed(`${namespace}/${owner.name}`);
  }
}

/** A run has many status writes that are nothing to its schedule. */
function isOther(one: RunOfSchedule, other: RunOfSchedule): boolean {
  const told = ({ resourceVersion: _version, ...rest }: RunOfSchedule) =>
    JSON.stringify(rest);
  return told(one) !== told(other);
}
