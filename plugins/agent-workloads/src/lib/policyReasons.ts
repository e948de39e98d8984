import {
  reasonsOf,
  type PolicyReason,
  type PolicyRecord,
} from '@agentworkloads/api';

/** The reasons that say something of this run; that a person decides, whoever wanted that, the page itself says. */
export function policyReasons(
  policy: Pick<PolicyRecord, 'reasons' | 'said'> | undefined,
): PolicyReason[] {
  return reasonsOf(policy?.reasons, policy?.said).filter(
    ({ said }) => said?.code !== 'modeHuman',
  );
}
