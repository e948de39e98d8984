import { Flex, Link, Text } from '@backstage/ui';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import {
  pagesSeenAt,
  type RunListItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useRuns, WithQueries } from '../../hooks/queries';
import { useWords } from '../../translation/words';
import { NewScrapeButton, RunLink, useRunHref } from '../Links';
import { PhaseBadge } from '../PhaseBadge';
import { ErrorState, LoadingState } from '../states';
import { Ago } from '../Times';
import styles from './EntityReport.module.css';
import { useEntityRuns } from './useEntityRuns';

const SHOWN_RUNS = 3;

function Latest({ run, href }: { run: RunListItem; href: string }) {
  const { t } = useWords();
  const ago = (
    <Link href={href}>
      <Ago time={pagesSeenAt(run)} />
    </Link>
  );
  const count = run.summary?.changes;
  return count
    ? t('entity.latestReportChanges', { ago, count })
    : t('entity.latestReport', { ago });
}

function Body() {
  const { t } = useWords();
  const { entityRef, values, runs, reports, onTheWayInAll } = useEntityRuns();
  const newest = useRuns({
    entityRef,
    sort: 'createdAt',
    order: 'desc',
    limit: SHOWN_RUNS,
  });
  const runHref = useRunHref();
  const items = newest.data?.items ?? [];
  if (runs.isPending) {
    return <LoadingState what={t('what.runs')} rows={3} />;
  }
  if (runs.error && !runs.data) {
    return (
      <ErrorState
        error={runs.error}
        what={t('what.runsOfEntity')}
        onRetry={() => runs.refetch()}
      />
    );
  }
  const latest = reports[0];
  return (
    <Flex direction="column" gap="3">
      <Text as="p">
        {latest ? (
          <Latest run={latest} href={runHref(latest, 'report')} />
        ) : (
          t('entity.noReport')
        )}{' '}
        {onTheWayInAll > 0 && t('entity.onTheWay', { count: onTheWayInAll })}
      </Text>
      {items.length > 0 && (
        <ul className={styles.runs}>
          {items.map(run => (
            <li key={run.uid}>
              <RunLink run={run} />
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
  const { t } = useWords();
  return (
    <WithQueries>
      <EntityInfoCard title={t('entity.report')}>
        <Body />
      </EntityInfoCard>
    </WithQueries>
  );
}
