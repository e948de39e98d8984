import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import type { ChangesQuery } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { agentWorkloadsApiRef } from '../../api';
import { problemOf } from '../../lib/problem';
import { saveAs } from '../../lib/saveAs';
import { useWords } from '../../translation/words';

/** All that the filters find as a file, not only this page. */
export function CsvButton(props: { query: ChangesQuery }) {
  const words = useWords();
  const { t } = words;
  const api = useApi(agentWorkloadsApiRef);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const download = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { cursor: _, ...query } = props.query;
      const response = await api.openChangesCsv(query);
      saveAs(await response.blob(), 'changes.csv');
    } catch (error) {
      setProblem(problemOf(error, t('what.file'), words).description);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Flex direction="column" align="start" gap="1">
      <Button
        size="small"
        variant="secondary"
        isPending={busy}
        iconStart={<RiDownloadLine aria-hidden />}
        aria-label={t('changes.downloadCsv')}
        onPress={download}
      >
        {t('changes.csv')}
      </Button>
      {problem && (
        <Text color="danger" variant="body-small" role="alert">
          {problem}
        </Text>
      )}
    </Flex>
  );
}
