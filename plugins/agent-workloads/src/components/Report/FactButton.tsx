import type { ReactNode } from 'react';
import type { Fact } from '@agentworkloads/api';
import { factText } from '../../lib/factText';
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
  const text = props.children ?? factText(fact);
  return (
    <button
      type="button"
      className={styles.fact}
      title="Show the proof"
      aria-label={props.label}
      onClick={() => onProof(fact)}
    >
      {text}
    </button>
  );
}
