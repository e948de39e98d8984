import { HISTORY_LIMITS, type PageHistory } from '@agentworkloads/api';
import { keptSeries, oldestKept, seriesFrom, valuesIn } from './price-series';

/**
 * What stays known of pages that a run was not led to. Addresses with a session in them would be new ones each time: only so many are
 * kept, and the pages of the run come first. Pure.
 *
 * @param entries of the baseline, in any order
 * @param history of the pages of this run
 * @param now milliseconds since 1970
 * @returns those seen in the last 90 days, newest first; prices as far as there is room for their values
 */
export function followedBefore(
  entries: readonly PageHistory[],
  history: readonly PageHistory[],
  now: number,
): PageHistory[] {
  const oldest = oldestKept(now);
  const seenAt = ({ lastObserved }: PageHistory) =>
    Date.parse(lastObserved?.at ?? '');
  let room = history.reduce(
    (left, page) => left - valuesIn(page),
    HISTORY_LIMITS.values as number,
  );
  return entries
    .filter(entry => seenAt(entry) >= oldest)
    .sort((a, b) => seenAt(b) - seenAt(a))
    .slice(0, HISTORY_LIMITS.followed)
    .map(entry => {
      const kept = keptSeries(seriesFrom(entry), room);
      room -= valuesIn(kept);
      return { ...entry, ...kept };
    });
}
