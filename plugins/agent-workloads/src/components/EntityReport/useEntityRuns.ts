import { isFinalPhase, PHASES } from '@agentworkloads/api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useRuns } from '../../hooks/queries';
import { scrapeValues } from '../../lib/competitors';

/** As many reports as one answer lists. */
const SHOWN_REPORTS = 50;
const OPEN_PHASES = PHASES.filter(phase => !isFinalPhase(phase));
const NEWEST = { sort: 'createdAt', order: 'desc' } as const;

/**
 * The reports of the entity whose page this is, newest first, and what is on the way. Each is asked for by itself: whatever number of runs
 * came to nothing since, the last report is found.
 */
export function useEntityRuns() {
  const { entity } = useEntity();
  const values = scrapeValues(entity);
  const { entityRef } = values;
  const reports = useRuns({
    entityRef,
    hasReport: true,
    outcome: 'completed',
    // Not the last that was asked for: one that was opened again shows pages of before.
    sort: 'pagesSeenAt',
    order: 'desc',
    limit: SHOWN_REPORTS,
  });
  const onTheWay = useRuns({
    entityRef,
    phase: OPEN_PHASES,
    ...NEWEST,
    limit: SHOWN_REPORTS,
  });
  return {
    entityRef,
    /** What a form for this entity is filled in with. */
    values,
    /** The first of the two that has no answer; else that of the reports. */
    runs: reports.data && !onTheWay.data ? onTheWay : reports,
    reports: reports.data?.items ?? [],
    /** Of all reports, listed or not. */
    reportsInAll: reports.data?.total ?? 0,
    onTheWay: onTheWay.data?.items ?? [],
    onTheWayInAll: onTheWay.data?.total ?? 0,
  };
}
