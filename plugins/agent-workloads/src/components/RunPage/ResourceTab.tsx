import { useMemo } from 'react';
import { stringify } from 'yaml';
import { Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import { CopyButton } from '../CopyButton';
import styles from './RunPage.module.css';

/** The AgentWorkload as `kubectl get -o yaml` shows it, without the field managers. */
export function ResourceTab(props: { run: RunDetail }) {
  const { resource } = props.run;
  const { t } = useWords();
  const { namespace, name } = props.run;
  const command = `kubectl -n ${namespace} get agentworkload ${name} -o yaml`;
  const yaml = useMemo(() => {
    const { managedFields: _, ...metadata } = resource.metadata;
    return stringify({ ...resource, metadata }, { lineWidth: 0 });
  }, [resource]);
  return (
    <Flex direction="column" gap="3">
      <Flex justify="between" align="center" gap="3">
        <Text color="secondary">{command}</Text>
        <CopyButton text={yaml} label={t('run.copyYaml')} />
      </Flex>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} tabIndex={0} aria-label={t('run.yaml')}>
        {yaml}
      </pre>
    </Flex>
  );
}
