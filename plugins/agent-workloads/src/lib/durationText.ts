import { parseDuration } from '@agentworkloads/api';
import type { Words } from '../translation/words';

/**
 * @param least - the shortest that will do, written the same way
 * @returns what is wrong with a duration that somebody types, as a sentence; undefined when it will do
 */
export function durationProblem(
  text: string,
  least: string | undefined,
  { t }: Words,
): string | undefined {
  try {
    const ms = parseDuration(text);
    return least && ms < parseDuration(least)
      ? t('mistake.atLeast', { least })
      : undefined;
  } catch {
    return text.trim() ? t('mistake.duration') : t('mistake.noDuration');
  }
}
