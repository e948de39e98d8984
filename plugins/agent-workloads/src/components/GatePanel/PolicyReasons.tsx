import { Flex, Text } from '@backstage/ui';
import type { GateMode, PolicyRecord } from '@agentworkloads/api';
import styles from './GatePanel.module.css';

const WORDS: Record<PolicyRecord['decision'], string> = {
  allow: 'The policy would let it pass',
  hold: 'The policy wants a person to decide',
  deny: 'The policy denies it',
};

export function PolicyReasons(props: {
  policy?: PolicyRecord;
  mode: GateMode;
}) {
  const { policy, mode } = props;
  return (
    <Flex direction="column" gap="1">
      <Text as="h3" variant="body-medium" weight="bold">
        {policy ? WORDS[policy.decision] : 'The policy has not answered'}
      </Text>
      {policy && policy.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {policy.reasons.map((reason, index) => (
            <li key={index}>{reason}</li>
          ))}
        </ul>
      )}
      {mode === 'human' && policy?.decision === 'allow' && (
        <Text as="p" variant="body-small" color="secondary">
          This run asks for a person all the same.
        </Text>
      )}
      {policy?.revision && (
        <Text variant="body-x-small" color="secondary">
          Policy revision {policy.revision}
        </Text>
      )}
    </Flex>
  );
}
