import type { ReactNode } from 'react';
import type { Fact } from '@agentworkloads/api';
import { factText } from '../../lib/factText';
import { useWords } from '../../translation/words';
import styles from './Report.module.css';

/** A fact that opens its proof. */
export function FactButton(props: {
  fact: Fact;
  onProof: (fact: Fact) => void;
  children?: ReactNode;
  /** Its name where the children alone say too little. */
  label?: string;
}) {
  const { fact, onProof } = props;
  const words = useWords();
  const text = props.children ?? factText(fact, words);
  return (
    <button
      type="button"
      className={styles.fact}
      title={words.t('proof.show')}
      aria-label={props.label}
      onClick={() => onProof(fact)}
    >
      {text}
    </button>
  );
}
