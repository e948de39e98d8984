import { useState } from 'react';
import { Container, Flex, Table, Text } from '@backstage/ui';
import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useSchedules } from '../../hooks/queries';
import { runNowAnswer } from '../../lib/scheduleText';
import { useRunHref } from '../Links';
import { ClusterBanner, EmptyState, ErrorState, RefusalState } from '../states';
import { hasActions, type Open } from './ActionCell';
import { scheduleColumns } from './columns';
import { NotStartedDialog } from './NotStartedDialog';
import { TakeOverDialog } from './TakeOverDialog';
import {
  rowKey,
  useScheduleActions,
  type Done,
  type ScheduleActions,
} from './useScheduleActions';
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

function sentence({ action, name, row, token }: Done, items: ScheduleItem[]) {
  if (action === 'suspend') {
    return `${name} is suspended: nothing is started at its due times.`;
  }
  if (action === 'resume') {
    return `${name} is resumed: its due times count again.`;
  }
  const found = items.find(one => rowKey(one) === row);
  const answer =
    found?.lastRunNow?.token === token && found && runNowAnswer(found);
  return answer ? `${name}: ${answer}` : `A run of ${name} is asked for.`;
}

/** What a person has done here, and what became of it; a screen reader says it. */
function Outcome(props: { actions: ScheduleActions; items: ScheduleItem[] }) {
  const { done, problem } = props.actions;
  return (
    <>
      <Text as="p" role="status">
        {done && sentence(done, props.items)}
      </Text>
      {problem && <RefusalState {...problem} />}
    </>
  );
}

interface Opened {
  kind: Parameters<Open>[0];
  /** As it was on the screen: that is what is answered. */
  schedule: ScheduleItem;
}

function ScheduleDialog(props: {
  opened: Opened;
  actions: ScheduleActions;
  onClose: () => void;
}) {
  const { opened, actions, onClose } = props;
  const { kind, schedule } = opened;
  return kind === 'take-over' ? (
    <TakeOverDialog
      schedule={schedule}
      onConfirm={() => actions.takeOver(schedule)}
      onClose={onClose}
    />
  ) : (
    <NotStartedDialog
      schedule={schedule}
      timeZone={new Intl.DateTimeFormat().resolvedOptions().timeZone}
      onClose={onClose}
    />
  );
}

/** What runs again and again, that the person may see: when next, and how the last run went. */
export function SchedulesPage() {
  const schedules = useSchedules();
  const runHref = useRunHref();
  const actions = useScheduleActions();
  const [opened, setOpened] = useState<Opened>();
  const { data } = schedules;
  const items = data?.items ?? [];
  const open: Open = (kind, schedule) => setOpened({ kind, schedule });
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
        <Outcome actions={actions} items={items} />
        {(schedules.isPending || data?.items.length) && (
          <div className={styles.scroll}>
            <Table
              columnConfig={scheduleColumns(
                runHref,
                items.some(hasActions) ? { actions, open } : undefined,
              )}
              data={data?.items.map(one => ({
                ...one,
                id: rowKey(one),
              }))}
              isPending={schedules.isPending}
              pagination={{ type: 'none' }}
            />
          </div>
        )}
        {opened && (
          <ScheduleDialog
            opened={opened}
            actions={actions}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Flex>
    </Container>
  );
}
