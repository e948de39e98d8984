import { useEntity } from '@backstage/plugin-catalog-react';
import { isFinalPhase } from '@agentworkloads/api';
import { useRuns } from '../../hooks/queries';
import { scrapeValues } from '../../lib/competitors';

const SHOWN_RUNS = 50;

/** The runs of the entity whose page this is, newest first, and those of them that have a report. */
export function useEntityRuns() {
  const { entity } = useEntity();
  const values = scrapeValues(entity);
  const { entityRef } = values;
  const runs = useRuns({
    entityRef,
    sort: 'createdAt',
    order: 'desc',
    limit: SHOWN_RUNS,
  });
  const items = runs.data?.items ?? [];
  return {
    entityRef,
    /** What a form for this entity is filled in with. */
    values,
    runs,
    reports: items.filter(run => run.phase === 'Completed' && run.hasReport),
    onTheWay: items.filter(run => !isFinalPhase(run.phase)),
  };
}
