import { Container, Flex } from '@backstage/ui';
import { useSchedules } from '../../hooks/queries';
import { NewScrapeButton } from '../Links';
import { ClusterBanner, EmptyState, ErrorState } from '../states';
import { SchedulesTable } from './SchedulesTable';
import styles from './SchedulesPage.module.css';

/** What runs again and again, that the person may see: when next, and how the last run went. */
export function SchedulesPage() {
  const { data, error, isPending, refetch } = useSchedules();
  return (
    <Container className={styles.page}>
      <Flex direction="column" gap="4">
        <ClusterBanner clusters={data?.clusters} />
        {error && !data && (
          <ErrorState
            error={error}
            what="the schedules"
            onRetry={() => refetch()}
          />
        )}
        {data?.items.length === 0 && (
          <EmptyState
            title="No schedules yet"
            description="A schedule asks the same question again and again, such as each Monday at seven, and compares each run with the one before. The form asks how often, on its second page."
            action={<NewScrapeButton label="New schedule" />}
          />
        )}
        <SchedulesTable items={data?.items ?? []} isPending={isPending} />
      </Flex>
    </Container>
  );
}
