import { Text } from '@backstage/ui';
import type { Fact } from '@agentworkloads/api';
import type { PlanOffer } from '../../lib/comparison';
import { factText, factValue, priceTerms } from '../../lib/factText';
import { useWords } from '../../translation/words';
import { FactButton } from './FactButton';
import styles from './Report.module.css';

export type OnProof = (fact: Fact) => void;

/** What stands where a plan shows no price: whom to ask, or that there is none. */
export function NoPrice(props: { plan: PlanOffer; onProof: OnProof }) {
  const words = useWords();
  const contact = props.plan.terms.find(fact => fact.kind === 'contact');
  if (!contact)
    return <Text color="secondary">{words.t('prices.noPrice')}</Text>;
  return (
    <>
      {words.t('prices.onRequest', {
        contact: (
          <FactButton fact={contact} onProof={props.onProof}>
            {factText(contact, words)}
          </FactButton>
        ),
      })}
    </>
  );
}

/** An amount that opens its proof, and what it buys. */
export function Price(props: {
  price: Fact;
  /** On how many pages it stands, where it is more than one. */
  pages?: number;
  onProof: OnProof;
}) {
  const words = useWords();
  return (
    <>
      <FactButton fact={props.price} onProof={props.onProof}>
        <strong>{factValue(props.price, words)}</strong>
      </FactButton>{' '}
      <span className={styles.terms}>
        {priceTerms(props.price, words)}
        {props.pages && ` ${words.t('prices.onPages', { count: props.pages })}`}
      </span>
    </>
  );
}

/** What comes on top, in the words of the page; nothing where nothing does. */
export function Charges(props: { facts: readonly Fact[]; onProof: OnProof }) {
  if (props.facts.length === 0) return null;
  return (
    <ul className={styles.charges}>
      {props.facts.map(fact => (
        <li key={fact.id}>
          <FactButton fact={fact} onProof={props.onProof} />
        </li>
      ))}
    </ul>
  );
}
