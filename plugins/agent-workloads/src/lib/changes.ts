import type { Change, ComparedWith, NotCompared } from '@agentworkloads/api';
import type { Words } from '../translation/words';
import { formatDate } from './time';

/** What a comparison with an earlier run gave, of a report or before the gate. */
export interface Comparison {
  comparedWith?: ComparedWith;
  changes: readonly Change[];
  notCompared?: readonly NotCompared[];
}

/** Why nothing was compared; undefined where something was. */
export function whyNotCompared(
  { comparedWith }: Comparison,
  { t }: Words,
): string | undefined {
  switch (comparedWith?.reason) {
    case undefined:
      return comparedWith?.baseline ? undefined : t('comparison.notHeld');
    case 'FIRST_RUN':
      return t('comparison.firstRun');
    case 'BASELINE_GONE':
      return t('comparison.gone');
    case 'BASELINE_CHANGED':
      return t('comparison.altered');
    case 'BASELINE_UNFIT':
      return t('comparison.unfit');
    default:
      return t('comparison.notAsked');
  }
}

/** What may be said where there is no change: only of a whole comparison that nothing changed. */
export function unchangedSentence(
  { comparedWith, notCompared = [] }: Comparison,
  words: Words,
): string {
  const { t } = words;
  const day =
    comparedWith?.baseline &&
    formatDate(comparedWith.baseline.completedAt, words);
  if (notCompared.length > 0) {
    return day
      ? t('comparison.noneSeenSince', { day })
      : t('comparison.noneSeen');
  }
  return day ? t('comparison.nothingSince', { day }) : t('comparison.nothing');
}

/** What makes a change unusual, for people; empty where nothing does. */
export function suspicionText({ suspect = [] }: Change, { t }: Words): string {
  return suspect.map(what => t(`comparison.${what}`)).join(', ');
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
