import type { AgentWorkloadSchedule } from '@agentworkloads/api';
import type {
  ScheduleDetail,
  ScheduleItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { WorkloadResource } from '../permissions';
import { peopleOf } from '../runs/people';

/** Without what depends on who reads it. */
export type ScheduleFacts = Omit<
  ScheduleItem,
  'lastRun' | 'isYours' | 'mayRun' | 'mayUpdate'
>;

/** Reasons that are passed on: a list of hundreds has them all. */
const NOT_STARTED_SHOWN = 10;

/** One schedule as the list and the permission rules need it, made once a change. */
export interface ScheduleEntry {
  item: ScheduleFacts;
  spec: ScheduleDetail['spec'];
  generation: number;
  /** How many of its runs exist. */
  owned: number;
  /** The rules judge it as they would judge each of its runs. */
  resource: WorkloadResource;
}

export function toScheduleEntry(
  cluster: string,
  { metadata, spec, status }: AgentWorkloadSchedule,
  identity: IdentityMapper,
): ScheduleEntry {
  const { namespace, name } = metadata;
  const template = spec.workloadTemplate.spec;
  const username = spec.requestedBy?.username;
  const people = peopleOf(identity, [username]);
  return {
    item: {
      cluster,
      namespace,
      name,
      uid: metadata.uid,
      objective: template.objective,
      pages: template.targetUrls.length,
      schedule: spec.schedule,
      timeZone: spec.timeZone,
      suspend: spec.suspend,
      requestedBy: username,
      ...(people ? { people } : {}),
      createdAt: metadata.creationTimestamp,
      conditions: status?.conditions ?? [],
      nextAt: status?.nextScheduleTime,
      lastAt: status?.lastScheduleTime,
      lastSuccessAt: status?.lastSuccessfulTime,
      active: (status?.active ?? []).map(run => run.name),
      runNow: spec.runNow,
      lastRunNow: status?.lastRunNow,
      notStarted: (status?.notStarted ?? [])
        .slice(-NOT_STARTED_SHOWN)
        .reverse(),
    },
    spec: specFor(spec),
    generation: metadata.generation,
    owned: status?.owned?.runs ?? 0,
    resource: {
      cluster,
      namespace,
      name,
      requesterRef: username ? identity.userRef(username) : undefined,
      fourEyes: template.gate.fourEyes,
    },
  };
}

/** What a person may change of it. */
function specFor(spec: AgentWorkloadSchedule['spec']): ScheduleDetail['spec'] {
  const { schedule, timeZone, concurrencyPolicy, startingDeadline, history } =
    spec;
  const { objective, targetUrls } = spec.workloadTemplate.spec;
  return {
    schedule,
    timeZone,
    concurrencyPolicy,
    startingDeadline,
    history,
    objective,
    targetUrls,
  };
}

/** Those that start next first, then those that start nothing, by name. */
export function sortSchedules(items: readonly ScheduleItem[]): ScheduleItem[] {
  const time = ({ nextAt }: ScheduleItem) =>
    nextAt ? Date.parse(nextAt) : Number.MAX_SAFE_INTEGER;
  return [...items].sort(
    (a, b) => time(a) - time(b) || a.name.localeCompare(b.name),
  );
}
