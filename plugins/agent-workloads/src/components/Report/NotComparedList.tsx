import { Text } from '@backstage/ui';
import type { NotCompared } from '@agentworkloads/api';
import { UntrustedLink } from '../Links';
import styles from './Report.module.css';

/** Pages, or parts of pages, that were not held against the earlier run, each with a sentence why. */
export function NotComparedList(props: { items: readonly NotCompared[] }) {
  return (
    <ul className={styles.missing}>
      {props.items.map(({ url, detail, reason }) => (
        <li key={`${url} ${reason}`}>
          <UntrustedLink url={url} />
          <Text as="div" variant="body-small">
            {detail}
          </Text>
        </li>
      ))}
    </ul>
  );
}
