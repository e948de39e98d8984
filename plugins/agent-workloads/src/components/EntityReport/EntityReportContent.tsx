import { useSearchParams } from 'react-router-dom';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, ButtonLink, Flex, Link, Text } from '@backstage/ui';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useChanges, useReport, WithQueries } from '../../hooks/queries';
import { phaseView } from '../../lib/phases';
import { formatDate } from '../../lib/time';
import { changesRouteRef } from '../../routes';
import { LatestChanges } from '../Changes';
import { NewScrapeButton, useRunHref } from '../Links';
import { ReportView } from '../Report';
import { ClusterBanner, EmptyState, ErrorState, LoadingState } from '../states';
import styles from './EntityReport.module.css';
import { useEntityRuns } from './useEntityRuns';

const SHOWN_CHANGES = 5;
const LOOKED_AT = 50;

function OnTheWay(props: { runs: readonly RunListItem[] }) {
  const runHref = useRunHref();
  const waiting = props.runs.find(run => run.phase === 'AwaitingApproval');
  const run = waiting ?? props.runs[0];
  if (!run) {
    return null;
  }
  return (
    <Alert
      status={waiting ? 'warning' : 'info'}
      icon
      title={
        waiting
          ? 'A new report waits at its gate'
          : 'A new report is on its way'
      }
      description={`${run.name}: ${phaseView(run.phase).explanation}`}
      customActions={
        <ButtonLink size="small" variant="secondary" href={runHref(run)}>
          {waiting ? 'Open the gate' : 'Follow the run'}
        </ButtonLink>
      }
    />
  );
}

function Earlier(props: {
  reports: readonly RunListItem[];
  shown: RunListItem;
  onChoose: (run: RunListItem) => void;
}) {
  return (
    <nav aria-label="Reports of this entity" className={styles.earlier}>
      <Text as="h3" variant="body-medium" weight="bold">
        Reports
      </Text>
      <ul className={styles.list}>
        {props.reports.map((run, index) => (
          <li key={run.uid}>
            <button
              type="button"
              className={styles.choice}
              aria-current={run.uid === props.shown.uid || undefined}
              onClick={() => props.onChoose(run)}
            >
              <strong>
                {formatDate(run.finishedAt ?? run.createdAt)}
                {index === 0 && ' (latest)'}
              </strong>
              <span className={styles.quiet}>
                {run.summary?.changes
                  ? `${run.summary.changes} changes`
                  : run.name}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ShownReport(props: { run: RunListItem }) {
  const { run } = props;
  const report = useReport(run);
  const runHref = useRunHref();
  if (report.error && !report.data) {
    return (
      <ErrorState
        error={report.error}
        what="the report"
        onRetry={() => report.refetch()}
      />
    );
  }
  if (!report.data) {
    return <LoadingState what="the report" rows={8} />;
  }
  return (
    <Flex direction="column" gap="4">
      <Text as="p" color="secondary">
        From run <Link href={runHref(run)}>{run.name}</Link>: {run.objective}
      </Text>
      <ReportView run={run} report={report.data} />
    </Flex>
  );
}

/** What the report that is shown does not say: the last changes of the others. */
function OtherChanges(props: { entityRef: string; shown: RunListItem }) {
  const { entityRef, shown } = props;
  const changes = useChanges({ entityRef, limit: LOOKED_AT });
  const allChanges = useRouteRef(changesRouteRef)?.();
  const items = (changes.data?.items ?? [])
    .filter(({ workloadUid }) => workloadUid !== shown.uid)
    .slice(0, SHOWN_CHANGES);
  if (changes.error && !changes.data) {
    return (
      <ErrorState
        error={changes.error}
        what="what other reports changed"
        onRetry={() => changes.refetch()}
      />
    );
  }
  if (!items.length) return null;
  return (
    <section aria-label="Latest changes in other reports">
      <Flex direction="column" gap="2" align="start">
        <Text as="h3" variant="title-x-small" weight="bold">
          Latest changes in other reports
        </Text>
        <LatestChanges items={items} />
        <Link href={`${allChanges}?${new URLSearchParams({ entityRef })}`}>
          All changes of this entity
        </Link>
      </Flex>
    </section>
  );
}

function Content() {
  const { entityRef, values, runs, reports, onTheWay } = useEntityRuns();
  const [params, setParams] = useSearchParams();
  const shown =
    reports.find(run => run.uid === params.get('report')) ?? reports[0];
  return (
    <Flex direction="column" gap="5" className={styles.content}>
      <ClusterBanner clusters={runs.data?.clusters} />
      {runs.isPending && <LoadingState what="the reports" rows={6} />}
      {runs.error && !runs.data && (
        <ErrorState
          error={runs.error}
          what="the reports of this entity"
          onRetry={() => runs.refetch()}
        />
      )}
      <OnTheWay runs={onTheWay} />
      {runs.data && !shown && (
        <EmptyState
          title="No competitor report yet"
          description="Launch a scrape for this entity: its report, with the proof of every fact, is shown here once somebody approved it."
          action={<NewScrapeButton {...values} />}
        />
      )}
      {shown && (
        <>
          <Flex justify="end">
            <NewScrapeButton {...values} variant="secondary" />
          </Flex>
          <OtherChanges entityRef={entityRef} shown={shown} />
          <div className={styles.columns}>
            <ShownReport key={shown.uid} run={shown} />
            {reports.length > 1 && (
              <Earlier
                reports={reports}
                shown={shown}
                onChoose={run =>
                  setParams({ report: run.uid }, { replace: true })
                }
              />
            )}
          </div>
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
