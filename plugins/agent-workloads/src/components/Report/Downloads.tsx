import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { ARTIFACTS, DOWNLOADS } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiDownloadLine } from '@remixicon/react';
import { agentWorkloadsApiRef } from '../../api';
import { problemOf } from '../../lib/problem';
import { saveAs } from '../../lib/saveAs';
import { useWords, type Words } from '../../translation/words';

/** A file format calls itself everywhere the same, all but this one. */
const formatName = (artifact: string, label: string, { t }: Words) =>
  artifact === ARTIFACTS.pricesCsv ? t('report.csvOfPrices') : label;

/** The report as files. The HTML is saved, never shown here: it is made of text from other sites. */
export function Downloads(props: {
  run: RunRef;
  /** The run's artifacts by name, where they are known: what it lacks is not offered. */
  artifacts?: Readonly<Record<string, unknown>>;
}) {
  const { run, artifacts } = props;
  const words = useWords();
  const { t } = words;
  const api = useApi(agentWorkloadsApiRef);
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const download = async (artifact: string, extension: string) => {
    setBusy(artifact);
    setProblem(undefined);
    try {
      const response = await api.openArtifact(run, artifact);
      saveAs(await response.blob(), `${run.name}-report.${extension}`);
    } catch (error) {
      setProblem(problemOf(error, t('what.file'), words).description);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Flex direction="column" align="start" gap="1">
      <Flex
        gap="2"
        role="group"
        aria-label={t('report.download')}
        style={{ flexWrap: 'wrap' }}
      >
        {DOWNLOADS.filter(
          ({ artifact }) => !artifacts || artifacts[artifact] !== undefined,
        ).map(({ artifact, extension, label }) => (
          <Button
            key={artifact}
            size="small"
            variant="secondary"
            isPending={busy === artifact}
            iconStart={<RiDownloadLine aria-hidden />}
            aria-label={t('report.downloadAs', {
              format: formatName(artifact, label, words),
            })}
            onPress={() => download(artifact, extension)}
          >
            {formatName(artifact, label, words)}
          </Button>
        ))}
      </Flex>
      {problem && (
        <Text color="danger" variant="body-small" role="alert">
          {problem}
        </Text>
      )}
    </Flex>
  );
}
