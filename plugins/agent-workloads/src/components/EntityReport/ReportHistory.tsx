import { Text } from '@backstage/ui';
import {
  pagesSeenAt,
  type RunListItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { formatDate } from '../../lib/time';
import { useWords, type Words } from '../../translation/words';
import styles from './EntityReport.module.css';

function dateOf(run: RunListItem, isLatest: boolean, words: Words): string {
  const date = formatDate(pagesSeenAt(run), words);
  return isLatest ? words.t('entity.latest', { date }) : date;
}

/** What it says that it found: absent is "not compared", never no change. */
function foundOf({ summary, objective }: RunListItem, { t }: Words): string {
  const count = summary?.changes;
  return count ? t('common.changes', { count }) : objective;
}

/** The reports of an entity, newest first: one is shown, and another may be held against it. */
export function ReportHistory(props: {
  reports: readonly RunListItem[];
  /** Of all, listed or not. */
  inAll: number;
  shown: RunListItem;
  beside?: RunListItem;
  onChoose: (run: RunListItem) => void;
  /** Undefined: no other is held against the one that is shown. */
  onCompare: (run: RunListItem | undefined) => void;
}) {
  const words = useWords();
  const { t } = words;
  const { reports, shown, beside } = props;
  return (
    <nav aria-label={t('entity.reportsOf')} className={styles.earlier}>
      <Text as="h3" variant="body-medium" weight="bold">
        {t('entity.reports')}
      </Text>
      <ul className={styles.list}>
        {reports.map((run, index) => {
          const date = dateOf(run, index === 0, words);
          const isBeside = run.uid === beside?.uid;
          return (
            <li key={run.uid} className={styles.report}>
              <button
                type="button"
                className={styles.choice}
                aria-current={run.uid === shown.uid || undefined}
                onClick={() => props.onChoose(run)}
              >
                <strong>{date}</strong>
                <span className={styles.quiet}>{foundOf(run, words)}</span>
              </button>
              {run.uid !== shown.uid && (
                <button
                  type="button"
                  className={styles.beside}
                  aria-pressed={isBeside}
                  aria-label={t('finding.compareWithOf', { date })}
                  onClick={() => props.onCompare(isBeside ? undefined : run)}
                >
                  {isBeside ? t('finding.compared') : t('finding.compare')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {props.inAll > reports.length && (
        <Text as="p" variant="body-small" color="secondary">
          {t('finding.newestOf', {
            shown: reports.length,
            count: props.inAll,
          })}
        </Text>
      )}
    </nav>
  );
}
