import { useCallback } from 'react';
import { Button, Flex, SearchField, Select } from '@backstage/ui';
import { CHANGE_CLASSES, type ChangeClass } from '@agentworkloads/api';
import {
  CLASS_LABELS,
  isFiltered,
  PERIODS,
  viewFromParams,
  type ChangesView,
} from '../../lib/changesQuery';
import { useTypedFilter } from '../../hooks/useTypedFilter';
import styles from './ChangesPage.module.css';

const ANY = '';

const KIND_OPTIONS = CHANGE_CLASSES.map(id => ({
  id,
  label: CLASS_LABELS[id],
}));

const PERIOD_OPTIONS = [
  { id: ANY, label: 'Any time' },
  ...PERIODS.map(days => ({ id: String(days), label: `${days} days` })),
];

const SHOW_OPTIONS = [
  { id: ANY, label: 'All' },
  { id: 'unread', label: 'Unread' },
  { id: 'wrong', label: 'Called wrong' },
];

export function ChangesFilters(props: {
  view: ChangesView;
  onChange: (part: Partial<ChangesView>) => void;
}) {
  const { view, onChange } = props;
  const [company, setCompany] = useTypedFilter(
    view.company,
    useCallback(text => onChange({ company: text }), [onChange]),
  );

  return (
    <Flex
      gap="3"
      align="end"
      role="search"
      aria-label="Filter the changes"
      className={styles.filters}
    >
      <SearchField
        label="Company"
        placeholder="Name or host"
        className={styles.search}
        value={company}
        onChange={setCompany}
      />
      <Select
        label="Kind"
        className={styles.filter}
        placeholder="Any"
        selectionMode="multiple"
        options={KIND_OPTIONS}
        value={view.kind}
        onChange={value => onChange({ kind: value as ChangeClass[] })}
      />
      <Select
        label="Completed within"
        className={styles.filter}
        options={PERIOD_OPTIONS}
        value={view.days ? String(view.days) : ANY}
        onChange={value =>
          onChange({ days: value ? Number(value) : undefined })
        }
      />
      <Select
        label="Show"
        className={styles.filter}
        options={SHOW_OPTIONS}
        value={view.show ?? ANY}
        onChange={value =>
          onChange({ show: (value || undefined) as ChangesView['show'] })
        }
      />
      {isFiltered(view) && (
        <Button
          variant="tertiary"
          onPress={() => onChange(viewFromParams(new URLSearchParams()))}
        >
          Clear filters
        </Button>
      )}
    </Flex>
  );
}
