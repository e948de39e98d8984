import {
  comparedSince,
  type Change,
  type ComparedWith,
  type NotCompared,
} from '@agentworkloads/api';
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
    formatDate(comparedSince(comparedWith.baseline), words);
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
