import {
  parseTtl,
  SCHEDULE_LIMITS,
  type AgentWorkloadSchedule,
  type AgentWorkloadSpec,
} from '@agentworkloads/api';
import { isLater, templateKey } from '../reconcile/baseline';
import { goesOn, type RunOfSchedule } from './runs';

/** Whoever may update a schedule sets `spec.history`: that must not erase what others have decided a moment ago. */
const LEAST_AGE_MS = parseTtl(SCHEDULE_LIMITS.minAge);

/** Deletions of one pass. */
const AT_ONCE = 10;

/** The run that the next one of this template is compared with. */
export function lastToCompareWith(
  runs: readonly RunOfSchedule[],
  template: AgentWorkloadSpec['workflowTemplateRef'],
): RunOfSchedule | undefined {
  let last: RunOfSchedule | undefined;
  for (const run of runs) {
    const one = run.ended?.comparable;
    if (!one || one.template !== templateKey(template)) continue;
    const best = last?.ended?.comparable;
    if (!best || isLater(one, best)) last = run;
  }
  return last;
}

interface History {
  /** Those to delete now. */
  over: RunOfSchedule[];
  /** When the next one may be deleted, milliseconds since 1970. */
  nextAt?: number;
}

/**
 * Runs beyond `spec.history`, the oldest first. One that ended more recently than `minAge`, seven days, or what policy `start` wants
 * is kept, and so is what the next run, or one that goes on, is compared with.
 */
export function beyondHistory(
  { spec }: Pick<AgentWorkloadSchedule, 'spec'>,
  runs: readonly RunOfSchedule[],
  now: Date,
): History {
  const { completed, other, minAge } = spec.history;
  const template = spec.workloadTemplate.spec.workflowTemplateRef;
  const needed = new Set([
    lastToCompareWith(runs, template)?.name,
    ...runs.filter(goesOn).map(({ comparedWith }) => comparedWith),
  ]);
  const endOf = ({ ended }: RunOfSchedule) => ended?.at ?? Infinity;
  const newestFirst = runs
    .filter(({ ended, isDeleting }) => ended && !isDeleting)
    .sort(
      (one, another) =>
        endOf(another) - endOf(one) || (one.name < another.name ? 1 : -1),
    );
  const isCompleted = ({ phase }: RunOfSchedule) => phase === 'Completed';
  const beyond = [
    ...newestFirst.filter(isCompleted).slice(completed),
    ...newestFirst.filter(run => !isCompleted(run)).slice(other),
  ].filter(({ name }) => !needed.has(name));
  const least = Math.max(parseTtl(minAge), LEAST_AGE_MS);
  const freeAt = (run: RunOfSchedule) =>
    endOf(run) + Math.max(least, run.ended?.keptAtLeast ?? 0);
  const over = beyond
    .filter(run => freeAt(run) <= now.getTime())
    .sort((one, another) => endOf(one) - endOf(another))
    .slice(0, AT_ONCE);
  const later = beyond.map(freeAt).filter(at => at > now.getTime());
  const nextAt = Math.min(...later);
  return { over, ...(Number.isFinite(nextAt) ? { nextAt } : {}) };
}
