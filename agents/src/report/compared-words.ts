import { comparedSince, type Report } from '@agentworkloads/api';
import { clean, shortUrl } from './display';

/** With what a report's run was compared, in one line. */

type Told = Pick<Report, 'changes' | 'notCompared' | 'comparedWith'>;

function whyNot(
  reason: NonNullable<NonNullable<Report['comparedWith']>['reason']>,
): string {
  switch (reason) {
    case 'FIRST_RUN':
      return 'First run: there is nothing to compare with yet.';
    case 'BASELINE_GONE':
      return 'Not compared: what the earlier run saved is no longer there.';
    case 'BASELINE_CHANGED':
      return 'Not compared: what the earlier run saved is not what was recorded of it.';
    case 'BASELINE_UNFIT':
      return 'Not compared: the run that was named can’t be compared with.';
    case 'NOT_ASKED':
      return 'Not compared: this run was not asked to.';
  }
}

const SHOWN_PAGES = 3;

/** Pages that the earlier run did not see for sure, with the day that they are held against. */
function olderPages({
  lastObserved = [],
}: NonNullable<Report['comparedWith']>): string | undefined {
  if (lastObserved.length === 0) return undefined;
  const shown = lastObserved
    .slice(0, SHOWN_PAGES)
    .map(({ url, at }) => `${shortUrl(url)} (${at.slice(0, 10)})`)
    .join(', ');
  const more = lastObserved.length - SHOWN_PAGES;
  return `That run did not see ${
    lastObserved.length === 1 ? 'a page' : `${lastObserved.length} pages`
  } for sure, held against the last time before that ${
    lastObserved.length === 1 ? 'it was' : 'they were'
  } seen: ${shown}${more > 0 ? `, and ${more} more` : ''}.`;
}

/** @returns undefined for a report of before, which says nothing of comparing */
export function comparedSentence({
  changes,
  notCompared = [],
  comparedWith,
}: Told): string | undefined {
  if (!comparedWith) return undefined;
  const { baseline, reason, detail } = comparedWith;
  if (reason)
    return [whyNot(reason), detail && clean(detail, 500)]
      .filter(Boolean)
      .join(' ');
  return [
    outcome(changes.length, notCompared.length, baseline),
    olderPages(comparedWith),
    detail && clean(detail, 500),
  ]
    .filter(Boolean)
    .join(' ');
}

function outcome(
  changes: number,
  notCompared: number,
  baseline: NonNullable<Report['comparedWith']>['baseline'],
): string {
  const day = baseline
    ? comparedSince(baseline).slice(0, 10)
    : 'the run before';
  const run = baseline ? ` (${clean(baseline.name, 80)})` : '';
  if (changes > 0) return `Changes since ${day}${run}.`;
  return notCompared > 0
    ? `No change since ${day}${run} was found in what could be compared; not all could, see “Not compared”.`
    : `Nothing changed since ${day}${run}.`;
}
