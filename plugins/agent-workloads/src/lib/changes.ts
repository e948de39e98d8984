import type { Change, ComparedWith, NotCompared } from '@agentworkloads/api';
import { formatDate } from './time';

/** What a comparison with an earlier run gave, of a report or before the gate. */
export interface Comparison {
  comparedWith?: ComparedWith;
  changes: readonly Change[];
  notCompared?: readonly NotCompared[];
}

/** Why nothing was compared; undefined where something was. */
export function whyNotCompared({
  comparedWith,
}: Comparison): string | undefined {
  switch (comparedWith?.reason) {
    case undefined:
      return comparedWith?.baseline
        ? undefined
        : 'Not compared: this run was not held against an earlier one.';
    case 'FIRST_RUN':
      return 'First run: there is nothing to compare with yet.';
    case 'BASELINE_GONE':
      return 'Not compared: what the earlier run saved is gone.';
    case 'BASELINE_CHANGED':
      return 'Not compared: what the earlier run saved was altered since.';
    case 'BASELINE_UNFIT':
      return 'Not compared: the run that was named can’t be compared with.';
    default:
      return 'Not compared: this run was not asked to compare.';
  }
}

/** What may be said where there is no change: only of a whole comparison that nothing changed. */
export function unchangedSentence({
  comparedWith,
  notCompared = [],
}: Comparison): string {
  const since = comparedWith?.baseline
    ? ` since ${formatDate(comparedWith.baseline.completedAt)}`
    : '';
  return notCompared.length > 0
    ? `No change was seen${since} where it could be compared.`
    : `Nothing changed${since}.`;
}

const SUSPICIONS = {
  currency: 'another currency',
  unit: 'another period or unit',
  factor: 'more than three times as much, or less than a third',
  zero: 'nothing on one side',
} as const;

/** What makes a change unusual, for people; empty where nothing does. */
export function suspicionText({ suspect = [] }: Change): string {
  return suspect.map(what => SUSPICIONS[what]).join(', ');
}

const WEIGHT = { price: 0, plan: 1 } as const;

function weightOf(change: Change): number {
  if (change.suspect) return -1;
  return WEIGHT[change.factKind as keyof typeof WEIGHT] ?? 2;
}

/** Unusual ones first, then prices, for the policy stops at these, then plans and the rest; within these as they were told. */
export function sortedChanges(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => weightOf(a) - weightOf(b));
}
