import { Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvidence } from '../../hooks/queries';
import { evidenceVersion } from '../../lib/evidenceVersion';
import { useWords } from '../../translation/words';
import { NotObserved } from '../Report/NotObserved';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { PageThumbnails } from './PageThumbnails';

export function ScreenshotsTab(props: { run: RunDetail }) {
  const { run } = props;
  const { t } = useWords();
  const evidence = useEvidence(run, evidenceVersion(run));
  if (evidence.error && !evidence.data) {
    return (
      <ErrorState
        error={evidence.error}
        what={t('what.screenshots')}
        onRetry={() => evidence.refetch()}
      />
    );
  }
  if (!evidence.data) {
    return <LoadingState what={t('what.screenshots')} rows={6} />;
  }
  const { manifest, shots } = evidence.data;
  const seen = (manifest?.pages ?? []).filter(page => page.shots.length > 0);
  const missing = (manifest?.pages ?? []).flatMap(({ url, reason, detail }) =>
    reason ? [{ url, reason, detail }] : [],
  );
  if (!manifest) {
    return (
      <EmptyState
        title={t('shots.notYet')}
        description={t('shots.notYetText')}
      />
    );
  }
  return (
    <Flex direction="column" gap="5">
      {seen.length ? (
        <PageThumbnails run={run} pages={seen} shots={shots} heading="h3" />
      ) : (
        <EmptyState title={t('shots.none')} description={t('shots.noneText')} />
      )}
      {missing.length > 0 && (
        <Flex direction="column" gap="3">
          <Text as="h3" variant="title-x-small" weight="bold">
            {t('report.notObserved', { number: missing.length })}
          </Text>
          <NotObserved items={missing} />
        </Flex>
      )}
    </Flex>
  );
}
