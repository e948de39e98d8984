import { useSearchParams } from 'react-router-dom';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Flex, Link, Text } from '@backstage/ui';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useChanges, useReport, WithQueries } from '../../hooks/queries';
import { phaseView } from '../../lib/phases';
import { runTitle } from '../../lib/runTitle';
import { changesRouteRef } from '../../routes';
import { useWords } from '../../translation/words';
import { LatestChanges } from '../Changes';
import { NewScrapeButton, useRunHref } from '../Links';
import { ReportView } from '../Report';
import { ClusterBanner, EmptyState, ErrorState, LoadingState } from '../states';
import styles from './EntityReport.module.css';
import { ReportHistory } from './ReportHistory';
import { TwoReports } from './TwoReports';
import { useEntityRuns } from './useEntityRuns';

const SHOWN_CHANGES = 5;
const LOOKED_AT = 50;

function OnTheWay(props: { runs: readonly RunListItem[] }) {
  const words = useWords();
  const { t } = words;
  const runHref = useRunHref();
  const waiting = props.runs.find(run => run.phase === 'AwaitingApproval');
  const run = waiting ?? props.runs[0];
  if (!run) {
    return null;
  }
  return (
    <Alert
      className={styles.onTheWay}
      status={waiting ? 'warning' : 'info'}
      icon
      title={waiting ? t('entity.reportWaits') : t('entity.reportOnTheWay')}
      description={`${runTitle(run)}: ${
        phaseView(run.phase, words).explanation
      }`}
      customActions={
        <ButtonLink size="small" variant="secondary" href={runHref(run)}>
          {waiting ? t('entity.openGate') : t('entity.followRun')}
        </ButtonLink>
      }
    />
  );
}

function ShownReport(props: { run: RunListItem }) {
  const { run } = props;
  const report = useReport(run);
  const { t } = useWords();
  const runHref = useRunHref();
  if (report.error && !report.data) {
    return (
      <ErrorState
        error={report.error}
        what={t('what.report')}
        onRetry={() => report.refetch()}
      />
    );
  }
  if (!report.data) {
    return <LoadingState what={t('what.report')} rows={8} />;
  }
  return (
    <Flex direction="column" gap="4">
      <Text as="p" color="secondary">
        {t('entity.fromRun', {
          run: <Link href={runHref(run)}>{run.name}</Link>,
          objective: run.objective,
        })}
      </Text>
      <ReportView run={run} report={report.data} />
    </Flex>
  );
}

/** What the report that is shown does not say: the last changes of the others. */
function OtherChanges(props: { entityRef: string; shown: RunListItem }) {
  const { entityRef, shown } = props;
  const { t } = useWords();
  const changes = useChanges({ entityRef, limit: LOOKED_AT });
  const allChanges = useRouteRef(changesRouteRef)?.();
  const items = (changes.data?.items ?? [])
    .filter(({ workloadUid }) => workloadUid !== shown.uid)
    .slice(0, SHOWN_CHANGES);
  if (changes.error && !changes.data) {
    return (
      <ErrorState
        error={changes.error}
        what={t('what.otherChanges')}
        onRetry={() => changes.refetch()}
      />
    );
  }
  if (!items.length) return null;
  return (
    <section aria-label={t('entity.otherChanges')}>
      <Flex direction="column" gap="2" align="start">
        <Text as="h3" variant="title-x-small" weight="bold">
          {t('entity.otherChanges')}
        </Text>
        <LatestChanges items={items} />
        <Link href={`${allChanges}?${new URLSearchParams({ entityRef })}`}>
          {t('entity.allChanges')}
        </Link>
      </Flex>
    </section>
  );
}

function Reports(props: {
  reports: readonly RunListItem[];
  inAll: number;
  shown: RunListItem;
  beside?: RunListItem;
}) {
  const { reports, shown, beside } = props;
  const [, setParams] = useSearchParams();
  const show = (run: RunListItem, second?: RunListItem) =>
    setParams(
      { report: run.uid, ...(second && { with: second.uid }) },
      { replace: true },
    );
  return (
    <div className={styles.columns}>
      {beside ? (
        <TwoReports reports={[shown, beside]} onClose={() => show(shown)} />
      ) : (
        <ShownReport key={shown.uid} run={shown} />
      )}
      {reports.length > 1 && (
        <ReportHistory
          reports={reports}
          inAll={props.inAll}
          shown={shown}
          beside={beside}
          onChoose={run => show(run)}
          onCompare={run => show(shown, run)}
        />
      )}
    </div>
  );
}

function Content() {
  const { t } = useWords();
  const { entityRef, values, runs, reports, reportsInAll, onTheWay } =
    useEntityRuns();
  const [params] = useSearchParams();
  const named = (name: string) =>
    reports.find(({ uid }) => uid === params.get(name));
  const shown: RunListItem | undefined = named('report') ?? reports[0];
  const other = named('with');
  return (
    <Flex direction="column" gap="5" className={styles.content}>
      <ClusterBanner clusters={runs.data?.clusters} />
      {runs.isPending && <LoadingState what={t('what.reports')} rows={6} />}
      {runs.error && !runs.data && (
        <ErrorState
          error={runs.error}
          what={t('what.reportsOfEntity')}
          onRetry={() => runs.refetch()}
        />
      )}
      <OnTheWay runs={onTheWay} />
      {runs.data && !shown && (
        <EmptyState
          title={t('entity.none')}
          description={t('entity.noneText')}
          action={<NewScrapeButton {...values} />}
        />
      )}
      {shown && (
        <>
          <Flex justify="end">
            <NewScrapeButton {...values} variant="secondary" />
          </Flex>
          <OtherChanges entityRef={entityRef} shown={shown} />
          <Reports
            reports={reports}
            inAll={reportsInAll}
            shown={shown}
            beside={other?.uid === shown.uid ? undefined : other}
          />
        </>
      )}
    </Flex>
  );
}

/** Tab of an entity: its last competitor report, and the earlier ones in a list. */
export function EntityReportContent() {
  return (
    <WithQueries>
      <Content />
    </WithQueries>
  );
}
