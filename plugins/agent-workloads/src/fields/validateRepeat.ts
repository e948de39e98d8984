import type { ApiHolder } from '@backstage/frontend-plugin-api';
import { readWhen } from '@agentworkloads/api';
import type { CreateScheduleRequest } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../api';
import { refusalOf } from '../lib/problem';
import { wordsFrom } from '../translation/words';
import { nameProblem, whenOf, type Repeat } from './repeat';

/** What the other fields of the form have until now. */
interface FormData {
  objective?: string;
  targetUrls?: string[];
}

/**
 * Runs before the next page of the form. What the browser can't know (whether the name is taken, what the person may do there)
 * the cluster is asked, which makes nothing.
 */
export async function validateRepeat(
  value: unknown,
  validation: { addError: (message: string) => void },
  context: { apiHolder: ApiHolder; formData?: unknown },
): Promise<void> {
  const repeat = (value ?? {}) as Repeat;
  const when = whenOf(repeat, Date.now());
  if (!when) return;
  const words = wordsFrom(context.apiHolder);
  const read = readWhen(when.schedule, when.timeZone);
  if (read.kind === 'invalid') validation.addError(`${read.problem}.`);
  const problem = nameProblem(repeat.name ?? '', words);
  if (problem) validation.addError(problem);
  if (read.kind === 'invalid' || problem) return;
  const api = context.apiHolder.get(agentWorkloadsApiRef);
  const { objective = '', targetUrls = [] } = (context.formData ??
    {}) as FormData;
  const request = {
    name: repeat.name,
    spec: { ...when, workloadTemplate: { spec: { objective, targetUrls } } },
    // The template of the runs is the portal's own.
  } as CreateScheduleRequest;
  try {
    await api?.createSchedule(request, { dryRun: true });
  } catch (error) {
    validation.addError(
      refusalOf(error, words.t('action.makeSchedule'), words).description,
    );
  }
}
