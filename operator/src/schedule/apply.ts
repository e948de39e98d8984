import {
  AGENT_WORKLOAD_SCHEDULE,
  ANNOTATIONS,
  API_VERSION,
  type AgentWorkloadSchedule,
  type AgentWorkloadScheduleStatus,
  type NotStarted,
} from '@agentworkloads/api';
import {
  ApiError,
  apiStatus,
  type EventRecorder,
  type KubeClient,
  type Logger,
} from '../ports';
import { KINDS } from '../reconcile/kinds';
import { mergeDiff } from '../reconcile/status';
import { buildRun } from './build-run';
import type { RawSchedule } from './cached';
import { cancelOf, type ScheduleAction, type ScheduleDecision } from './state';

export interface ScheduleEffects {
  client: KubeClient;
  events: EventRecorder;
  logger: Logger;
  /** Offers answers to the cache, where they may be ahead of the watch. */
  seenSchedule: (raw: unknown) => void;
  /** Keeps why a run was refused (by uid of its schedule), or its cancelling ({@link cancelOf}), for the next pass to tell; undefined forgets. */
  refused: (what: string, why: string | undefined) => void;
  /** Hears of each status that was written: the due times that became no run. */
  recorded?: (
    namespace: string,
    schedule: string,
    before: readonly NotStarted[],
    after: readonly NotStarted[],
  ) => void;
}

/** The server dropped part of a status: its CRD is older than this operator. No tight loop, then. */
const PRUNED_RETRY_MS = 60_000;
/** What was cancelled or deleted is told of by the watch; this is for the case that it isn't. A run that was made is read. */
const AFTER_ACTION_MS = 5_000;
/** Answers that say "not like this" rather than "not now". */
const REFUSALS: readonly number[] = [400, 403, 404, 422];

/**
 * Writes status, guarded by the resourceVersion that was decided upon; a conflict is thrown as 409.
 * @returns when to look again, milliseconds
 */
export async function recordSchedule(
  effects: ScheduleEffects,
  { metadata, status: before }: RawSchedule,
  decision: Extract<ScheduleDecision, { type: 'record' }>,
): Promise<number> {
  const diff = mergeDiff((before ?? {}) as Record<string, unknown>, {
    ...decision.status,
  });
  if (!diff) return PRUNED_RETRY_MS;
  const { namespace, name, uid, resourceVersion } = metadata;
  const written = await effects.client.patch(KINDS.schedules, namespace, name, {
    type: 'merge',
    subresource: 'status',
    body: { metadata: { resourceVersion }, status: diff },
  });
  effects.seenSchedule(written);
  effects.recorded?.(
    namespace,
    name,
    (before as AgentWorkloadScheduleStatus | undefined)?.notStarted ?? [],
    decision.status.notStarted ?? [],
  );
  effects.logger.info(
    { schedule: `${namespace}/${name}`, uid, fields: Object.keys(diff) },
    decision.events[0]?.note ?? 'status written',
  );
  const target = {
    apiVersion: API_VERSION,
    kind: AGENT_WORKLOAD_SCHEDULE.kind,
    name,
    namespace,
    uid,
  };
  for (const event of decision.events) effects.events.record(target, event);
  const kept = (written as { status?: Record<string, unknown> }).status ?? {};
  const lost = mergeDiff(kept, { ...decision.status });
  if (!lost) return 0;
  effects.logger.error(
    { schedule: name, fields: Object.keys(lost) },
    'the API server did not keep this part of status; apply deploy/crds',
  );
  return PRUNED_RETRY_MS;
}

async function createRun(
  { client, refused }: ScheduleEffects,
  schedule: AgentWorkloadSchedule,
  { pending }: Extract<ScheduleAction, { type: 'create-run' }>,
): Promise<void> {
  const { namespace, uid } = schedule.metadata;
  try {
    const run = buildRun(schedule, pending);
    await client.create(KINDS.workloads, namespace, run);
    refused(uid, undefined);
  } catch (error) {
    // An earlier pass made it and could not say so, or it is a stranger's: reading tells which.
    if (apiStatus(error) === 409) return;
    if (error instanceof ApiError && REFUSALS.includes(error.status)) {
      refused(uid, error.message);
    }
    throw error;
  }
}

/** A namesake refuses it, and what is gone or was changed is seen by the next look. */
async function orLookAgain(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (![404, 409, 422].includes(apiStatus(error) ?? 0)) throw error;
  }
}

async function carryOut(
  effects: ScheduleEffects,
  schedule: AgentWorkloadSchedule,
  action: ScheduleAction,
): Promise<void> {
  const { client } = effects;
  const { namespace } = schedule.metadata;
  switch (action.type) {
    case 'create-run':
      return createRun(effects, schedule, action);
    case 'cancel-run': {
      const { name, uid, replacedBy } = action;
      const annotations = { [ANNOTATIONS.replacedBy]: replacedBy };
      const body = { metadata: { uid, annotations }, spec: { cancel: true } };
      try {
        return await orLookAgain(
          client.patch(KINDS.workloads, namespace, name, {
            type: 'merge',
            body,
          }),
        );
      } catch (error) {
        // A webhook or a right that is missing: the new run is there, and the others are to be told all the same.
        if (!(error instanceof ApiError && [400, 403].includes(error.status)))
          throw error;
        return effects.refused(cancelOf(uid, replacedBy), error.message);
      }
    }
    default: {
      const { name, uid, resourceVersion } = action;
      const only = { uid, resourceVersion };
      return orLookAgain(client.delete(KINDS.workloads, namespace, name, only));
    }
  }
}

/** @returns when to look again, milliseconds */
export async function actForSchedule(
  effects: ScheduleEffects,
  schedule: AgentWorkloadSchedule,
  actions: readonly ScheduleAction[],
): Promise<number> {
  const { namespace, name } = schedule.metadata;
  for (const action of actions) {
    const run = 'pending' in action ? action.pending.name : action.name;
    effects.logger.info(
      { schedule: `${namespace}/${name}`, action: action.type, run },
      'carrying out',
    );
    await carryOut(effects, schedule, action);
  }
  const isMade = actions.some(({ type }) => type === 'create-run');
  return isMade ? 0 : AFTER_ACTION_MS;
}
