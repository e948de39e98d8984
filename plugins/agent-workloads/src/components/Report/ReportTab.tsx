import { isFinalPhase } from '@agentworkloads/api';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useReport } from '../../hooks/queries';
import { phaseView } from '../../lib/phases';
import { useWords, type Words } from '../../translation/words';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { ReportView } from './ReportView';

function noReportYet(run: RunDetail, words: Words): string {
  const { t } = words;
  if (run.phase === 'AwaitingApproval') {
    return t('report.afterApproval');
  }
  return isFinalPhase(run.phase)
    ? t('report.endedWithout', { why: phaseView(run.phase, words).explanation })
    : t('report.comesByItself');
}

export function ReportTab(props: { run: RunDetail }) {
  const { run } = props;
  const words = useWords();
  const { t } = words;
  const report = useReport(run.hasReport ? run : undefined);
  if (!run.hasReport) {
    return (
      <EmptyState
        title={t('report.none')}
        description={noReportYet(run, words)}
      />
    );
  }
  if (report.error && !report.data) {
    return (
      <ErrorState
        error={report.error}
        what={t('what.report')}
        onRetry={() => report.refetch()}
      />
    );
  }
  return report.data ? (
    <ReportView run={run} report={report.data} artifacts={run.artifacts} />
  ) : (
    <LoadingState what={t('what.report')} rows={8} />
  );
}
