import { useCallback } from 'react';
import { Button, Checkbox, Flex, SearchField, Select } from '@backstage/ui';
import { PHASES, type Phase } from '@agentworkloads/api';
import type { RunsResponse } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { phaseView } from '../../lib/phases';
import { isFiltered, NO_FILTER, type RunsView } from '../../lib/runsQuery';
import { useTypedFilter } from '../../hooks/useTypedFilter';
import { useWords } from '../../translation/words';
import styles from './RunsPage.module.css';

const ANY = '';

/** A chosen value stays in the list even when no run has it any more. */
function optionsOf(
  any: string,
  values: readonly string[] = [],
  chosen?: string,
  titles?: ReadonlyMap<string, string>,
) {
  const all = new Set([...values, ...(chosen ? [chosen] : [])]);
  const options = [...all].map(value => ({
    id: value,
    label: titles?.get(value) ?? value,
  }));
  const named = new Map<string, number>();
  options.forEach(({ label }) => named.set(label, (named.get(label) ?? 0) + 1));
  return [
    { id: ANY, label: any },
    ...options
      // Two things of one title are told apart by what they are.
      .map(({ id, label }) => ({
        id,
        label:
          named.get(label)! > 1 && label !== id ? `${label} · ${id}` : label,
      }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  ];
}

function OneOf(props: {
  label: string;
  values?: readonly string[];
  titles?: ReadonlyMap<string, string>;
  chosen?: string;
  onChoose: (value: string | undefined) => void;
}) {
  const { t } = useWords();
  return (
    <Select
      label={props.label}
      className={styles.filter}
      search={(props.values?.length ?? 0) > 8 || undefined}
      options={optionsOf(
        t('common.any'),
        props.values,
        props.chosen,
        props.titles,
      )}
      value={props.chosen ?? ANY}
      onChange={value => props.onChoose(value ? String(value) : undefined)}
    />
  );
}

function Day(props: {
  label: string;
  value?: string;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <label className={styles.day}>
      <span>{props.label}</span>
      <input
        type="date"
        className={styles.input}
        value={props.value ?? ''}
        onChange={event => props.onChange(event.target.value || undefined)}
      />
    </label>
  );
}

type Change = (part: Partial<RunsView>) => void;

/** What is asked for less often. */
function MoreFilters({ view, onChange }: { view: RunsView; onChange: Change }) {
  const { t } = useWords();
  return (
    <>
      <Day
        label={t('finding.from')}
        value={view.from}
        onChange={from => onChange({ from })}
      />
      <Day
        label={t('finding.to')}
        value={view.to}
        onChange={to => onChange({ to })}
      />
      <Checkbox isSelected={view.mine} onChange={mine => onChange({ mine })}>
        {t('finding.mine')}
      </Checkbox>
      <Checkbox
        isSelected={view.hasReport}
        onChange={hasReport => onChange({ hasReport })}
      >
        {t('finding.hasReport')}
      </Checkbox>
      {isFiltered(view) && (
        <Button variant="tertiary" onPress={() => onChange(NO_FILTER)}>
          {t('common.clearFilters')}
        </Button>
      )}
    </>
  );
}

export function RunsFilters(props: {
  view: RunsView;
  facets?: RunsResponse['facets'];
  /** Of the entities of the facets. */
  titles: ReadonlyMap<string, string>;
  onChange: Change;
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
        placeholder={t('finding.searchIn')}
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
        titles={props.titles}
        chosen={view.entityRef}
        onChoose={entityRef => onChange({ entityRef })}
      />
      <OneOf
        label={t('runs.host')}
        values={facets?.hosts}
        chosen={view.host}
        onChoose={host => onChange({ host })}
      />
      <MoreFilters view={view} onChange={onChange} />
    </Flex>
  );
}
