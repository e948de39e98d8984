import { characters, LIMITS } from '@agentworkloads/api';
import type { Words } from '../translation/words';

/** Shorter ones tell the approver nothing. The form alone asks for that many. */
export const LEAST_OBJECTIVE = 10;

/** What the workflow engine takes for a place to fill in; policy refuses it. */
export const BRACES = '{{';

/** What is wrong with what somebody says they want to know; undefined when it will do. */
export function objectiveProblem(
  text: string,
  { t }: Words,
): { message: string; isTooShort: boolean } | undefined {
  const told = (message: string, isTooShort = false) => ({
    message,
    isTooShort,
  });
  if (text.includes(BRACES)) {
    return told(t('mistake.braces', { braces: BRACES }));
  }
  const length = characters(text.trim());
  if (length < LEAST_OBJECTIVE) {
    return told(
      length === 0
        ? t('mistake.noObjective')
        : t('mistake.objectiveShort', { least: LEAST_OBJECTIVE }),
      true,
    );
  }
  return characters(text) > LIMITS.objective
    ? told(
        t('mistake.objectiveLong', {
          most: LIMITS.objective,
          characters: characters(text),
        }),
      )
    : undefined;
}
