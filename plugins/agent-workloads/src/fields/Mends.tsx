import type { ReactNode } from 'react';
import { Button, Flex, Text } from '@backstage/ui';
import type { TargetMend } from '@agentworkloads/api';
import { useWords } from '../translation/words';
import styles from './UrlListField.module.css';

const SHOWN = 8;

function Shown({ children }: { children: string }) {
  return <code className={styles.text}>{children.slice(0, 200)}</code>;
}

/** A mending in words, what it was and what it is. */
function Mend({ mend }: { mend: TargetMend }) {
  const { kind, line, from, to, sameness } = mend;
  const { t } = useWords();
  const words = {
    apart: t('mend.apart', { count: to.length }),
    scheme: t('mend.scheme'),
    tidied: t('mend.tidied'),
    guessed: t('mend.guessed'),
    leftOut: t('mend.leftOut'),
    repeated: t(`mend.${sameness ?? 'same'}`),
  };
  // The addresses that were in one line stand apart in the field.
  const after: ReactNode = ['scheme', 'tidied', 'guessed', 'repeated'].includes(
    kind,
  ) ? (
    <>
      {' → '}
      <Shown>{to[0]}</Shown>
    </>
  ) : null;
  return (
    <li>
      <strong>{t('form.line', { line: String(line) })}</strong> {words[kind]}{' '}
      <Shown>{from}</Shown>
      {after}
    </li>
  );
}

/** What was mended of a paste, and the way back. */
export function Mends(props: {
  mends: readonly TargetMend[];
  onUndo: () => void;
}) {
  const { mends } = props;
  const { t } = useWords();
  const more = mends.length - SHOWN;
  return (
    <div role="status" className={styles.mends}>
      {mends.length > 0 && (
        <Flex direction="column" gap="2" align="start">
          <Text as="p" weight="bold">
            {t('mend.title')}
          </Text>
          <ul className={styles.problems} aria-label={t('mend.title')}>
            {mends.slice(0, SHOWN).map((mend, index) => (
              <Mend key={index} mend={mend} />
            ))}
            {more > 0 && <li>{t('common.andMore', { count: more })}</li>}
          </ul>
          <Button size="small" variant="secondary" onPress={props.onUndo}>
            {t('mend.undo')}
          </Button>
        </Flex>
      )}
    </div>
  );
}
