import { useCallback } from 'react';
import { Button, Flex, SearchField, Select } from '@backstage/ui';
import { CHANGE_CLASSES, type ChangeClass } from '@agentworkloads/api';
import {
  isFiltered,
  PERIODS,
  viewFromParams,
  type ChangesView,
} from '../../lib/changesQuery';
import { useTypedFilter } from '../../hooks/useTypedFilter';
import { useWords, type Words } from '../../translation/words';
import styles from './ChangesPage.module.css';

const ANY = '';

/** What the filters offer. */
const optionsOf = ({ t }: Words) => ({
  kinds: CHANGE_CLASSES.map(id => ({ id, label: t(`changes.${id}`) })),
  periods: [
    { id: ANY, label: t('changes.anyTime') },
    ...PERIODS.map(days => ({
      id: String(days),
      label: t('changes.days', { count: days }),
    })),
  ],
  shown: [
    { id: ANY, label: t('common.all') },
    { id: 'unread', label: t('changes.unread') },
    { id: 'wrong', label: t('changes.calledWrong') },
  ],
});

export function ChangesFilters(props: {
  view: ChangesView;
  onChange: (part: Partial<ChangesView>) => void;
}) {
  const { view, onChange } = props;
  const words = useWords();
  const { t } = words;
  const options = optionsOf(words);
  const [company, setCompany] = useTypedFilter(
    view.company,
    useCallback(text => onChange({ company: text }), [onChange]),
  );

  return (
    <Flex
      gap="3"
      align="end"
      role="search"
      aria-label={t('changes.filter')}
      className={styles.filters}
    >
      <SearchField
        label={t('changes.company')}
        placeholder={t('changes.nameOrHost')}
        className={styles.search}
        value={company}
        onChange={setCompany}
      />
      <Select
        label={t('changes.kind')}
        className={styles.filter}
        placeholder={t('common.any')}
        selectionMode="multiple"
        options={options.kinds}
        value={view.kind}
        onChange={value => onChange({ kind: value as ChangeClass[] })}
      />
      <Select
        label={t('changes.within')}
        className={styles.filter}
        options={options.periods}
        value={view.days ? String(view.days) : ANY}
        onChange={value =>
          onChange({ days: value ? Number(value) : undefined })
        }
      />
      <Select
        label={t('changes.show')}
        className={styles.filter}
        options={options.shown}
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
          {t('common.clearFilters')}
        </Button>
      )}
    </Flex>
  );
}
