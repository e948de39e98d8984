import { Cell, CellText, Table, type ColumnConfig } from '@backstage/ui';
import { isFinalPhase } from '@agentworkloads/api';
import type {
  RunDetail,
  RunEvent,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvents } from '../../hooks/queries';
import { ToneBadge } from '../PhaseBadge';
import { EmptyState, ErrorState } from '../states';
import { Ago } from '../Times';
import styles from './RunPage.module.css';

const COLUMNS: ColumnConfig<RunEvent & { id: string }>[] = [
  {
    id: 'when',
    label: 'Last seen',
    width: 130,
    cell: event => (
      <Cell>
        <Ago time={event.lastSeen} />
      </Cell>
    ),
  },
  {
    id: 'reason',
    label: 'Reason',
    isRowHeader: true,
    minWidth: 190,
    cell: event => (
      <Cell>
        <ToneBadge tone={event.type === 'Warning' ? 'warning' : 'neutral'}>
          {event.reason}
        </ToneBadge>
      </Cell>
    ),
  },
  {
    id: 'message',
    label: 'Message',
    defaultWidth: '3fr',
    minWidth: 240,
    cell: event => (
      <Cell className={styles.message}>
        {event.message}
        {event.count > 1 && ` (${event.count} times)`}
      </Cell>
    ),
  },
  {
    id: 'regarding',
    label: 'About',
    minWidth: 180,
    cell: event => <CellText title={event.regarding} color="secondary" />,
  },
];

export function EventsTab(props: { run: RunDetail }) {
  const events = useEvents(props.run, !isFinalPhase(props.run.phase));
  if (events.error && !events.data) {
    return (
      <ErrorState
        error={events.error}
        what="the events"
        onRetry={() => events.refetch()}
      />
    );
  }
  return (
    <Table
      columnConfig={COLUMNS}
      data={events.data?.items.map((event, index) => ({
        ...event,
        id: `${event.regarding}/${event.reason}/${event.firstSeen}/${index}`,
      }))}
      isPending={events.isPending}
      pagination={{ type: 'none' }}
      emptyState={
        <EmptyState
          title="No events"
          description="Kubernetes keeps events for an hour or so. The conditions of the run stay: see the tab Resource."
        />
      }
    />
  );
}
