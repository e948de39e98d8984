import type { ApiHolder } from '@backstage/frontend-plugin-api';
import { objectiveProblem } from '../lib/objective';
import { wordsFrom } from '../translation/words';

/** Runs before the next page of the form; the same rules as while typing. */
export function validateObjective(
  value: unknown,
  validation: { addError: (message: string) => void },
  context: { apiHolder: ApiHolder },
): void {
  const problem = objectiveProblem(
    String(value ?? ''),
    wordsFrom(context.apiHolder),
  );
  if (problem) validation.addError(problem.message);
}
