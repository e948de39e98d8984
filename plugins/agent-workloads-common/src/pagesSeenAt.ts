import type { RunListItem } from './types';

/**
 * When what a run says was true, RFC 3339: the one rule for the order of reports and changes and for the dates beside them. A run that was
 * opened again counts by when its pages were seen, not by when somebody approved it: between the two another may have seen them since.
 * The operator, when it chooses what to compare with, goes by the visit of every run; here a run that visited counts by when it ended.
 *
 * @public
 */
export function pagesSeenAt(
  run: Pick<RunListItem, 'reused' | 'finishedAt' | 'createdAt'>,
): string {
  return run.reused?.seenAt ?? run.finishedAt ?? run.createdAt;
}
