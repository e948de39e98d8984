import { Text } from '@backstage/ui';
import { notObservedSentence } from '../../lib/notObserved';
import { useWords } from '../../translation/words';
import { UntrustedLink } from '../Links';
import styles from './Report.module.css';

/** The pages that are missing, each with a sentence why. */
export function NotObserved(props: {
  items: readonly { url: string; reason: string; detail?: string }[];
}) {
  const words = useWords();
  return (
    <ul className={styles.missing}>
      {props.items.map(({ url, reason, detail }) => (
        <li key={url}>
          <UntrustedLink url={url} />
          <Text as="div" variant="body-small">
            {notObservedSentence(reason, words)}
          </Text>
          {detail && (
            <Text as="div" variant="body-small" color="secondary">
              {detail}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
