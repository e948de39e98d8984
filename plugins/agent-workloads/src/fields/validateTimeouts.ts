import type { ApiHolder } from '@backstage/frontend-plugin-api';
import { LEAST_TIMEOUTS } from '@agentworkloads/api';
import { durationProblem } from '../lib/durationText';
import { wordsFrom } from '../translation/words';

const LABELS = {
  suspendGate: 'form.gateWaits',
  execution: 'form.runWorks',
  noProgress: 'form.noProgress',
} as const;

/** Runs before the next page of the form; the same rules as while typing. */
export function validateTimeouts(
  value: unknown,
  validation: { addError: (message: string) => void },
  context: { apiHolder: ApiHolder },
): void {
  const words = wordsFrom(context.apiHolder);
  const timeouts = (value ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(LABELS) as (keyof typeof LABELS)[]) {
    const problem = durationProblem(
      String(timeouts[name] ?? ''),
      LEAST_TIMEOUTS[name],
      words,
    );
    if (problem) validation.addError(`${words.t(LABELS[name])}: ${problem}`);
  }
}
