import { useState, type ReactNode } from 'react';
import { Button, Text } from '@backstage/ui';
import type { Fact } from '@agentworkloads/api';
import { hasPrices, type Company, type PlanOffer } from '../../lib/comparison';
import { factText, monthText } from '../../lib/factText';
import { useWords } from '../../translation/words';
import { CompanyLabel } from './CompanyLabel';
import { FactButton } from './FactButton';
import { Charges, NoPrice, Price, type OnProof } from './PriceParts';
import styles from './Report.module.css';

const SHOWN_FEATURES = 4;

function Features(props: { plan: PlanOffer; onProof: OnProof }) {
  const words = useWords();
  const { t } = words;
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
              {factText(fact, words)}
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
          {all ? t('prices.fewer') : t('common.moreOf', { count: more })}
        </Button>
      )}
    </>
  );
}

/** A row for each price, so that what it comes to a month stands beside it however the lines break. */
function Offer(props: {
  name: ReactNode;
  prices: readonly Fact[];
  /** In place of the prices where there are none. */
  noPrice?: ReactNode;
  /** What comes on top of the last price. */
  charges: readonly Fact[];
  /** What is in it; left out where nobody asks. */
  features?: ReactNode;
  brief?: boolean;
  pagesOf: Company['pagesOf'];
  onProof: OnProof;
}) {
  const { prices, brief } = props;
  const words = useWords();
  const rows: Array<Fact | undefined> = prices.length
    ? [...prices]
    : [undefined];
  return (
    <>
      {rows.map((price, index) => (
        <tr
          key={price?.id ?? 'none'}
          className={index < rows.length - 1 ? styles.goesOn : undefined}
        >
          {index === 0 && (
            <th scope="row" rowSpan={rows.length}>
              {props.name}
            </th>
          )}
          <td className={styles.price}>
            {price ? (
              <Price
                price={price}
                pages={props.pagesOf.get(price.id)}
                onProof={props.onProof}
              />
            ) : (
              props.noPrice
            )}
            {index === rows.length - 1 && (
              <Charges facts={props.charges} onProof={props.onProof} />
            )}
          </td>
          {!brief && (
            <td className={styles.price}>
              {(price && monthText(price, words)) || (
                <Text color="secondary">—</Text>
              )}
            </td>
          )}
          {!brief && index === 0 && (
            <td rowSpan={rows.length}>{props.features}</td>
          )}
        </tr>
      ))}
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
  const { t } = useWords();
  const companies = props.companies.filter(hasPrices);
  if (!companies.length) {
    return (
      <Text as="p" color="secondary">
        {t('prices.none')}
      </Text>
    );
  }
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t('prices.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('prices.companyAndPlan')}</th>
            <th scope="col">{t('prices.price')}</th>
            {!props.brief && <th scope="col">{t('prices.month')}</th>}
            {!props.brief && <th scope="col">{t('prices.contents')}</th>}
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
              <Offer
                key={plan.name}
                name={plan.name}
                prices={plan.prices}
                noPrice={<NoPrice plan={plan} onProof={props.onProof} />}
                charges={plan.charges}
                features={<Features plan={plan} onProof={props.onProof} />}
                brief={props.brief}
                pagesOf={company.pagesOf}
                onProof={props.onProof}
              />
            ))}
            {company.unnamed.length > 0 && (
              <Offer
                name={<Text color="secondary">{t('prices.noPlan')}</Text>}
                prices={company.unnamed}
                charges={[]}
                brief={props.brief}
                pagesOf={company.pagesOf}
                onProof={props.onProof}
              />
            )}
            {company.charges.length > 0 && (
              <tr>
                <th scope="row">{t('prices.onTop')}</th>
                <td colSpan={props.brief ? 1 : 3}>
                  <Charges facts={company.charges} onProof={props.onProof} />
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </div>
  );
}
