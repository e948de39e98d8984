import type { ReactNode } from 'react';
import { Cell, Flex, Link, Text, type ColumnConfig } from '@backstage/ui';
import {
  RiAlarmWarningLine,
  RiCheckboxCircleLine,
  RiHourglassLine,
  RiPauseCircleLine,
} from '@remixicon/react';
import type {
  RunRef,
  ScheduleItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Tone } from '../../lib/phases';
import {
  runNowAnswer,
  scheduleState,
  scheduleWords,
} from '../../lib/scheduleText';
import { useWords, type Words } from '../../translation/words';
import { Person } from '../People';
import { PhaseBadge, ToneBadge } from '../PhaseBadge';
import { Ago, Until } from '../Times';
import { ActionCell, type Open } from './ActionCell';
import type { ScheduleActions } from './useScheduleActions';
import styles from './SchedulesPage.module.css';

type Row = ScheduleItem & { id: string };

/** What is said of a schedule under one heading, in a table's cell or anywhere else. */
export interface ScheduleColumn extends Omit<ColumnConfig<Row>, 'cell'> {
  content: (one: ScheduleItem) => ReactNode;
}

const ICONS: Record<Tone, typeof RiHourglassLine> = {
  success: RiCheckboxCircleLine,
  danger: RiAlarmWarningLine,
  warning: RiHourglassLine,
  info: RiHourglassLine,
  neutral: RiPauseCircleLine,
};

function Small(props: { children: ReactNode; title?: string }) {
  return (
    <Text
      as="div"
      variant="body-small"
      color="secondary"
      className={styles.name}
      title={props.title}
    >
      {props.children}
    </Text>
  );
}

function Name(props: { schedule: ScheduleItem; href: string }) {
  const { cluster, namespace, name, objective } = props.schedule;
  const { requestedBy, people } = props.schedule;
  const { t } = useWords();
  const pages = t('common.pages', { count: props.schedule.pages });
  return (
    <>
      <Text
        as="div"
        weight="bold"
        className={styles.objective}
        title={objective}
      >
        {objective}
      </Text>
      <Small title={`${cluster} / ${namespace} / ${name}`}>
        <Link href={props.href}>{name}</Link>
      </Small>
      <Small>
        {requestedBy
          ? t('schedules.for', {
              pages,
              who: <Person name={requestedBy} people={people} />,
            })
          : t('schedules.forNobody', { pages })}
      </Small>
    </>
  );
}

/** A run by hand is worth a line while it is not there: asked for, or refused and no run since. */
function isRunNowOpen({ runNow, lastRunNow, lastRun }: ScheduleItem): boolean {
  if (runNow !== undefined && runNow !== lastRunNow?.token) return true;
  const answered = Date.parse(lastRunNow?.at ?? '');
  const since = Date.parse(lastRun?.createdAt ?? '');
  return lastRunNow?.reason !== undefined && !(since > answered);
}

function State(props: { schedule: ScheduleItem }) {
  const words = useWords();
  const { label, tone, message } = scheduleState(props.schedule, words);
  const Icon = ICONS[tone];
  return (
    <Flex direction="column" align="start" gap="1">
      <ToneBadge tone={tone} icon={<Icon size={16} aria-hidden />}>
        {label}
      </ToneBadge>
      {message && (
        <Text as="div" variant="body-small" className={styles.message}>
          {message}
        </Text>
      )}
      {isRunNowOpen(props.schedule) && (
        <Small>
          {words.t('schedules.runNowSays', {
            answer: runNowAnswer(props.schedule, words) ?? '',
          })}
        </Small>
      )}
    </Flex>
  );
}

function LastRun(props: {
  schedule: ScheduleItem;
  runHref: (ref: RunRef, tab?: string) => string;
}) {
  const { lastRun, active } = props.schedule;
  const { t } = useWords();
  if (!lastRun) {
    return <span>{t('schedules.noRunYet')}</span>;
  }
  const others = active.filter(name => name !== lastRun.name).length;
  const changes = lastRun.summary?.changes;
  return (
    <Flex direction="column" align="start" gap="1">
      <Link
        href={props.runHref(lastRun, lastRun.hasReport ? 'report' : undefined)}
        aria-label={t('schedules.lastRunOf', {
          schedule: props.schedule.name,
          run: lastRun.name,
        })}
      >
        <Ago time={lastRun.startedAt ?? lastRun.createdAt} />
      </Link>
      <PhaseBadge phase={lastRun.phase} />
      {changes !== undefined && (
        <Small>{t('common.changes', { count: changes })}</Small>
      )}
      {others > 0 && (
        <Small>{t('schedules.moreGoOn', { count: others })}</Small>
      )}
    </Flex>
  );
}

/** Where the pages of a run and of a schedule are. */
export interface Hrefs {
  run(ref: RunRef, tab?: string): string;
  schedule(ref: RunRef): string;
}

/** What there is to know of a schedule. */
function columnsOf(hrefs: Hrefs, words: Words): ScheduleColumn[] {
  const { t } = words;
  return [
    {
      id: 'name',
      label: t('schedules.schedule'),
      isRowHeader: true,
      defaultWidth: '3fr',
      minWidth: 230,
      content: one => <Name schedule={one} href={hrefs.schedule(one)} />,
    },
    {
      id: 'when',
      label: t('schedules.when'),
      defaultWidth: '2fr',
      minWidth: 180,
      content: one => (
        <>
          <Text as="div" className={styles.message} title={one.schedule}>
            {scheduleWords(one.schedule, words)}
          </Text>
          <Small>{one.timeZone}</Small>
        </>
      ),
    },
    {
      id: 'next',
      label: t('schedules.next'),
      minWidth: 190,
      content: one => (
        <>
          {one.nextAt && !one.suspend ? (
            <Until time={one.nextAt} />
          ) : (
            <span>–</span>
          )}
        </>
      ),
    },
    {
      id: 'last',
      label: t('schedules.last'),
      minWidth: 160,
      content: one => <LastRun schedule={one} runHref={hrefs.run} />,
    },
    {
      id: 'state',
      label: t('schedules.state'),
      defaultWidth: '2fr',
      minWidth: 180,
      content: one => <State schedule={one} />,
    },
  ];
}

/** @param actions and where its dialogs are opened; absent where there is nothing to do */
export function scheduleColumns(
  hrefs: Hrefs,
  words: Words,
  actions?: { actions: ScheduleActions; open: Open },
): ScheduleColumn[] {
  const columns = columnsOf(hrefs, words);
  return actions
    ? [
        ...columns,
        {
          id: 'actions',
          label: words.t('schedules.actions'),
          minWidth: 160,
          content: one => <ActionCell schedule={one} {...actions} />,
        },
      ]
    : columns;
}

/** The same as the cells of a table. */
export function tableColumns(columns: ScheduleColumn[]): ColumnConfig<Row>[] {
  return columns.map(({ content, ...column }) => ({
    ...column,
    cell: one => <Cell>{content(one)}</Cell>,
  }));
}
