import type { PolicyRecord } from '@agentworkloads/api';

/** What policy `gate` says of every run whose gate is for people, whoever wanted that; the page says who. */
const MODE_HUMAN = 'a person decides: the gate is in mode human';

/** The reasons that say something of this run. */
export function policyReasons(policy: PolicyRecord | undefined): string[] {
  return (policy?.reasons ?? []).filter(reason => reason !== MODE_HUMAN);
}
