import { durationProblem } from '../lib/durationText';

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
  context?: { uiSchema?: unknown },
): void {
  const problem = durationProblem(
    String(value ?? ''),
    leastOf(context?.uiSchema),
  );
  if (problem) {
    validation.addError(problem);
  }
}
