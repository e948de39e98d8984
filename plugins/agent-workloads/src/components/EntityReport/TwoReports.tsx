import { useState } from 'react';
import { Button, Flex, Switch, Text } from '@backstage/ui';
import {
  pagesSeenAt,
  type RunListItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useReport } from '../../hooks/queries';
import { sideBySide, type Said, type SideCompany } from '../../lib/sideBySide';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { ErrorState, LoadingState } from '../states';
import styles from './EntityReport.module.css';

/** @param beside - what the other report says: in bold is what it does not say */
function Prices({ said, beside }: { said: Said; beside?: Said }) {
  const { t } = useWords();
  if (said === undefined) {
    return <Text color="secondary">{t('finding.notInReport')}</Text>;
  }
  if (said.length === 0) {
    return <Text color="secondary">{t('prices.noPrice')}</Text>;
  }
  return (
    <>
      {said.map(price => (
        <div key={price}>
          {beside && !beside.includes(price) ? <strong>{price}</strong> : price}
        </div>
      ))}
    </>
  );
}

function Table(props: {
  companies: readonly SideCompany[];
  /** What the two columns are called. */
  columns: readonly [string, string];
}) {
  const { t } = useWords();
  return (
    <div className={styles.scroll}>
      <table className={styles.two}>
        <thead>
          <tr>
            <th scope="col">{t('prices.companyAndPlan')}</th>
            <th scope="col">{props.columns[0]}</th>
            <th scope="col">{props.columns[1]}</th>
          </tr>
        </thead>
        {props.companies.map(company => (
          <tbody key={company.host}>
            <tr>
              <th scope="rowgroup" colSpan={3}>
                <bdi>{company.name}</bdi>
              </th>
            </tr>
            {company.rows.map(row => (
              <tr key={row.plan}>
                <th scope="row">{row.plan}</th>
                <td>
                  <Prices said={row.earlier} />
                </td>
                <td>
                  <Prices said={row.later} beside={row.earlier ?? []} />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** The prices of two reports of an entity, the earlier one left. */
export function TwoReports(props: {
  reports: readonly [RunListItem, RunListItem];
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const [all, setAll] = useState(false);
  const [earlier, later] = [...props.reports].sort(
    (a, b) =>
      Date.parse(pagesSeenAt(a)) - Date.parse(pagesSeenAt(b)) ||
      (a.createdAt < b.createdAt ? -1 : 1),
  );
  const before = useReport(earlier);
  const after = useReport(later);
  const failed = [before, after].find(({ error, data }) => error && !data);
  if (failed) {
    return (
      <ErrorState
        error={failed.error}
        what={t('what.report')}
        onRetry={() => failed.refetch()}
      />
    );
  }
  if (!before.data || !after.data) {
    return <LoadingState what={t('what.reports')} rows={6} />;
  }
  const compared = sideBySide(before.data.facts, after.data.facts, words);
  const companies = compared
    .map(company => ({
      ...company,
      rows: company.rows.filter(row => all || !row.isSame),
    }))
    .filter(({ rows }) => rows.length > 0);
  const date = (run: RunListItem) => formatDate(pagesSeenAt(run), words);
  return (
    <section aria-label={t('finding.twoReports')}>
      <Flex direction="column" gap="3" align="start">
        <Text as="h2" variant="title-small" weight="bold">
          {t('finding.twoReports')}
        </Text>
        <Text as="p" color="secondary">
          {t('finding.twoReportsText')}
        </Text>
        <Flex gap="4" align="center" style={{ flexWrap: 'wrap' }}>
          <Switch
            label={t('finding.showSame')}
            isSelected={all}
            onChange={setAll}
          />
          <Button variant="secondary" size="small" onPress={props.onClose}>
            {t('finding.oneReport')}
          </Button>
        </Flex>
        {companies.length === 0 ? (
          <Text as="p">
            {t(compared.length > 0 ? 'finding.noDifference' : 'prices.none')}
          </Text>
        ) : (
          <Table companies={companies} columns={[date(earlier), date(later)]} />
        )}
      </Flex>
    </section>
  );
}
