import { stepTitle } from './stepText';
import type { Words } from '../translation/words';

/** As the operator writes it: `Step scrape failed after 3 tries: main: Error (exit code 20)`. */
const STEP_FAILED = /^Step ([\w-]+) failed(?: after (\d+) tries)?: (.*)$/s;

/** Whether the message of a run is about this step, details and all. */
export const isAboutStep = (
  message: string | undefined,
  step: string,
): boolean => STEP_FAILED.exec(message ?? '')?.[1] === step;

/** What the operator says of an ending, words first: what the machinery says of a step comes last. */
export function failureText(message: string, words: Words): string {
  const [, step, tries, details] = STEP_FAILED.exec(message) ?? [];
  if (step === undefined) return message;
  const { t } = words;
  const said = {
    step: stepTitle(step, words),
    details: details.replace(/^main: /, ''),
  };
  return tries === undefined
    ? t('run.stepFailed', said)
    : t('run.stepFailedTries', { ...said, tries });
}
