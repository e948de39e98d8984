import type { RunListItem } from './types';

/**
 * When what a run says was true, RFC 3339: for the order of reports and changes and for the dates beside them. The rule is the operator's,
 * `pagesSeenAt` of the contract, which the backend applies; a run of which nothing says when it visited counts by when it ended.
 *
 * @public
 */
export function pagesSeenAt(
  run: Pick<RunListItem, 'seenAt' | 'finishedAt' | 'createdAt'>,
): string {
  return run.seenAt ?? run.finishedAt ?? run.createdAt;
}
