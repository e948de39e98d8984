import { Text } from '@backstage/ui';
import type { Fact, Report } from '@agentworkloads/api';
import { factText } from '../../lib/factText';
import { useWords } from '../../translation/words';
import { CopyButton } from '../CopyButton';
import { FactButton } from './FactButton';
import styles from './Report.module.css';

type Sentence = Report['summary'][number];

function Sentences(props: {
  sentences: readonly Sentence[];
  byId: ReadonlyMap<string, Fact>;
  onProof: (fact: Fact) => void;
}) {
  const words = useWords();
  return (
    <ul className={styles.summary}>
      {props.sentences.map(({ text, factIds, chosenBy }, index) => (
        <li key={index}>
          <span>{text}</span>
          {factIds
            .flatMap(id => props.byId.get(id) ?? [])
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

const IN_TABLE = ['plan', 'price', 'contact'];

/**
 * The first sentences of a report; behind each a number for each fact that it is made of, which opens the proof. What only says once more
 * what the table of plans and prices shows is folded, for pasting into a message.
 */
export function Summary(props: {
  report: Pick<Report, 'summary' | 'facts'>;
  onProof: (fact: Fact) => void;
}) {
  const { t } = useWords();
  const byId = new Map(props.report.facts.map(fact => [fact.id, fact]));
  const repeats = ({ factIds, chosenBy }: Sentence) =>
    chosenBy === 'facts' &&
    factIds.length > 0 &&
    factIds.every(id => IN_TABLE.includes(byId.get(id)?.kind ?? ''));
  const { summary } = props.report;
  const repeated = summary.filter(repeats);
  return (
    <>
      <Sentences
        sentences={summary.filter(sentence => !repeats(sentence))}
        byId={byId}
        onProof={props.onProof}
      />
      {repeated.length > 0 && (
        <details className={styles.folded}>
          <summary>{t('report.pricesInSentences')}</summary>
          <Sentences sentences={repeated} byId={byId} onProof={props.onProof} />
          <CopyButton
            text={repeated.map(({ text }) => text).join('\n')}
            label={t('report.copySentences')}
          />
        </details>
      )}
    </>
  );
}
