import type { ScheduleItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import type { ScheduleColumn } from './columns';
import { rowKey } from './useScheduleActions';
import styles from './SchedulesPage.module.css';

/** The table's columns one below the other, for a window that has no room for them beside each other. */
export function ScheduleCards(props: {
  items: ScheduleItem[];
  columns: ScheduleColumn[];
}) {
  const { t } = useWords();
  return (
    <ul className={styles.cards} aria-label={t('schedules.title')}>
      {props.items.map(one => (
        <li key={rowKey(one)} aria-label={one.name}>
          <dl className={styles.card}>
            {props.columns.map(({ id, label, content }) => (
              <div key={id}>
                <dt>{label}</dt>
                <dd>{content(one)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
