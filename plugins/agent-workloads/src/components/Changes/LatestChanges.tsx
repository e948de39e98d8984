import { Link, Text } from '@backstage/ui';
import type { ChangeItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { changeText, factKindInText } from '../../lib/factText';
import { changeKey } from '../../lib/shownChange';
import { useWords } from '../../translation/words';
import { useRunHref } from '../Links';
import { Ago } from '../Times';
import styles from './Changes.module.css';

/** A few changes, one or two lines each; the link leads to the report that says so. */
export function LatestChanges(props: { items: readonly ChangeItem[] }) {
  const words = useWords();
  const { t } = words;
  const runHref = useRunHref();
  return (
    <ul className={styles.latest} aria-label={t('changes.latest')}>
      {props.items.map(item => (
        <li key={changeKey(item)} data-wrong={item.wrong ? true : undefined}>
          <Link href={runHref(item.run, 'report')}>
            {t('card.latest', {
              company: <bdi>{item.company}</bdi>,
              kind: factKindInText(item.change.factKind, words),
              subject: <bdi>{item.change.subject}</bdi>,
            })}
          </Link>
          <Text as="div" className={styles.change}>
            {changeText(item.change, undefined, words)}
          </Text>
          <Text as="div" variant="body-small" color="secondary">
            <Ago time={item.completedAt} />
            {item.change.suspect && ` · ${t('card.isUnusual')}`}
            {item.wrong && ` · ${t('card.isCalledWrong')}`}
          </Text>
        </li>
      ))}
    </ul>
  );
}
