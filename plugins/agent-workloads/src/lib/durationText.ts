import { parseDuration } from '@agentworkloads/api';

/**
 * @param least - the shortest that will do, written the same way
 * @returns what is wrong with a duration that somebody types, as a sentence; undefined when it will do
 */
export function durationProblem(
  text: string,
  least?: string,
): string | undefined {
  try {
    const ms = parseDuration(text);
    return least && ms < parseDuration(least)
      ? `At least ${least}.`
      : undefined;
  } catch {
    return text.trim()
      ? 'Write a number and h, m or s, the larger first: 90s, 30m or 1h30m.'
      : 'Write how long, for example 90s, 30m or 1h30m.';
  }
}
