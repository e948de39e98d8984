import { Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useWords } from '../../translation/words';
import { Person } from '../People';
import styles from './GatePanel.module.css';

/** Decisions that somebody sent in and the operator could not use, with its reason. */
export function RefusedDecisions(props: { run: RunDetail; nodeId?: string }) {
  const { t } = useWords();
  const refused = (props.run.approvals ?? []).filter(
    one => one.nodeId === props.nodeId && one.accepted?.status === 'False',
  );
  if (!refused.length) {
    return null;
  }
  const title = t('gate.refused');
  return (
    <Flex direction="column" gap="1">
      <Text as="h3" variant="body-medium" weight="bold">
        {title}
      </Text>
      <ul className={styles.reasons} aria-label={title}>
        {refused.map(({ name, approver, decision, accepted }) => (
          <li key={name}>
            {t(
              decision === 'approve'
                ? 'gate.refusedApproved'
                : 'gate.refusedDenied',
              {
                who: <Person name={approver} people={props.run.people} />,
                why: accepted?.message || accepted?.reason || '',
              },
            )}
          </li>
        ))}
      </ul>
    </Flex>
  );
}
