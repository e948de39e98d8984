import { useState } from 'react';
import { Button, Text } from '@backstage/ui';
import type { Fact } from '@agentic/api';
import type { Company, PlanOffer } from '../../lib/comparison';
import { factText, factValue, monthText, priceTerms } from '../../lib/factText';
import { FactButton } from './FactButton';
import styles from './Report.module.css';

const SHOWN_FEATURES = 4;

type OnProof = (fact: Fact) => void;

function Prices(props: { plan: PlanOffer; onProof: OnProof }) {
  const { prices, terms } = props.plan;
  const contact = terms.find(fact => fact.kind === 'contact');
  if (!prices.length && contact) {
    return (
      <>
        On request:{' '}
        <FactButton fact={contact} onProof={props.onProof}>
          {factText(contact)}
        </FactButton>
      </>
    );
  }
  if (!prices.length) {
    return <Text color="secondary">no price on the page</Text>;
  }
  return <PriceLines prices={prices} onProof={props.onProof} />;
}

function PriceLines(props: { prices: readonly Fact[]; onProof: OnProof }) {
  return (
    <>
      {props.prices.map(price => (
        <div key={price.id} className={styles.price}>
          <FactButton fact={price} onProof={props.onProof}>
            <strong>{factValue(price)}</strong>
          </FactButton>{' '}
          <span className={styles.terms}>{priceTerms(price)}</span>
        </div>
      ))}
    </>
  );
}

/** What each price comes to a month, in the order of the prices beside it; a dash for one that no month can be made of. */
function Months(props: { prices: readonly Fact[] }) {
  const months = props.prices.map(price => ({
    id: price.id,
    text: monthText(price),
  }));
  if (!months.some(month => month.text)) {
    return <Text color="secondary">—</Text>;
  }
  return (
    <>
      {months.map(month => (
        <div key={month.id} className={styles.price}>
          {month.text || '—'}
        </div>
      ))}
    </>
  );
}

function Features(props: { plan: PlanOffer; onProof: OnProof }) {
  const [all, setAll] = useState(false);
  const { terms, features } = props.plan;
  // A button's words say nothing of the plan, and whom to ask stands where the price would.
  const facts = [
    ...features,
    ...terms.filter(fact => fact.kind !== 'cta' && fact.kind !== 'contact'),
  ];
  const more = facts.length - SHOWN_FEATURES;
  return (
    <>
      <ul className={styles.features}>
        {facts.slice(0, all ? undefined : SHOWN_FEATURES).map(fact => (
          <li key={fact.id}>
            <FactButton fact={fact} onProof={props.onProof}>
              {factText(fact)}
            </FactButton>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={all}
          onPress={() => setAll(!all)}
        >
          {all ? 'Show fewer' : `${more} more`}
        </Button>
      )}
    </>
  );
}

/** What it calls itself, and its host, which nobody can choose. */
export function CompanyLabel({ company }: { company: Company }) {
  return (
    <>
      <bdi>{company.name}</bdi>{' '}
      {company.name !== company.host && (
        <span className={styles.terms}>{company.host}</span>
      )}
    </>
  );
}

/** What each company asks for each plan, cheapest first; every number opens its proof. */
export function PriceTable(props: {
  companies: readonly Company[];
  onProof: OnProof;
  /** Without months and features, for the gate panel. */
  brief?: boolean;
}) {
  const companies = props.companies.filter(
    company => company.plans.length || company.unnamed.length,
  );
  if (!companies.length) {
    return (
      <Text as="p" color="secondary">
        No plans or prices were found on the pages.
      </Text>
    );
  }
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>
          Plans and prices by company; press a value for its proof
        </caption>
        <thead>
          <tr>
            <th scope="col">Company and plan</th>
            <th scope="col">Price</th>
            {!props.brief && <th scope="col">A month</th>}
            {!props.brief && <th scope="col">What is in it</th>}
          </tr>
        </thead>
        {companies.map(company => (
          <tbody key={company.host}>
            <tr>
              <th scope="rowgroup" colSpan={props.brief ? 2 : 4}>
                <CompanyLabel company={company} />
              </th>
            </tr>
            {company.plans.map(plan => (
              <tr key={plan.name}>
                <th scope="row">{plan.name}</th>
                <td>
                  <Prices plan={plan} onProof={props.onProof} />
                </td>
                {!props.brief && (
                  <td>
                    <Months prices={plan.prices} />
                  </td>
                )}
                {!props.brief && (
                  <td>
                    <Features plan={plan} onProof={props.onProof} />
                  </td>
                )}
              </tr>
            ))}
            {company.unnamed.length > 0 && (
              <tr>
                <th scope="row">
                  <Text color="secondary">no plan named</Text>
                </th>
                <td>
                  <PriceLines
                    prices={company.unnamed}
                    onProof={props.onProof}
                  />
                </td>
                {!props.brief && (
                  <td>
                    <Months prices={company.unnamed} />
                  </td>
                )}
                {!props.brief && <td />}
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}
