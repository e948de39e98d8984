import type { Fact } from '@agentworkloads/api';
import type { Company } from '../../lib/comparison';
import { factKindLabel, factText } from '../../lib/factText';
import { useWords } from '../../translation/words';
import { FactButton } from './FactButton';
import { CompanyLabel } from './CompanyLabel';
import { Section } from './Section';
import styles from './Report.module.css';

type OnProof = (fact: Fact) => void;

function FactList(props: {
  facts: readonly Fact[];
  onProof: OnProof;
  withKind?: boolean;
}) {
  const words = useWords();
  return (
    <ul className={styles.findings}>
      {props.facts.map(fact => (
        <li key={fact.id}>
          {props.withKind && (
            <span className={styles.terms}>
              {words.t('report.ofKind', {
                kind: factKindLabel(fact.kind, words),
              })}
            </span>
          )}
          <FactButton fact={fact} onProof={props.onProof}>
            {factText(fact, words)}
          </FactButton>
        </li>
      ))}
    </ul>
  );
}

/** Headlines side by side, and what else the pages say that belongs to no plan. */
export function Findings(props: {
  companies: readonly Company[];
  onProof: OnProof;
}) {
  const { companies, onProof } = props;
  const { t } = useWords();
  const withHeadlines = companies.filter(company => company.headlines.length);
  const withOther = companies.filter(company => company.other.length);
  return (
    <>
      {withHeadlines.length > 0 && (
        <Section title={t('report.headlines')}>
          <div className={styles.companies}>
            {withHeadlines.map(company => (
              <div key={company.host}>
                <h4 className={styles.company}>
                  <CompanyLabel company={company} />
                </h4>
                <FactList facts={company.headlines} onProof={onProof} />
              </div>
            ))}
          </div>
        </Section>
      )}
      {withOther.length > 0 && (
        <Section title={t('report.also')}>
          <div className={styles.companies}>
            {withOther.map(company => (
              <div key={company.host}>
                <h4 className={styles.company}>
                  <CompanyLabel company={company} />
                </h4>
                <FactList facts={company.other} onProof={onProof} withKind />
              </div>
            ))}
          </div>
        </Section>
      )}
    </>
  );
}
