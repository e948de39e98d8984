import { Text } from '@backstage/ui';
import type { Fact, Report } from '@agentworkloads/api';
import { factText } from '../../lib/factText';
import { useWords } from '../../translation/words';
import { FactButton } from './FactButton';
import styles from './Report.module.css';

/** The first sentences of a report; behind each a number for each fact that it is made of, which opens the proof. */
export function Summary(props: {
  report: Pick<Report, 'summary' | 'facts'>;
  onProof: (fact: Fact) => void;
}) {
  const words = useWords();
  const byId = new Map(props.report.facts.map(fact => [fact.id, fact]));
  return (
    <ul className={styles.summary}>
      {props.report.summary.map(({ text, factIds, chosenBy }, index) => (
        <li key={index}>
          <span>{text}</span>
          {factIds
            .flatMap(id => byId.get(id) ?? [])
            .map((fact, place) => (
              <sup key={fact.id} className={styles.mark}>
                <FactButton
                  fact={fact}
                  onProof={props.onProof}
                  label={words.t('proof.showOf', {
                    fact: `${fact.subject} ${factText(fact, words)}`,
                  })}
                >
                  {place + 1}
                </FactButton>
              </sup>
            ))}
          {chosenBy === 'model' && (
            <Text variant="body-x-small" color="secondary">
              {` ${words.t('report.chosen')}`}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
