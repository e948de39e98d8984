import { LIMITS, readWhen, SCHEDULE_LIMITS } from '@agentworkloads/api';
import type { ScheduleEditable } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Words } from '../translation/words';
import { checkUrlList, urlsOf } from './urlList';

/** What is being typed: numbers and lists as text. */
export interface ScheduleDraft
  extends Pick<
    ScheduleEditable,
    'schedule' | 'timeZone' | 'concurrencyPolicy' | 'objective'
  > {
  urls: string;
  completed: string;
  other: string;
}

export function draftOf(spec: ScheduleEditable): ScheduleDraft {
  const { schedule, timeZone, concurrencyPolicy, objective } = spec;
  return {
    schedule,
    timeZone,
    concurrencyPolicy,
    objective,
    urls: spec.targetUrls.join('\n'),
    completed: String(spec.history.completed),
    other: String(spec.history.other),
  };
}

/** Whether a count is one, and neither too small nor too large for a schedule. */
function isCount(text: string, least: number): boolean {
  const count = /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
  return count >= least && count <= SCHEDULE_LIMITS.history;
}

/** @returns a sentence for each thing that can't be saved */
export function draftProblems(draft: ScheduleDraft, words: Words): string[] {
  const { t } = words;
  const most = String(SCHEDULE_LIMITS.history);
  const when = readWhen(draft.schedule, draft.timeZone);
  const urls = checkUrlList(draft.urls, words);
  const length = draft.objective.trim().length;
  return [
    ...(when.kind === 'invalid' ? [`${when.problem}.`] : []),
    ...(length === 0 || length > LIMITS.objective
      ? [t('edit.objectiveLength', { most: String(LIMITS.objective) })]
      : []),
    ...(urls.urls.length === 0 ? [t('mistake.noPage')] : []),
    ...urls.listProblems,
    ...urls.problems
      .filter(({ severity }) => severity === 'error')
      .map(({ line, message }) =>
        t('common.lineProblem', { line: String(line), message }),
      ),
    ...(isCount(draft.completed, 1)
      ? []
      : [t('edit.completedCount', { least: '1', most })]),
    ...(isCount(draft.other, 0)
      ? []
      : [t('edit.otherCount', { least: '0', most })]),
  ];
}

/** What differs from what there is; nothing else is sent. */
export function editOf(
  spec: ScheduleEditable,
  draft: ScheduleDraft,
): Partial<ScheduleEditable> {
  const wanted: Partial<ScheduleEditable> = {
    schedule: draft.schedule,
    timeZone: draft.timeZone,
    concurrencyPolicy: draft.concurrencyPolicy,
    objective: draft.objective,
    targetUrls: urlsOf(draft.urls),
    history: {
      ...spec.history,
      completed: Number(draft.completed),
      other: Number(draft.other),
    },
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) =>
        JSON.stringify(value) !==
        JSON.stringify(spec[name as keyof ScheduleEditable]),
    ),
  );
}
