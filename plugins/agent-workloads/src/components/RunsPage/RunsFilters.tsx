import { useCallback } from 'react';
import { Button, Flex, SearchField, Select } from '@backstage/ui';
import { PHASES, type Phase } from '@agentworkloads/api';
import type { RunsResponse } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { phaseView } from '../../lib/phases';
import { isFiltered, type RunsView } from '../../lib/runsQuery';
import { useTypedFilter } from '../../hooks/useTypedFilter';
import styles from './RunsPage.module.css';

const ANY = '';

const PHASE_OPTIONS = PHASES.map(phase => ({
  id: phase,
  label: phaseView(phase).label,
}));

/** A chosen value stays in the list even when no run has it any more. */
function optionsOf(values: readonly string[] = [], chosen?: string) {
  const all = new Set([...values, ...(chosen ? [chosen] : [])]);
  return [
    { id: ANY, label: 'Any' },
    ...[...all].sort().map(value => ({ id: value, label: value })),
  ];
}

function OneOf(props: {
  label: string;
  values?: readonly string[];
  chosen?: string;
  onChoose: (value: string | undefined) => void;
}) {
  return (
    <Select
      label={props.label}
      className={styles.filter}
      search={(props.values?.length ?? 0) > 8 || undefined}
      options={optionsOf(props.values, props.chosen)}
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
  const [search, setSearch] = useTypedFilter(
    view.search,
    useCallback(text => onChange({ search: text }), [onChange]),
  );

  return (
    <Flex
      gap="3"
      align="end"
      role="search"
      aria-label="Filter the runs"
      className={styles.filters}
    >
      <SearchField
        label="Search"
        placeholder="Name, objective or host"
        className={styles.search}
        value={search}
        onChange={setSearch}
      />
      <Select
        label="Phase"
        className={styles.filter}
        placeholder="Any"
        selectionMode="multiple"
        options={PHASE_OPTIONS}
        value={view.phase}
        onChange={value => onChange({ phase: value as Phase[] })}
      />
      <OneOf
        label="Requested by"
        values={facets?.requestedBy}
        chosen={view.requestedBy}
        onChoose={requestedBy => onChange({ requestedBy })}
      />
      <OneOf
        label="Entity"
        values={facets?.entityRefs}
        chosen={view.entityRef}
        onChoose={entityRef => onChange({ entityRef })}
      />
      <OneOf
        label="Host"
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
          Clear filters
        </Button>
      )}
    </Flex>
  );
}
