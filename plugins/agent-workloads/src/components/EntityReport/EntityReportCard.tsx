import { Flex, Link, Text } from '@backstage/ui';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { WithQueries } from '../../hooks/queries';
import { NewScrapeButton, useRunHref } from '../Links';
import { PhaseBadge } from '../PhaseBadge';
import { ErrorState, LoadingState } from '../states';
import { Ago } from '../Times';
import styles from './EntityReport.module.css';
import { useEntityRuns } from './useEntityRuns';

const SHOWN_RUNS = 3;

function Body() {
  const { values, runs, reports, onTheWay } = useEntityRuns();
  const runHref = useRunHref();
  const items = runs.data?.items ?? [];
  if (runs.isPending) {
    return <LoadingState what="the runs" rows={3} />;
  }
  if (runs.error && !runs.data) {
    return (
      <ErrorState
        error={runs.error}
        what="the runs of this entity"
        onRetry={() => runs.refetch()}
      />
    );
  }
  const latest = reports[0];
  return (
    <Flex direction="column" gap="3">
      <Text as="p">
        {latest ? (
          <>
            Latest report{' '}
            <Link href={runHref(latest, 'report')}>
              <Ago time={latest.finishedAt ?? latest.createdAt} />
            </Link>
            {latest.summary?.changes
              ? `, ${latest.summary.changes} changes`
              : ''}
            .
          </>
        ) : (
          'No report yet.'
        )}{' '}
        {onTheWay.length > 0 && `${onTheWay.length} on the way.`}
      </Text>
      {items.length > 0 && (
        <ul className={styles.runs}>
          {items.slice(0, SHOWN_RUNS).map(run => (
            <li key={run.uid}>
              <Link href={runHref(run)} truncate>
                {run.name}
              </Link>
              <PhaseBadge phase={run.phase} />
            </li>
          ))}
        </ul>
      )}
      <Flex>
        <NewScrapeButton {...values} variant="secondary" />
      </Flex>
    </Flex>
  );
}

/** Card of an entity's overview: the latest report and what runs now. */
export function EntityReportCard() {
  return (
    <WithQueries>
      <EntityInfoCard title="Competitor report">
        <Body />
      </EntityInfoCard>
    </WithQueries>
  );
}
