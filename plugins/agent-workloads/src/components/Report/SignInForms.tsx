import { Text } from '@backstage/ui';
import type { PageRecord } from '@agentworkloads/api';
import { useWords } from '../../translation/words';
import { UntrustedLink } from '../Links';
import styles from './Report.module.css';

/** Pages of which only the form to sign in was seen. */
export function SignInForms(props: { pages: readonly PageRecord[] }) {
  const { t } = useWords();
  return (
    <>
      <Text as="p" variant="body-small">
        {t('evidence.signInText')}
      </Text>
      <ul className={styles.missing}>
        {props.pages.map(({ url }) => (
          <li key={url}>
            <UntrustedLink url={url} />
          </li>
        ))}
      </ul>
    </>
  );
}
