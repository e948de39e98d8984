import { useId, type ReactNode } from 'react';
import { Text, VisuallyHidden } from '@backstage/ui';
import type { Company, PlanOffer } from '../../lib/comparison';
import { monthText } from '../../lib/factText';
import { tiersOf, type Tier } from '../../lib/tiers';
import { useWords, type Words } from '../../translation/words';
import { CompanyLabel } from './CompanyLabel';
import { Charges, NoPrice, Price, type OnProof } from './PriceParts';
import styles from './Report.module.css';

function tierName({ kind, rank }: Tier, { t }: Words): string {
  return rank === undefined
    ? t(`prices.tier.${kind as Exclude<Tier['kind'], 'paid'>}`)
    : t('prices.tier.paid', { rank });
}

function Plan(props: {
  plan: PlanOffer;
  pagesOf: Company['pagesOf'];
  onProof: OnProof;
}) {
  const { plan, onProof } = props;
  const words = useWords();
  return (
    <div className={styles.plan}>
      <bdi className={styles.planName}>{plan.name}</bdi>
      {plan.prices.map(price => {
        const isOfMonth = price.unit?.period === 'month';
        const month = isOfMonth ? '' : monthText(price, words);
        return (
          <div key={price.id}>
            <Price
              price={price}
              pages={props.pagesOf.get(price.id)}
              onProof={onProof}
            />
            {month && (
              <div className={styles.terms}>
                {words.t('prices.monthly', { amount: month })}
              </div>
            )}
          </div>
        );
      })}
      {plan.prices.length === 0 && <NoPrice plan={plan} onProof={onProof} />}
      <Charges facts={plan.charges} onProof={onProof} />
    </div>
  );
}

function Row(props: {
  name: string;
  companies: readonly Company[];
  cell: (company: Company, place: number) => ReactNode;
}) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">{props.name}</th>
      {props.companies.map((company, place) => (
        <td key={company.host}>
          {props.cell(company, place) ?? (
            <>
              <span aria-hidden>—</span>
              <VisuallyHidden>{t('prices.nothingHere')}</VisuallyHidden>
            </>
          )}
        </td>
      ))}
    </tr>
  );
}

/** Prices that stand under no plan's name, and what is paid on top: each a row, where any company has some. */
function BesidePlans(props: {
  companies: readonly Company[];
  onProof: OnProof;
}) {
  const { companies, onProof } = props;
  const { t } = useWords();
  const unnamedOf = ({ unnamed, pagesOf }: Company) =>
    unnamed.map(price => (
      <div key={price.id}>
        <Price price={price} pages={pagesOf.get(price.id)} onProof={onProof} />
      </div>
    ));
  return (
    <>
      {companies.some(({ unnamed }) => unnamed.length > 0) && (
        <Row
          name={t('prices.noPlan')}
          companies={companies}
          cell={company =>
            company.unnamed.length > 0 ? unnamedOf(company) : undefined
          }
        />
      )}
      {companies.some(({ charges }) => charges.length > 0) && (
        <Row
          name={t('prices.onTop')}
          companies={companies}
          cell={({ charges }) =>
            charges.length > 0 ? (
              <Charges facts={charges} onProof={onProof} />
            ) : undefined
          }
        />
      )}
    </>
  );
}

/** Companies as columns, their plans as rows by place from cheap to dear; every number opens its proof. */
export function TierTable(props: {
  companies: readonly Company[];
  onProof: OnProof;
}) {
  const { companies, onProof } = props;
  const words = useWords();
  const { t } = words;
  const about = useId();
  return (
    <>
      <Text as="p" variant="body-small" color="secondary" id={about}>
        {t('prices.tiersCaption')}
      </Text>
      <div className={styles.scroll}>
        <table
          className={styles.table}
          aria-label={t('prices.sideBySide')}
          aria-describedby={about}
        >
          <thead>
            <tr>
              <td />
              {companies.map(company => (
                <th key={company.host} scope="col">
                  <CompanyLabel company={company} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tiersOf(companies).map(tier => (
              <Row
                key={`${tier.kind} ${tier.rank}`}
                name={tierName(tier, words)}
                companies={companies}
                cell={({ pagesOf }, place) =>
                  tier.cells[place].length > 0
                    ? tier.cells[place].map(plan => (
                        <Plan
                          key={plan.name}
                          plan={plan}
                          pagesOf={pagesOf}
                          onProof={onProof}
                        />
                      ))
                    : undefined
                }
              />
            ))}
            <BesidePlans companies={companies} onProof={onProof} />
          </tbody>
        </table>
      </div>
    </>
  );
}
