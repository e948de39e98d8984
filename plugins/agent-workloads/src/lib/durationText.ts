import { parseDuration, readDuration } from '@agentworkloads/api';
import type { Words } from '../translation/words';

/**
 * @param least - the shortest that will do, written as the contract does
 * @returns what is wrong with a duration that somebody types, as a sentence; undefined when it will do
 */
export function durationProblem(
  text: string,
  least: string | undefined,
  { t }: Words,
): string | undefined {
  const read = readDuration(text);
  if (read === undefined) {
    return text.trim() ? t('mistake.duration') : t('mistake.noDuration');
  }
  return least && parseDuration(read) < parseDuration(least)
    ? t('mistake.atLeast', { least })
    : undefined;
}
