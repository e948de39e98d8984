import { Flex, Text } from '@backstage/ui';
import type { GateMode, PolicyRecord } from '@agentworkloads/api';
import { useWords } from '../../translation/words';
import styles from './GatePanel.module.css';

const WORDS = {
  allow: 'gate.policyAllows',
  hold: 'gate.policyHolds',
  deny: 'gate.policyDenies',
} as const satisfies Record<PolicyRecord['decision'], string>;

export function PolicyReasons(props: {
  policy?: PolicyRecord;
  mode: GateMode;
}) {
  const { policy, mode } = props;
  const { t } = useWords();
  return (
    <Flex direction="column" gap="1">
      <Text as="h3" variant="body-medium" weight="bold">
        {t(policy ? WORDS[policy.decision] : 'gate.policySilent')}
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
          {t('gate.personAllTheSame')}
        </Text>
      )}
      {policy?.revision && (
        <Text variant="body-x-small" color="secondary">
          {t('gate.policyRevision', { revision: policy.revision })}
        </Text>
      )}
    </Flex>
  );
}
