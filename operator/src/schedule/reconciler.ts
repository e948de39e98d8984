import type { Reconcile } from '@agentworkloads/kube';
import { askingOnce, endingWith, type Clock } from '../ports';
import { actForSchedule, recordSchedule, type ScheduleEffects } from './apply';
import { decideSchedule } from './decide';
import { gatherSchedule, type ScheduleSources } from './gather';

const UNREADABLE_RETRY_MS = 30_000;

/** Gather, decide, apply. A pass records a decision or carries one out, never both. */
export function createScheduleReconciler(
  sources: ScheduleSources,
  effects: ScheduleEffects,
  clock: Pick<Clock, 'now'>,
): Reconcile {
  return async (key, signal) => {
    const client = askingOnce(endingWith(sources.client, signal));
    const gathered = await gatherSchedule({ ...sources, client }, key);
    // Policies take no signal: what was given up must not write.
    signal.throwIfAborted();
    if (gathered.kind === 'gone') return {};
    if (gathered.kind === 'unreadable') {
      const { cause } = gathered;
      effects.logger.warn({ schedule: key, cause }, 'not readable');
      return { requeueAfterMs: UNREADABLE_RETRY_MS };
    }
    const { raw, state } = gathered;
    const decision = decideSchedule(state, new Date(clock.now()));
    const to = { ...effects, client: endingWith(effects.client, signal) };
    switch (decision.type) {
      case 'record':
        return { requeueAfterMs: await recordSchedule(to, raw, decision) };
      case 'act': {
        const { schedule } = state;
        const { actions } = decision;
        return { requeueAfterMs: await actForSchedule(to, schedule, actions) };
      }
      default:
        return { requeueAfterMs: decision.requeueAfterMs };
    }
  };
}
