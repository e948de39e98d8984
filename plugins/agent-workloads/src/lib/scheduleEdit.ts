import {
  CONCURRENCY_POLICIES,
  LIMITS,
  readWhen,
  SCHEDULE_LIMITS,
} from '@agentworkloads/api';
import type { ScheduleEditable } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { checkUrlList } from './urlList';

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

export const CONCURRENCY_WORDS: Record<
  (typeof CONCURRENCY_POLICIES)[number],
  string
> = {
  Forbid: 'The new run is left out',
  Allow: 'Both run',
  Replace: 'The earlier run is cancelled',
};

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

/** @returns a sentence about a count that is none, or is too small or large for a schedule */
function countProblems(what: string, text: string, least: number): string[] {
  const count = /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
  return count >= least && count <= SCHEDULE_LIMITS.history
    ? []
    : [
        `${least} to ${SCHEDULE_LIMITS.history} ${what} are kept; write a number.`,
      ];
}

/** @returns a sentence for each thing that can't be saved */
export function draftProblems(draft: ScheduleDraft): string[] {
  const when = readWhen(draft.schedule, draft.timeZone);
  const urls = checkUrlList(draft.urls);
  const length = draft.objective.trim().length;
  return [
    ...(when.kind === 'invalid' ? [`${when.problem}.`] : []),
    ...(length === 0 || length > LIMITS.objective
      ? [`The objective has 1 to ${LIMITS.objective} characters.`]
      : []),
    ...(urls.urls.length === 0 ? ['Name at least one page to visit.'] : []),
    ...urls.listProblems,
    ...urls.problems
      .filter(({ severity }) => severity === 'error')
      .map(({ line, message }) => `Line ${line}: ${message}`),
    ...countProblems('completed runs', draft.completed, 1),
    ...countProblems('other runs', draft.other, 0),
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
    targetUrls: checkUrlList(draft.urls).urls,
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
