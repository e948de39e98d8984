import { Container, Flex, Table } from '@backstage/ui';
import { useSchedules } from '../../hooks/queries';
import { useRunHref } from '../Links';
import { ClusterBanner, EmptyState, ErrorState } from '../states';
import { scheduleColumns } from './columns';
import styles from './SchedulesPage.module.css';

/** In short what docs/schedules.md says at length. */
const EXAMPLE = `kubectl apply -f - <<'END'
apiVersion: agentworkloads.io/v1alpha1
kind: AgentWorkloadSchedule
metadata:
  name: pricing-weekly
  namespace: agentworkloads
spec:
  schedule: 0 7 * * 1
  timeZone: Europe/Berlin
  workloadTemplate:
    spec:
      objective: What changed in plans and prices since last week?
      targetUrls: [https://competitor.example/pricing]
END`;

function NoSchedules() {
  return (
    <Flex direction="column" gap="3">
      <EmptyState
        title="No schedules yet"
        description="A schedule asks the same question again and again, such as each Monday at seven, and compares each run with the one before. It is made with kubectl, in a namespace where you may start runs:"
      />
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} tabIndex={0} aria-label="An example">
        {EXAMPLE}
      </pre>
    </Flex>
  );
}

/** What runs again and again, that the person may see: when next, and how the last run went. */
export function SchedulesPage() {
  const schedules = useSchedules();
  const runHref = useRunHref();
  const { data } = schedules;
  return (
    <Container className={styles.page}>
      <Flex direction="column" gap="4">
        <ClusterBanner clusters={data?.clusters} />
        {schedules.error && !data && (
          <ErrorState
            error={schedules.error}
            what="the schedules"
            onRetry={() => schedules.refetch()}
          />
        )}
        {data?.items.length === 0 && <NoSchedules />}
        {(schedules.isPending || data?.items.length) && (
          <div className={styles.scroll}>
            <Table
              columnConfig={scheduleColumns(runHref)}
              data={data?.items.map(one => ({
                ...one,
                id: `${one.cluster}/${one.uid}`,
              }))}
              isPending={schedules.isPending}
              pagination={{ type: 'none' }}
            />
          </div>
        )}
      </Flex>
    </Container>
  );
}
