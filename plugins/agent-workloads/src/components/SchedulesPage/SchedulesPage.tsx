import { Container, Flex } from '@backstage/ui';
import { useSchedules } from '../../hooks/queries';
import { usePageTitle } from '../../hooks/usePageTitle';
import { useWords } from '../../translation/words';
import { NewScrapeButton } from '../Links';
import { ClusterBanner, EmptyState, ErrorState } from '../states';
import { SchedulesTable } from './SchedulesTable';
import styles from './SchedulesPage.module.css';

/** What runs again and again, that the person may see: when next, and how the last run went. */
export function SchedulesPage() {
  const { t } = useWords();
  usePageTitle('schedules');
  const { data, error, isPending, refetch } = useSchedules();
  return (
    <Container className={styles.page}>
      <Flex direction="column" gap="4">
        <ClusterBanner clusters={data?.clusters} />
        {error && !data && (
          <ErrorState
            error={error}
            what={t('what.schedules')}
            onRetry={() => refetch()}
          />
        )}
        {data?.items.length === 0 && (
          <EmptyState
            title={t('schedules.none')}
            description={t('schedules.noneText')}
            action={<NewScrapeButton label={t('common.newSchedule')} />}
          />
        )}
        <SchedulesTable items={data?.items ?? []} isPending={isPending} />
      </Flex>
    </Container>
  );
}
