import { isFinalPhase } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useReport } from '../../hooks/queries';
import { phaseView } from '../../lib/phases';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { ReportView } from './ReportView';

function noReportYet(run: RunDetail): string {
  if (run.phase === 'AwaitingApproval') {
    return 'It is written once the gate is approved. See the tab Overview.';
  }
  return isFinalPhase(run.phase)
    ? `${
        phaseView(run.phase).explanation
      } What was gathered is in the tabs Screenshots and Facts.`
    : 'It appears here by itself when the run has written it.';
}

export function ReportTab(props: { run: RunDetail }) {
  const { run } = props;
  const report = useReport(run.hasReport ? run : undefined);
  if (!run.hasReport) {
    return <EmptyState title="No report" description={noReportYet(run)} />;
  }
  if (report.error && !report.data) {
    return (
      <ErrorState
        error={report.error}
        what="the report"
        onRetry={() => report.refetch()}
      />
    );
  }
  return report.data ? (
    <ReportView run={run} report={report.data} artifacts={run.artifacts} />
  ) : (
    <LoadingState what="the report" rows={8} />
  );
}
