import type { ReactNode } from 'react';
import { Cell, Flex, Link, Text, type ColumnConfig } from '@backstage/ui';
import { RiAlarmWarningLine } from '@remixicon/react';
import type { Change } from '@agentworkloads/api';
import type {
  ChangeItem,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { suspicionText } from '../../lib/changes';
import { changeText, factKindLabel } from '../../lib/factText';
import { UntrustedLink } from '../Links';
import { ToneBadge } from '../PhaseBadge';
import { Ago } from '../Times';
import styles from './ChangesPage.module.css';

export type Row = ChangeItem & {
  id: string;
  /** It came after the reader's last visit. */
  unread: boolean;
};

type RunHref = (ref: RunRef, tab?: string) => string;

const WORDS: Record<Change['kind'], string> = {
  added: 'New',
  removed: 'Gone',
  changed: 'Changed',
};

function Small(props: { children: ReactNode }) {
  return (
    <Text
      as="div"
      variant="body-small"
      color="secondary"
      className={styles.text}
    >
      {props.children}
    </Text>
  );
}

function When(props: { row: Row; runHref: RunHref }) {
  const { run, completedAt, comparedWith, unread } = props.row;
  return (
    <>
      <Link
        href={props.runHref(run, 'report')}
        aria-label={`Report of ${run.name}`}
      >
        <Ago time={completedAt} />
      </Link>
      {unread && (
        <div>
          <ToneBadge tone="info" title="It came after your last visit">
            Unread
          </ToneBadge>
        </div>
      )}
      <Small>{run.name}</Small>
      {comparedWith && (
        <Small>
          since{' '}
          <Link
            href={props.runHref({ ...run, name: comparedWith }, 'report')}
            aria-label={`Report of ${comparedWith}, the run before`}
          >
            {comparedWith}
          </Link>
        </Small>
      )}
    </>
  );
}

function Company(props: { row: Row }) {
  const { company, host, change } = props.row;
  return (
    <>
      <Text as="div" className={styles.text}>
        <bdi>{company}</bdi>
      </Text>
      <Small>
        <UntrustedLink url={change.url}>{host || change.url}</UntrustedLink>
      </Small>
    </>
  );
}

function What(props: { change: Change }) {
  const { change } = props;
  return (
    <Flex direction="column" align="start" gap="1">
      <Text as="div" className={styles.text}>
        {factKindLabel(change.factKind)}: <bdi>{change.subject}</bdi>
      </Text>
      <ToneBadge tone={change.kind === 'removed' ? 'neutral' : 'info'}>
        {WORDS[change.kind]}
      </ToneBadge>
    </Flex>
  );
}

/** The words that both sides stand on, where they say more than the values do. */
function quotesOf({ was, is, kind }: Change): string | undefined {
  const sides = kind === 'changed' ? [was, is] : [was ?? is];
  const quotes = sides.flatMap(side => (side ? [`“${side.quote}”`] : []));
  return quotes.length ? quotes.join(' → ') : undefined;
}

function WasIs(props: { change: Change }) {
  const { change } = props;
  const quotes = quotesOf(change);
  return (
    <Flex direction="column" align="start" gap="1">
      <Text as="div" weight="bold" className={styles.text}>
        {changeText(change)}
      </Text>
      {quotes && (
        <Text
          as="div"
          variant="body-small"
          color="secondary"
          className={styles.quotes}
          title={quotes}
        >
          {quotes}
        </Text>
      )}
      {change.suspect && (
        <>
          <ToneBadge
            tone="warning"
            icon={<RiAlarmWarningLine size={16} aria-hidden />}
          >
            Unusual
          </ToneBadge>
          <Small>{suspicionText(change)}</Small>
        </>
      )}
    </Flex>
  );
}

export function changeColumns(runHref: RunHref): ColumnConfig<Row>[] {
  return [
    {
      id: 'when',
      label: 'When',
      defaultWidth: '2fr',
      minWidth: 150,
      cell: row => (
        <Cell>
          <When row={row} runHref={runHref} />
        </Cell>
      ),
    },
    {
      id: 'company',
      label: 'Company',
      defaultWidth: '2fr',
      minWidth: 150,
      cell: row => (
        <Cell>
          <Company row={row} />
        </Cell>
      ),
    },
    {
      id: 'what',
      label: 'What',
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 160,
      cell: row => (
        <Cell>
          <What change={row.change} />
        </Cell>
      ),
    },
    {
      id: 'change',
      label: 'Was → is',
      defaultWidth: '4fr',
      minWidth: 240,
      cell: row => (
        <Cell>
          <WasIs change={row.change} />
        </Cell>
      ),
    },
  ];
}
