import { useState } from 'react';
import { Alert, Flex, Text } from '@backstage/ui';
import { proseNote, type Fact, type Report } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { compare } from '../../lib/comparison';
import { formatDate } from '../../lib/time';
import { ProofDialog } from '../Facts';
import { ComparedChanges } from './ComparedChanges';
import { Downloads } from './Downloads';
import { Findings } from './Findings';
import { NotComparedList } from './NotComparedList';
import { NotObserved } from './NotObserved';
import { PriceTable } from './PriceTable';
import { Section } from './Section';
import { Summary } from './Summary';
import styles from './Report.module.css';

/** A report drawn from report.json. All of its text is text: none of it is ever markup. */
export function ReportView(props: {
  run: RunRef & { uid?: string };
  report: Report;
  artifacts?: Readonly<Record<string, unknown>>;
}) {
  const { run, report } = props;
  const [proof, setProof] = useState<Fact>();
  const companies = compare(report.facts);
  const { notCompared = [] } = report;
  const seen = report.pages.filter(page => !page.reason).length;
  return (
    <article aria-label="Competitor report" className={styles.report}>
      <Flex direction="column" gap="6">
        <Flex
          justify="between"
          align="start"
          gap="4"
          style={{ flexWrap: 'wrap' }}
        >
          <Flex direction="column" gap="1">
            <Text as="h2" variant="title-small" weight="bold">
              Competitor report
            </Text>
            <Text as="p" variant="body-small" color="secondary">
              {formatDate(report.generatedAt)} · {seen} of {report.pages.length}{' '}
              pages observed · {report.facts.length} facts, each with its proof.{' '}
              {proseNote(report)}
            </Text>
          </Flex>
          <Downloads run={run} artifacts={props.artifacts} />
        </Flex>
        {report.degraded.length > 0 && (
          <Alert
            status="warning"
            icon
            title="This report is not complete"
            description={report.degraded.join(' ')}
          />
        )}
        <Section title="Changes since the last report">
          <ComparedChanges
            run={run}
            comparison={report}
            pages={report.pages}
            facts={report.facts}
            uid={run.uid}
          />
        </Section>
        {notCompared.length > 0 && (
          <Section title={`Not compared (${notCompared.length})`}>
            <NotComparedList items={notCompared} />
          </Section>
        )}
        {report.summary.length > 0 && (
          <Section title="In short">
            <Summary report={report} onProof={setProof} />
          </Section>
        )}
        <Section title="Plans and prices">
          <PriceTable companies={companies} onProof={setProof} />
        </Section>
        <Findings companies={companies} onProof={setProof} />
        {report.notObserved.length > 0 && (
          <Section title={`Not observed (${report.notObserved.length})`}>
            <NotObserved items={report.notObserved} />
          </Section>
        )}
      </Flex>
      {proof && (
        <ProofDialog
          run={run}
          fact={proof}
          pages={report.pages}
          onClose={() => setProof(undefined)}
        />
      )}
    </article>
  );
}
