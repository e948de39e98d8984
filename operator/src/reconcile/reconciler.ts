import { isFinalPhase, type AgentWorkloadStatus } from '@agentworkloads/api';
import type { Reconcile, ReconcileResult } from '@agentworkloads/kube';
import { apiStatus, askingOnce, endingWith, type Clock } from '../ports';
import {
  applyActions,
  applyRecord,
  applyRemoval,
  refuseOrphans,
  type Effects,
} from './apply';
import { decide, decideInvalid } from './decide';
import type { Decision } from './decision';
import { gather, type Gathered } from './gather';
import { ALL_LIVE, FROM_CACHES, type Live } from './needs';
import type { Sources } from './sources';
import { LastAnswers, type LastAnswer } from './last-answers';
import { untilNextLook } from './timers';
import { Reprieves } from './reprieves';

const UNREADABLE_RETRY_MS = 30_000;

function decideOn(gathered: Gathered, now: Date): Decision {
  switch (gathered.kind) {
    case 'seen':
      return decide(gathered.state, now);
    case 'invalid':
      return decideInvalid(gathered.workload, gathered.problems, now);
    case 'unreadable':
      return { type: 'wait', requeueAfterMs: UNREADABLE_RETRY_MS };
    case 'resting':
      return {
        type: 'wait',
        requeueAfterMs: untilNextLook(gathered.until, now),
      };
    default:
      return { type: 'wait' };
  }
}

function statusBefore(gathered: Gathered): AgentWorkloadStatus | undefined {
  return 'raw' in gathered
    ? (gathered.raw.status as AgentWorkloadStatus | undefined)
    : undefined;
}

/**
 * What must be read again before a decision is followed, for caches may be behind; undefined when
 * nothing must. What ends a run, decides its gate or changes the world is confirmed whole. A gate
 * opens on what the Workflow holds; the write itself is refused unless the workload is as it was
 * decided upon. And what the API server answered a moment ago it need not say again.
 */
function toConfirm(
  decision: Decision,
  gathered: Gathered,
  last: LastAnswer | undefined,
): Live | undefined {
  if (decision.type === 'act') {
    const known =
      'raw' in gathered &&
      gathered.raw.metadata.resourceVersion === last?.resourceVersion;
    return known
      ? { workload: false, workflow: true, unusedName: last.newName }
      : ALL_LIVE;
  }
  if (decision.type === 'remove') return ALL_LIVE;
  if (decision.type !== 'record') return undefined;
  const before = statusBefore(gathered);
  const { gate, phase } = decision.status;
  if (isFinalPhase(phase) || gate?.decision !== before?.gate?.decision) {
    return ALL_LIVE;
  }
  return gate?.nodeId === before?.gate?.nodeId
    ? undefined
    : { workload: false, workflow: true };
}

function firstLook(live: boolean, last: LastAnswer | undefined): Live {
  return live ? ALL_LIVE : { ...FROM_CACHES, unusedName: last?.newName };
}

function untilAgain(decision: Decision): ReconcileResult {
  return decision.type === 'wait'
    ? { requeueAfterMs: decision.requeueAfterMs }
    : {};
}

/** The API server knows a newer state than the one that was decided upon. */
function isBehind(error: unknown): boolean {
  const status = apiStatus(error);
  return status === 409 || status === 404;
}

/** Hears of each status that was written. */
export type Recorded = (
  namespace: string,
  before: AgentWorkloadStatus | undefined,
  after: AgentWorkloadStatus,
) => void;

/** Gather, decide, apply. A pass records a decision or carries one out, never both. */
export function createReconciler(
  sources: Sources,
  effects: Effects,
  clock: Pick<Clock, 'now' | 'monotonic'>,
  recorded: Recorded = () => undefined,
): Reconcile {
  /** Keys whose last pass was refused for being behind; nothing says when the watch will have caught up. */
  const behind = new Set<string>();
  const answers = new LastAnswers(clock);
  const reprieves = new Reprieves(clock);
  const pass = async (
    key: string,
    live: boolean,
    signal: AbortSignal,
  ): Promise<ReconcileResult> => {
    const last = answers.take(key);
    const began = clock.monotonic();
    const from = {
      ...sources,
      client: askingOnce(endingWith(sources.client, signal)),
    };
    const now = new Date(clock.now());
    let gathered = await gather(from, key, now, firstLook(live, last));
    if (gathered.kind === 'resting' && gathered.until <= now.getTime()) {
      const early = reprieves.left(key);
      if (early > 0) return { requeueAfterMs: early };
      gathered = await gather(from, key, now, ALL_LIVE);
    }
    let decision = decideOn(gathered, now);
    const confirm = live ? undefined : toConfirm(decision, gathered, last);
    if (confirm) {
      gathered = await gather(from, key, now, confirm);
      decision = decideOn(gathered, now);
    }
    const to = {
      ...effects,
      client: endingWith(effects.client, signal),
      seenWorkload: (raw: unknown) => {
        const before = statusBefore(gathered);
        answers.keep(key, raw, before, began);
        if (decision.type === 'record')
          recorded(key.slice(0, key.indexOf('/')), before, decision.status);
        effects.seenWorkload(raw);
      },
    };
    // Policies and what was already there take no signal: what was given up must not write.
    signal.throwIfAborted();
    if (decision.type !== 'remove') reprieves.forget(key);
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
    if (gathered.kind === 'gone') {
      await refuseOrphans(to, gathered.orphans, now);
      return {};
    }
    if (decision.type === 'remove' && 'raw' in gathered) {
      const early = reprieves.left(key);
      if (early > 0) return { requeueAfterMs: early };
      await applyRemoval(to, gathered.raw);
      return {};
    }
    return untilAgain(decision);
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
