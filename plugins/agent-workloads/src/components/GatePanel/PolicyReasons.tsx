import { Flex, Text } from '@backstage/ui';
import type { GateMode, PolicyReason, PolicyRecord } from '@agentworkloads/api';
import { policyReasons } from '../../lib/policyReasons';
import { policySentence } from '../../lib/policySentence';
import { useWords } from '../../translation/words';
import styles from './GatePanel.module.css';

const WORDS = {
  allow: 'gate.policyAllows',
  hold: 'gate.policyHolds',
  deny: 'gate.policyDenies',
} as const satisfies Record<PolicyRecord['decision'], string>;

/** Most severe first, as they stand on record. */
export function Reasons(props: { reasons: readonly PolicyReason[] }) {
  const words = useWords();
  return props.reasons.length ? (
    <ul className={styles.reasons}>
      {props.reasons.map((reason, index) => (
        <li key={index}>{policySentence(reason, words)}</li>
      ))}
    </ul>
  ) : null;
}

/** For who looks after policies. */
export function PolicyRevision(props: { policy?: PolicyRecord }) {
  const { t } = useWords();
  const revision = props.policy?.revision;
  return revision ? (
    <details className={styles.small}>
      <summary>{t('gate.details')}</summary>
      {t('gate.policyRevision', { revision })}
    </details>
  ) : null;
}

/** What the policy said when it was asked about a gate that is closed now. */
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
      <Reasons reasons={policyReasons(policy)} />
      {mode === 'human' && policy?.decision === 'allow' && (
        <Text as="p" variant="body-small" color="secondary">
          {t('gate.personAllTheSame')}
        </Text>
      )}
      <PolicyRevision policy={policy} />
    </Flex>
  );
}
