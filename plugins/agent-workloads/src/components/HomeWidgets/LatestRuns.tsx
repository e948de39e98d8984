import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { useRuns, WithQueries } from '../../hooks/queries';
import { LATEST_RUNS } from '../../hooks/useHomeVisit';
import { runsRouteRef } from '../../routes';
import { useWords } from '../../translation/words';
import { NewScrapeButton, RunLink } from '../Links';
import { PhaseBadge } from '../PhaseBadge';
import { ErrorState, LoadingState } from '../states';
import styles from './HomeWidgets.module.css';

function Content() {
  const { t } = useWords();
  const runs = useRuns(LATEST_RUNS, { refetchOnMount: true });
  const allRuns = useRouteRef(runsRouteRef)?.();
  if (runs.isPending) {
    return <LoadingState what={t('what.runs')} rows={4} />;
  }
  if (runs.error && !runs.data) {
    return (
      <ErrorState
        error={runs.error}
        what={t('what.runs')}
        onRetry={() => runs.refetch()}
      />
    );
  }
  const items = runs.data?.items ?? [];
  return (
    <Flex direction="column" gap="3" align="start" className={styles.box}>
      {items.length === 0 && <Text color="secondary">{t('home.noRuns')}</Text>}
      <ul className={styles.list}>
        {items.map(run => (
          <li key={run.uid}>
            <RunLink run={run} />
            <PhaseBadge phase={run.phase} />
          </li>
        ))}
      </ul>
      <Flex gap="4" align="center">
        <NewScrapeButton />
        <Link href={allRuns}>{t('home.allRuns')}</Link>
      </Flex>
    </Flex>
  );
}

export function LatestRuns() {
  return (
    <WithQueries>
      <Content />
    </WithQueries>
  );
}
