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
import { useWords, type Words } from '../../translation/words';
import { FactButton } from '../Report/FactButton';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { ProofDialog } from './ProofDialog';
import styles from './Facts.module.css';

const ALL = '';

function columns(
  onProof: (fact: Fact) => void,
  words: Words,
): ColumnConfig<Fact>[] {
  const { t, locale } = words;
  return [
    {
      id: 'kind',
      label: t('facts.kind'),
      width: 130,
      isSortable: true,
      cell: fact => <CellText title={factKindLabel(fact.kind, words)} />,
    },
    {
      id: 'subject',
      label: t('facts.about'),
      isSortable: true,
      minWidth: 140,
      cell: fact => <CellText title={fact.subject || '–'} />,
    },
    {
      id: 'value',
      label: t('facts.says'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 220,
      cell: fact => (
        <Cell className={styles.value}>
          <FactButton fact={fact} onProof={onProof}>
            {factText(fact, words)}
          </FactButton>
        </Cell>
      ),
    },
    {
      id: 'host',
      label: t('facts.page'),
      isSortable: true,
      minWidth: 160,
      cell: fact => (
        <CellText title={hostOf(fact.url)} description={pathOf(fact.url)} />
      ),
    },
    {
      id: 'confidence',
      label: t('facts.certainty'),
      width: 130,
      isSortable: true,
      cell: fact => (
        <CellText
          title={`${Math.round(fact.confidence * 100).toLocaleString(
            locale,
          )} %`}
        />
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

function matches(fact: Fact, typed: string, words: Words): boolean {
  const shown = factText(fact, words);
  const text = `${fact.subject} ${shown} ${fact.quote} ${fact.url}`;
  return text.toLowerCase().includes(typed.trim().toLowerCase());
}

function FactsTable(props: {
  facts: readonly Fact[];
  onProof: (fact: Fact) => void;
}) {
  const { facts, onProof } = props;
  const words = useWords();
  const { t } = words;
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState(ALL);
  const shown = useMemo(
    () =>
      facts.filter(
        fact => (!kind || fact.kind === kind) && matches(fact, typed, words),
      ),
    [facts, kind, typed, words],
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
        aria-label={t('facts.filter')}
        className={styles.filters}
      >
        <SearchField
          label={t('common.search')}
          placeholder={t('facts.searchIn')}
          className={styles.search}
          value={typed}
          onChange={setTyped}
        />
        <Select
          label={t('facts.kind')}
          className={styles.kind}
          options={[
            { id: ALL, label: t('common.all') },
            ...kinds.map(one => ({
              id: one,
              label: factKindLabel(one, words),
            })),
          ]}
          value={kind}
          onChange={value => setKind(String(value ?? ALL))}
        />
        <Text color="secondary" role="status">
          {t('facts.ofFacts', { shown: shown.length, all: facts.length })}
        </Text>
      </Flex>
      <Table
        {...tableProps}
        columnConfig={columns(onProof, words)}
        emptyState={
          <EmptyState
            title={t('facts.noMatch')}
            description={t('facts.noMatchText')}
          />
        }
      />
    </Flex>
  );
}

export function FactsTab(props: { run: RunDetail }) {
  const { run } = props;
  const { t } = useWords();
  const evidence = useEvidence(run, evidenceVersion(run));
  const [proof, setProof] = useState<Fact>();
  if (evidence.error && !evidence.data) {
    return (
      <ErrorState
        error={evidence.error}
        what={t('what.facts')}
        onRetry={() => evidence.refetch()}
      />
    );
  }
  if (!evidence.data) {
    return <LoadingState what={t('what.facts')} rows={8} />;
  }
  const facts = evidence.data.facts?.facts ?? [];
  if (!facts.length) {
    return (
      <EmptyState title={t('facts.none')} description={t('facts.noneText')} />
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
