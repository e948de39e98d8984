import type { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import type { Change, Fact } from '@agentworkloads/api';
import {
  sortedChanges,
  suspicionText,
  unchangedSentence,
  whyNotCompared,
  type Comparison,
} from '../../lib/changes';
import { changeText, factKindLabel } from '../../lib/factText';
import { hostOf } from '../../lib/safeUrl';
import { ToneBadge } from '../PhaseBadge';
import { FactButton } from './FactButton';
import styles from './Report.module.css';

const WORDS: Record<Change['kind'], string> = {
  added: 'New',
  removed: 'Gone',
  changed: 'Changed',
};

export function ChangesTable(props: {
  comparison: Comparison;
  facts: readonly Fact[];
  onProof: (fact: Fact) => void;
  /** What is shown below a change. @param words the change in words */
  pictures?: (change: Change, words: string) => ReactNode;
}) {
  const { comparison, facts } = props;
  const changes = sortedChanges(comparison.changes);
  if (!changes.length) {
    return (
      <Text as="p" color="secondary">
        {whyNotCompared(comparison) ?? unchangedSentence(comparison)}
      </Text>
    );
  }
  const byId = new Map(facts.map(fact => [fact.id, fact]));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Company</th>
            <th scope="col">About</th>
            <th scope="col">Before and after</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, index) => {
            const fact = change.factId ? byId.get(change.factId) : undefined;
            return (
              <tr key={index}>
                <td>
                  <ToneBadge
                    tone={change.kind === 'removed' ? 'neutral' : 'info'}
                  >
                    {WORDS[change.kind]}
                  </ToneBadge>
                </td>
                <td>{hostOf(change.url)}</td>
                <th scope="row">
                  {factKindLabel(change.factKind)}: {change.subject}
                  {change.suspect && (
                    <Text as="div" variant="body-small" color="secondary">
                      Unusual: {suspicionText(change)}
                    </Text>
                  )}
                </th>
                <td>
                  {fact ? (
                    <FactButton fact={fact} onProof={props.onProof}>
                      {changeText(change, fact)}
                    </FactButton>
                  ) : (
                    changeText(change)
                  )}
                  {props.pictures?.(change, changeText(change, fact))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
