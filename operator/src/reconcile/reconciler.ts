import type { Reconcile, ReconcileResult } from '../controller/controller';
import type { Clock } from '../ports';
import { applyActions, applyRecord, type Effects } from './apply';
import { decide, decideInvalid } from './decide';
import type { Decision } from './decision';
import { gather, type Gathered, type Sources } from './gather';

const UNREADABLE_RETRY_MS = 30_000;

function decideOn(gathered: Gathered, now: Date): Decision {
  switch (gathered.kind) {
    case 'seen':
      return decide(gathered.state, now);
    case 'invalid':
      return decideInvalid(gathered.workload, gathered.problems, now);
    case 'unreadable':
      return { type: 'wait', requeueAfterMs: UNREADABLE_RETRY_MS };
    default:
      return { type: 'wait' };
  }
}

/** Gather, decide, apply. A pass records a decision or carries one out, never both. */
export function createReconciler(
  sources: Sources,
  effects: Effects,
  clock: Pick<Clock, 'now'>,
): Reconcile {
  return async (key): Promise<ReconcileResult> => {
    const now = new Date(clock.now());
    let gathered = await gather(sources, key, now);
    let decision = decideOn(gathered, now);
    if (decision.type === 'act') {
      // Caches may be behind: what changes the world is confirmed by a live read first.
      gathered = await gather(sources, key, now, true);
      decision = decideOn(gathered, now);
    }
    if (gathered.kind === 'unreadable') {
      effects.logger.warn({ key, cause: gathered.cause }, 'not readable');
    }
    if (decision.type === 'record' && 'raw' in gathered) {
      const again = await applyRecord(effects, gathered.raw, decision);
      return { requeueAfterMs: again };
    }
    if (decision.type === 'act' && gathered.kind === 'seen') {
      const { workload } = gathered.state;
      const again = await applyActions(
        effects,
        workload,
        decision.actions,
        now,
      );
      return { requeueAfterMs: again };
    }
    return decision.type === 'wait'
      ? { requeueAfterMs: decision.requeueAfterMs }
      : {};
  };
}
