import { Flex, Text } from '@backstage/ui';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { policyReasons } from '../../lib/policyReasons';
import { useWords } from '../../translation/words';
import { PolicyRevision, Reasons } from './PolicyReasons';

type Gate = NonNullable<RunDetail['gateDetail']>;

/** Why a person must look, most severe first: what the policy has against it, that something changed, that somebody asked for it. */
export function WhyItWaits(props: { run: RunDetail; gate: Gate }) {
  const { run, gate } = props;
  const { t } = useWords();
  const { policy, summary } = gate;
  const reasons = policyReasons(policy);
  const asked = run.resource.spec.gate.mode === 'human';
  const byPolicy =
    policy?.decision === 'hold' && (reasons.length > 0 || !asked);
  const changes = summary?.compared ? summary.changes ?? 0 : 0;
  return (
    <Flex direction="column" gap="2">
      <Text as="h3" variant="body-medium" weight="bold">
        {t('why.title')}
      </Text>
      {byPolicy && (
        <Text as="p">
          {t(reasons.length ? 'why.policy' : 'why.policyAlways')}
        </Text>
      )}
      {policy?.decision === 'deny' && (
        <Text as="p">{t('gate.policyDenies')}</Text>
      )}
      {!policy && <Text as="p">{t('why.policySilent')}</Text>}
      <Reasons reasons={reasons} />
      {changes > 0 && (
        <Text as="p">{t('why.changed', { count: changes })}</Text>
      )}
      {asked && <Text as="p">{t('why.asked')}</Text>}
      {policy?.decision === 'allow' && (
        <Text as="p" variant="body-small" color="secondary">
          {t('gate.policyAllows')}
        </Text>
      )}
      <PolicyRevision policy={policy} />
    </Flex>
  );
}
