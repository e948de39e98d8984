import type { ApiHolder } from '@backstage/frontend-plugin-api';
import { durationProblem } from '../lib/durationText';
import { wordsFrom } from '../translation/words';

export interface DurationOptions {
  /** The shortest that will do, such as `10s`. */
  least?: string;
}

export function leastOf(uiSchema: unknown): string | undefined {
  const options = (uiSchema as Record<string, DurationOptions> | undefined)?.[
    'ui:options'
  ];
  return options?.least;
}

/** Runs before the next page of the form; the same rules as while typing. */
export function validateDuration(
  value: unknown,
  validation: { addError: (message: string) => void },
  context: { apiHolder: ApiHolder; uiSchema?: unknown },
): void {
  const problem = durationProblem(
    String(value ?? ''),
    leastOf(context.uiSchema),
    wordsFrom(context.apiHolder),
  );
  if (problem) {
    validation.addError(problem);
  }
}
