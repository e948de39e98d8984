import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { BreadcrumbEntry, useRouteRef } from '@backstage/frontend-plugin-api';
import { Container, Flex, Link, Text } from '@backstage/ui';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useDocumentTitle } from '../../hooks/useDocumentTitle';
import { useSchedules } from '../../hooks/queries';
import { runTitle } from '../../lib/runTitle';
import { schedulesRouteRef } from '../../routes';
import { useWords } from '../../translation/words';
import { useScheduleHref } from '../Links';
import { ClusterBanner, EmptyState, ErrorState } from '../states';
import { ScheduleDetails } from './ScheduleDetails';
import { SchedulesTable } from './SchedulesTable';
import styles from './SchedulesPage.module.css';

/** One schedule: what it asks, when it runs next, and what can be done with it. */
export function SchedulePage() {
  const { cluster = '', namespace = '', name = '' } = useParams();
  const ref: RunRef = { cluster, namespace, name };
  const all = useRouteRef(schedulesRouteRef)?.() ?? '#';
  const href = useScheduleHref()(ref);
  const { t } = useWords();
  const { data, error, isPending, refetch } = useSchedules();
  const items = (data?.items ?? []).filter(
    one =>
      one.cluster === cluster &&
      one.namespace === namespace &&
      one.name === name,
  );
  const [schedule] = items;
  const [isEditing, setIsEditing] = useState(false);
  // What people wrote heads the page; where nothing is known of it, its technical name does.
  const title = schedule ? runTitle(schedule) : name;
  useDocumentTitle(t('schedules.pageTitle', { name: title }));
  return (
    <BreadcrumbEntry entry={{ label: title, href }}>
      <Container className={styles.page}>
        <Flex direction="column" gap="4">
          <Link href={all}>{t('schedules.all')}</Link>
          <Text
            as="h2"
            variant="title-medium"
            weight="bold"
            className={styles.name}
          >
            {title}
          </Text>
          {schedule && (
            <Text as="p" variant="body-small" color="secondary">
              {t('run.technicalName', { name })}
            </Text>
          )}
          <ClusterBanner clusters={data?.clusters} />
          {error && !data && (
            <ErrorState
              error={error}
              what={t('what.schedule')}
              onRetry={() => refetch()}
            />
          )}
          {data && !schedule && (
            <EmptyState
              title={t('schedules.notSeen', { name, namespace })}
              description={t('schedules.notSeenText')}
            />
          )}
          <SchedulesTable
            items={items}
            isPending={isPending}
            isReadOnly={isEditing}
          />
          {schedule && (
            <ScheduleDetails
              of={ref}
              all={all}
              isEditing={isEditing}
              onEditing={setIsEditing}
            />
          )}
        </Flex>
      </Container>
    </BreadcrumbEntry>
  );
}
