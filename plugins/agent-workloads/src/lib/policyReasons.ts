import {
  reasonsOf,
  type PolicyReason,
  type PolicyRecord,
} from '@agentworkloads/api';

/** As it stands in records of before reasons had codes, which stay. */
const MODE_HUMAN = 'a person decides: the gate is in mode human';

/** The reasons that say something of this run; that a person decides, whoever wanted that, the page itself says. */
export function policyReasons(
  policy: Pick<PolicyRecord, 'reasons' | 'said'> | undefined,
): PolicyReason[] {
  return reasonsOf(policy?.reasons, policy?.said).filter(({ text, said }) =>
    said ? said.code !== 'modeHuman' : text !== MODE_HUMAN,
  );
}
