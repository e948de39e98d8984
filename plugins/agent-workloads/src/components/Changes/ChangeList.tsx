import { useState, type ReactNode } from 'react';
import { Button, Flex } from '@backstage/ui';
import type { ShownChange } from '../../lib/shownChange';
import { useWords } from '../../translation/words';
import { RefusalState } from '../states';
import { ChangeCard, type Side } from './ChangeCard';
import { ChangeProof } from './ChangeProof';
import styles from './Changes.module.css';
import { useChangeActions } from './useChangeActions';
import { WrongDialog } from './WrongDialog';

/** Changes one below the other: in columns where there is room, stacked on a phone. */
export function ChangeList(props: {
  label: string;
  changes: readonly ShownChange[];
  /** Show so many until asked for all. */
  folded?: number;
  /** What is shown beside the words of a change. */
  pictures?: (shown: ShownChange) => ReactNode;
}) {
  const { changes, label, folded = Infinity } = props;
  const { t } = useWords();
  const { actions, asked, forget, problem, say } = useChangeActions();
  const [proof, setProof] = useState<{ shown: ShownChange; side: Side }>();
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, folded);
  return (
    <Flex direction="column" gap="3">
      {problem && <RefusalState {...problem} />}
      <ul className={styles.list} aria-label={label}>
        {shown.map(one => (
          <ChangeCard
            key={one.key}
            shown={one}
            actions={actions}
            pictures={props.pictures?.(one)}
            onProof={(of, side) => setProof({ shown: of, side })}
          />
        ))}
      </ul>
      {shown.length < changes.length && (
        <Flex>
          <Button size="small" variant="secondary" onPress={() => setAll(true)}>
            {t('changes.showAll', { count: changes.length })}
          </Button>
        </Flex>
      )}
      {proof && <ChangeProof {...proof} onClose={() => setProof(undefined)} />}
      {asked && (
        <WrongDialog
          item={asked}
          onSay={reason => say(asked, reason)}
          onClose={forget}
        />
      )}
    </Flex>
  );
}
