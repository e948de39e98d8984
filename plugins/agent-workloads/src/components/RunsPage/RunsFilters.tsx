import { useCallback } from 'react';
import { Button, Flex, SearchField, Select } from '@backstage/ui';
import { PHASES, type Phase } from '@agentworkloads/api';
import type { RunsResponse } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { phaseView } from '../../lib/phases';
import { isFiltered, type RunsView } from '../../lib/runsQuery';
import { useTypedFilter } from '../../hooks/useTypedFilter';
import { useWords } from '../../translation/words';
import styles from './RunsPage.module.css';

const ANY = '';

/** A chosen value stays in the list even when no run has it any more. */
function optionsOf(
  any: string,
  values: readonly string[] = [],
  chosen?: string,
) {
  const all = new Set([...values, ...(chosen ? [chosen] : [])]);
  return [
    { id: ANY, label: any },
    ...[...all].sort().map(value => ({ id: value, label: value })),
  ];
}

function OneOf(props: {
  label: string;
  values?: readonly string[];
  chosen?: string;
  onChoose: (value: string | undefined) => void;
}) {
  const { t } = useWords();
  return (
    <Select
      label={props.label}
      className={styles.filter}
      search={(props.values?.length ?? 0) > 8 || undefined}
      options={optionsOf(t('common.any'), props.values, props.chosen)}
      value={props.chosen ?? ANY}
      onChange={value => props.onChoose(value ? String(value) : undefined)}
    />
  );
}

export function RunsFilters(props: {
  view: RunsView;
  facets?: RunsResponse['facets'];
  onChange: (part: Partial<RunsView>) => void;
}) {
  const { view, facets, onChange } = props;
  const words = useWords();
  const { t } = words;
  const [search, setSearch] = useTypedFilter(
    view.search,
    useCallback(text => onChange({ search: text }), [onChange]),
  );

  return (
    <Flex
      gap="3"
      align="end"
      role="search"
      aria-label={t('runs.filter')}
      className={styles.filters}
    >
      <SearchField
        label={t('common.search')}
        placeholder={t('runs.searchIn')}
        className={styles.search}
        value={search}
        onChange={setSearch}
      />
      <Select
        label={t('runs.phase')}
        className={styles.filter}
        placeholder={t('common.any')}
        selectionMode="multiple"
        options={PHASES.map(phase => ({
          id: phase,
          label: phaseView(phase, words).label,
        }))}
        value={view.phase}
        onChange={value => onChange({ phase: value as Phase[] })}
      />
      <OneOf
        label={t('runs.requestedBy')}
        values={facets?.requestedBy}
        chosen={view.requestedBy}
        onChoose={requestedBy => onChange({ requestedBy })}
      />
      <OneOf
        label={t('runs.entity')}
        values={facets?.entityRefs}
        chosen={view.entityRef}
        onChoose={entityRef => onChange({ entityRef })}
      />
      <OneOf
        label={t('runs.host')}
        values={facets?.hosts}
        chosen={view.host}
        onChoose={host => onChange({ host })}
      />
      {isFiltered(view) && (
        <Button
          variant="tertiary"
          onPress={() =>
            onChange({
              search: '',
              phase: [],
              requestedBy: undefined,
              entityRef: undefined,
              host: undefined,
            })
          }
        >
          {t('common.clearFilters')}
        </Button>
      )}
    </Flex>
  );
}
