import { useMemo, useState } from 'react';
import {
  Cell,
  CellText,
  Flex,
  SearchField,
  Select,
  Table,
  Text,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import { FACT_KINDS, type Fact } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvidence } from '../../hooks/queries';
import { evidenceVersion } from '../../lib/evidenceVersion';
import { factKindLabel, factText } from '../../lib/factText';
import { hostOf } from '../../lib/safeUrl';
import { FactButton } from '../Report/FactButton';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { ProofDialog } from './ProofDialog';
import styles from './Facts.module.css';

const ALL = '';

function columns(onProof: (fact: Fact) => void): ColumnConfig<Fact>[] {
  return [
    {
      id: 'kind',
      label: 'Kind',
      width: 130,
      isSortable: true,
      cell: fact => <CellText title={factKindLabel(fact.kind)} />,
    },
    {
      id: 'subject',
      label: 'About',
      isSortable: true,
      minWidth: 140,
      cell: fact => <CellText title={fact.subject || '–'} />,
    },
    {
      id: 'value',
      label: 'What the page says',
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 220,
      cell: fact => (
        <Cell className={styles.value}>
          <FactButton fact={fact} onProof={onProof}>
            {factText(fact)}
          </FactButton>
        </Cell>
      ),
    },
    {
      id: 'host',
      label: 'Page',
      isSortable: true,
      minWidth: 160,
      cell: fact => (
        <CellText title={hostOf(fact.url)} description={pathOf(fact.url)} />
      ),
    },
    {
      id: 'confidence',
      label: 'Certainty',
      width: 130,
      isSortable: true,
      cell: fact => (
        <CellText title={`${Math.round(fact.confidence * 100)} %`} />
      ),
    },
  ];
}

function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return '';
  }
}

function sortValue(fact: Fact, column: string): string | number {
  switch (column) {
    case 'host':
      return fact.url;
    case 'confidence':
      return fact.confidence;
    case 'kind':
      return fact.kind;
    default:
      return fact.subject;
  }
}

function sorted(facts: Fact[], column: string, direction: string): Fact[] {
  const sign = direction === 'descending' ? -1 : 1;
  return [...facts].sort((a, b) => {
    const left = sortValue(a, column);
    const right = sortValue(b, column);
    if (left === right) {
      return 0;
    }
    return left < right ? -sign : sign;
  });
}

function matches(fact: Fact, words: string): boolean {
  const text = `${fact.subject} ${factText(fact)} ${fact.quote} ${fact.url}`;
  return text.toLowerCase().includes(words.trim().toLowerCase());
}

function FactsTable(props: {
  facts: readonly Fact[];
  onProof: (fact: Fact) => void;
}) {
  const { facts, onProof } = props;
  const [words, setWords] = useState('');
  const [kind, setKind] = useState(ALL);
  const shown = useMemo(
    () =>
      facts.filter(
        fact => (!kind || fact.kind === kind) && matches(fact, words),
      ),
    [facts, kind, words],
  );
  const { tableProps } = useTable<Fact>({
    mode: 'complete',
    data: shown,
    sortFn: (data, sort) => sorted(data, String(sort.column), sort.direction),
    paginationOptions: { pageSize: 25, pageSizeOptions: [25, 50, 100] },
  });
  const kinds = FACT_KINDS.filter(one => facts.some(fact => fact.kind === one));
  return (
    <Flex direction="column" gap="3">
      <Flex
        gap="3"
        align="end"
        role="search"
        aria-label="Filter the facts"
        className={styles.filters}
      >
        <SearchField
          label="Search"
          placeholder="Plan, value, quote or address"
          className={styles.search}
          value={words}
          onChange={setWords}
        />
        <Select
          label="Kind"
          className={styles.kind}
          options={[
            { id: ALL, label: 'All' },
            ...kinds.map(one => ({ id: one, label: factKindLabel(one) })),
          ]}
          value={kind}
          onChange={value => setKind(String(value ?? ALL))}
        />
        <Text color="secondary" role="status">
          {shown.length} of {facts.length} facts
        </Text>
      </Flex>
      <Table
        {...tableProps}
        columnConfig={columns(onProof)}
        emptyState={
          <EmptyState
            title="No fact matches"
            description="Search for something shorter, or choose all kinds."
          />
        }
      />
    </Flex>
  );
}

export function FactsTab(props: { run: RunDetail }) {
  const { run } = props;
  const evidence = useEvidence(run, evidenceVersion(run));
  const [proof, setProof] = useState<Fact>();
  if (evidence.error && !evidence.data) {
    return (
      <ErrorState
        error={evidence.error}
        what="the facts"
        onRetry={() => evidence.refetch()}
      />
    );
  }
  if (!evidence.data) {
    return <LoadingState what="the facts" rows={8} />;
  }
  const facts = evidence.data.facts?.facts ?? [];
  if (!facts.length) {
    return (
      <EmptyState
        title="No facts"
        description="They appear here by themselves when the step Facts has found some in the saved pages."
      />
    );
  }
  return (
    <>
      <FactsTable facts={facts} onProof={setProof} />
      {proof && (
        <ProofDialog
          run={run}
          fact={proof}
          pages={evidence.data.manifest?.pages ?? []}
          onClose={() => setProof(undefined)}
        />
      )}
    </>
  );
}
