import type { Change } from './change';

type Ends = Pick<Change, 'is' | 'since'>;

/** In percent of what it was, with its sign; 0 where there was nothing to take parts of. */
export function percentMoved(was: unknown, is: unknown): number {
  if (typeof was !== 'number' || typeof is !== 'number') return 0;
  return was > 0 ? ((is - was) / was) * 100 : 0;
}

/**
 * `since.percent` with the sign of the end that moved most: of a range the upper one may fall while the lower one stays.
 *
 * @returns undefined where no percentage tells of it
 */
export function sincePercent({ is, since }: Ends): number | undefined {
  if (!is || !since || since.percent === 0) return undefined;
  const { was } = since;
  const lower = percentMoved(was.value, is.value);
  const upper = percentMoved(was.unit?.upTo, is.unit?.upTo);
  const most = Math.abs(upper) > Math.abs(lower) ? upper : lower;
  return most < 0 ? -since.percent : since.percent;
}
