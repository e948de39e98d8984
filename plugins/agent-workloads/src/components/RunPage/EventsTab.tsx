import { Cell, CellText, Table, type ColumnConfig } from '@backstage/ui';
import { isFinalPhase } from '@agentworkloads/api';
import type {
  RunDetail,
  RunEvent,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvents } from '../../hooks/queries';
import { useWords, type Words } from '../../translation/words';
import { ToneBadge } from '../PhaseBadge';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { Ago } from '../Times';
import styles from './RunPage.module.css';

const columnsOf = ({ t }: Words): ColumnConfig<RunEvent & { id: string }>[] => [
  {
    id: 'when',
    label: t('events.lastSeen'),
    width: 130,
    cell: event => (
      <Cell>
        <Ago time={event.lastSeen} />
      </Cell>
    ),
  },
  {
    id: 'reason',
    label: t('events.reason'),
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
    label: t('events.message'),
    defaultWidth: '3fr',
    minWidth: 240,
    cell: event => (
      <Cell className={styles.message}>
        {event.count > 1
          ? t('events.times', { message: event.message, count: event.count })
          : event.message}
      </Cell>
    ),
  },
  {
    id: 'regarding',
    label: t('events.about'),
    minWidth: 180,
    cell: event => <CellText title={event.regarding} color="secondary" />,
  },
];

export function EventsTab(props: { run: RunDetail }) {
  const words = useWords();
  const { t } = words;
  const events = useEvents(props.run, !isFinalPhase(props.run.phase));
  if (events.error && !events.data) {
    return (
      <ErrorState
        error={events.error}
        what={t('what.events')}
        onRetry={() => events.refetch()}
      />
    );
  }
  if (events.isPending) {
    return <LoadingState what={t('what.events')} rows={5} />;
  }
  return (
    <Table
      columnConfig={columnsOf(words)}
      data={events.data?.items.map((event, index) => ({
        ...event,
        id: `${event.regarding}/${event.reason}/${event.firstSeen}/${index}`,
      }))}
      pagination={{ type: 'none' }}
      emptyState={
        <EmptyState
          title={t('events.none')}
          description={t('events.noneText')}
        />
      }
    />
  );
}
