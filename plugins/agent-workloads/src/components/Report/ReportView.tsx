import { useState } from 'react';
import { Alert, Flex, Text } from '@backstage/ui';
import type { Fact, Report } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { compare } from '../../lib/comparison';
import { signInForms } from '../../lib/signInForms';
import { formatDate } from '../../lib/time';
import { useWords, type Words } from '../../translation/words';
import { ProofDialog } from '../Facts';
import { ComparedChanges } from './ComparedChanges';
import { Downloads } from './Downloads';
import { Findings } from './Findings';
import { NotComparedList } from './NotComparedList';
import { NotObserved } from './NotObserved';
import { Prices } from './Prices';
import { Section } from './Section';
import { Share } from './Share';
import { SignInForms } from './SignInForms';
import { Summary } from './Summary';
import styles from './Report.module.css';

interface ReportViewProps {
  run: RunRef & { uid?: string };
  report: Report;
  artifacts?: Readonly<Record<string, unknown>>;
}

/** How the summary came to be, as the files of the report say it. */
function proseNote({ prose }: Report, { t }: Words): string {
  const { removedSentences: count } = prose;
  const model = prose.model ?? t('report.aModel');
  if (prose.source === 'llm') return t('report.wordedByModel', { model });
  const note =
    prose.source === 'chosen'
      ? t('report.pickedByModel', { model })
      : t('report.fromFacts');
  return count ? t('report.choicesRefused', { note, count }) : note;
}

function Heading({ report }: { report: Report }) {
  const words = useWords();
  const { t } = words;
  const seen = report.pages.filter(page => !page.reason).length;
  return (
    <Flex direction="column" gap="1">
      <Text as="h2" variant="title-small" weight="bold">
        {t('report.title')}
      </Text>
      <Text as="p">{report.objective}</Text>
      <Text as="p" variant="body-small" color="secondary">
        {t('report.about', {
          date: formatDate(report.generatedAt, words),
          seen,
          pages: report.pages.length,
          facts: report.facts.length,
          note: proseNote(report, words),
        })}
      </Text>
      {report.reused && (
        <Text as="p" weight="bold">
          {t('report.seenBefore', {
            date: formatDate(report.reused.seenAt, words),
            run: report.reused.run,
          })}
        </Text>
      )}
    </Flex>
  );
}

function Head(props: ReportViewProps) {
  return (
    <Flex justify="between" align="start" gap="4" style={{ flexWrap: 'wrap' }}>
      <Heading report={props.report} />
      <Flex
        direction="column"
        align="start"
        gap="2"
        className={styles.onScreen}
      >
        <Downloads run={props.run} artifacts={props.artifacts} />
        <Share run={props.run} />
      </Flex>
    </Flex>
  );
}

/** A report drawn from report.json. All of its text is text: none of it is ever markup. */
export function ReportView(props: ReportViewProps) {
  const { run, report } = props;
  const { t } = useWords();
  const [proof, setProof] = useState<Fact>();
  const companies = compare(
    report.facts,
    report.pages.map(({ url }) => url),
  );
  const { notCompared = [] } = report;
  const forms = signInForms(report.pages);
  return (
    <article aria-label={t('report.title')} className={styles.report}>
      <Flex direction="column" gap="6">
        <Head {...props} />
        <Section title={t('report.changes')}>
          <ComparedChanges
            run={run}
            comparison={report}
            pages={report.pages}
            facts={report.facts}
            uid={run.uid}
          />
        </Section>
        {report.degraded.length > 0 && (
          <Alert
            status="warning"
            icon
            title={t('report.notComplete')}
            description={report.degraded.join(' ')}
          />
        )}
        {report.summary.length > 0 && (
          <Section title={t('report.inShort')}>
            <Summary report={report} onProof={setProof} />
          </Section>
        )}
        {notCompared.length > 0 && (
          <Section
            title={t('report.notCompared', { number: notCompared.length })}
          >
            <NotComparedList items={notCompared} />
          </Section>
        )}
        <Section title={t('report.plansAndPrices')}>
          <Prices companies={companies} onProof={setProof} />
        </Section>
        {report.notObserved.length > 0 && (
          <Section
            title={t('report.notObserved', {
              number: report.notObserved.length,
            })}
          >
            <NotObserved items={report.notObserved} />
          </Section>
        )}
        {forms.length > 0 && (
          <Section title={t('evidence.signIn', { number: forms.length })}>
            <SignInForms pages={forms} />
          </Section>
        )}
        <Findings companies={companies} onProof={setProof} />
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
