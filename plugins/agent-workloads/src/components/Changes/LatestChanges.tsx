import { Link, Text } from '@backstage/ui';
import type { ChangeItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { changeText, factKindLabel } from '../../lib/factText';
import { changeKey } from '../../lib/shownChange';
import { useRunHref } from '../Links';
import { Ago } from '../Times';
import styles from './Changes.module.css';

/** A few changes, one or two lines each; the link leads to the report that says so. */
export function LatestChanges(props: { items: readonly ChangeItem[] }) {
  const runHref = useRunHref();
  return (
    <ul className={styles.latest} aria-label="Latest changes">
      {props.items.map(item => (
        <li key={changeKey(item)} data-wrong={item.wrong ? true : undefined}>
          <Link href={runHref(item.run, 'report')}>
            <bdi>{item.company}</bdi>:{' '}
            {factKindLabel(item.change.factKind).toLowerCase()}{' '}
            <bdi>{item.change.subject}</bdi>
          </Link>
          <Text as="div" className={styles.change}>
            {changeText(item.change)}
          </Text>
          <Text as="div" variant="body-small" color="secondary">
            <Ago time={item.completedAt} />
            {item.change.suspect && ' · unusual'}
            {item.wrong && ' · called wrong'}
          </Text>
        </li>
      ))}
    </ul>
  );
}
