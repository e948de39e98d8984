import { isFinalPhase, type AgentWorkloadStatus } from '@agentic/api';
import type { Reconcile, ReconcileResult } from '../controller/controller';
import { apiStatus, endingWith, type Clock } from '../ports';
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

/** What can't be taken back once it is in status: the end of a run, a gate with its evidence, and its decision. */
function isForGood(decision: Decision, gathered: Gathered): boolean {
  if (decision.type !== 'record') return false;
  const before =
    'raw' in gathered
      ? (gathered.raw.status as AgentWorkloadStatus | undefined)
      : undefined;
  return (
    isFinalPhase(decision.status.phase) ||
    decision.status.gate?.nodeId !== before?.gate?.nodeId ||
    decision.status.gate?.decision !== before?.gate?.decision
  );
}

/** The API server knows a newer state than the one that was decided upon. */
function isBehind(error: unknown): boolean {
  const status = apiStatus(error);
  return status === 409 || status === 404;
}

/** Gather, decide, apply. A pass records a decision or carries one out, never both. */
export function createReconciler(
  sources: Sources,
  effects: Effects,
  clock: Pick<Clock, 'now'>,
): Reconcile {
  /** Keys whose last pass was refused for being behind; nothing says when the watch will have caught up. */
  const behind = new Set<string>();
  const pass = async (
    key: string,
    live: boolean,
    signal: AbortSignal,
  ): Promise<ReconcileResult> => {
    const from = { ...sources, client: endingWith(sources.client, signal) };
    const to = { ...effects, client: endingWith(effects.client, signal) };
    const now = new Date(clock.now());
    let gathered = await gather(from, key, now, live);
    let decision = decideOn(gathered, now);
    if (!live && (decision.type === 'act' || isForGood(decision, gathered))) {
      // Caches may be behind: what changes the world, or can't be changed again, is confirmed first.
      gathered = await gather(from, key, now, true);
      decision = decideOn(gathered, now);
    }
    // Policies and what was already there take no signal: what was given up must not write.
    signal.throwIfAborted();
    if (gathered.kind === 'unreadable') {
      effects.logger.warn({ key, cause: gathered.cause }, 'not readable');
    }
    if (decision.type === 'record' && 'raw' in gathered) {
      const again = await applyRecord(to, gathered.raw, decision);
      return { requeueAfterMs: again };
    }
    if (decision.type === 'act' && gathered.kind === 'seen') {
      const { workload } = gathered.state;
      const again = await applyActions(to, workload, decision.actions, now);
      return { requeueAfterMs: again };
    }
    return decision.type === 'wait'
      ? { requeueAfterMs: decision.requeueAfterMs }
      : {};
  };
  return async (key, signal) => {
    try {
      return await pass(key, behind.delete(key), signal);
    } catch (error) {
      if (isBehind(error)) behind.add(key);
      throw error;
    }
  };
}
