import { Cell, Flex, Link, Text, type ColumnConfig } from '@backstage/ui';
import type {
  RunListItem,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { Person } from '../People';
import { runTitle } from '../../lib/runTitle';
import { useWords, type Words } from '../../translation/words';
import { EntityLink } from '../Links';
import { PhaseBadge } from '../PhaseBadge';
import { Ago, Duration, TimeLeft } from '../Times';
import styles from './RunsPage.module.css';

type Row = RunListItem & { id: string };

const SHOWN_HOSTS = 2;

function Hosts(props: { hosts: readonly string[] }) {
  const { hosts } = props;
  const { t } = useWords();
  const more = hosts.length - SHOWN_HOSTS;
  return (
    <span title={hosts.join('\n')}>
      {hosts.slice(0, SHOWN_HOSTS).map(host => (
        <Text key={host} as="div" variant="body-small" className={styles.host}>
          {host}
        </Text>
      ))}
      {more > 0 && (
        <Text variant="body-small" color="secondary">
          {t('common.andMore', { count: more })}
        </Text>
      )}
    </span>
  );
}

function PhaseCell(props: { run: Row }) {
  const { run } = props;
  const waits = run.phase === 'AwaitingApproval';
  return (
    <Flex direction="column" align="start" gap="1">
      <PhaseBadge phase={run.phase} />
      {waits && run.gate?.deadline && (
        <Text variant="body-small" weight="bold">
          <TimeLeft deadline={run.gate.deadline} />
        </Text>
      )}
    </Flex>
  );
}

function Name({ run, href }: { run: Row; href: string }) {
  return (
    <>
      <Link href={href} weight="bold" standalone>
        {runTitle(run)}
      </Link>
      <Text
        as="div"
        variant="body-small"
        color="secondary"
        className={styles.objective}
        title={run.objective}
      >
        {run.name}
      </Text>
    </>
  );
}

export function runColumns(
  runHref: (ref: RunRef, tab?: string) => string,
  { t }: Words,
): ColumnConfig<Row>[] {
  return [
    {
      id: 'name',
      label: t('runs.run'),
      isRowHeader: true,
      isSortable: true,
      defaultWidth: '3fr',
      minWidth: 170,
      cell: run => (
        <Cell>
          <Name run={run} href={runHref(run)} />
        </Cell>
      ),
    },
    {
      id: 'phase',
      label: t('runs.phase'),
      isSortable: true,
      minWidth: 160,
      cell: run => (
        <Cell>
          <PhaseCell run={run} />
        </Cell>
      ),
    },
    {
      id: 'hosts',
      label: t('runs.hosts'),
      minWidth: 150,
      cell: run => (
        <Cell>
          <Hosts hosts={run.hosts} />
        </Cell>
      ),
    },
    {
      id: 'requestedBy',
      label: t('runs.requestedBy'),
      isSortable: true,
      minWidth: 116,
      cell: run => (
        <Cell>
          {run.requestedBy ? (
            <Person name={run.requestedBy} people={run.people} />
          ) : (
            '–'
          )}
        </Cell>
      ),
    },
    {
      id: 'entity',
      label: t('runs.entity'),
      minWidth: 120,
      cell: run => (
        <Cell>
          <EntityLink entityRef={run.entityRef} />
        </Cell>
      ),
    },
    {
      id: 'startedAt',
      label: t('runs.started'),
      isSortable: true,
      minWidth: 100,
      cell: run => (
        <Cell>
          <Ago time={run.startedAt ?? run.createdAt} />
        </Cell>
      ),
    },
    {
      id: 'duration',
      label: t('runs.duration'),
      isSortable: true,
      minWidth: 104,
      cell: run => (
        <Cell>
          <Duration run={run} />
        </Cell>
      ),
    },
    {
      id: 'report',
      label: t('runs.report'),
      minWidth: 96,
      cell: run => (
        <Cell>
          <ReportCell run={run} href={runHref(run, 'report')} />
        </Cell>
      ),
    },
  ];
}

function ReportCell(props: { run: Row; href: string }) {
  const { t } = useWords();
  const { run } = props;
  if (!run.hasReport) {
    return <span>–</span>;
  }
  const words = run.summary?.changes
    ? t('common.changes', { count: run.summary.changes })
    : t('runs.read');
  return (
    <Link
      href={props.href}
      aria-label={t('runs.reportOf', { words, name: run.name })}
    >
      {words}
    </Link>
  );
}
