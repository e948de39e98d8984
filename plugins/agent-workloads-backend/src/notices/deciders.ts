import {
  APPROVERS_GROUP,
  idleVote,
  isOfSeveral,
  isSamePerson,
  tallyOf,
  type GateStatus,
} from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type {
  IdentityMapper,
  ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { NoticeWords } from './language';
import type { Recipients } from './recipients';

type Gate = Pick<GateStatus, 'fourEyes' | 'approvals' | 'groups' | 'votes'>;

/**
 * Those who may decide, as far as the portal knows: not who asked, under four eyes.
 *
 * @param concerns - leaves out more of them
 * @returns undefined where no group of the catalog has anybody who may
 */
export function decidersOf(
  gate: Gate,
  item: RunListItem,
  identity: IdentityMapper,
  concerns: (person: ImpersonatedPerson) => boolean = () => true,
): Recipients | undefined {
  const groups = [APPROVERS_GROUP, ...(gate.groups ?? [])];
  if (!groups.some(name => identity.groupRefs(name).length > 0)) {
    return undefined;
  }
  const { cluster, namespace, name, requestedBy = '' } = item;
  return {
    deciders: {
      run: { cluster, namespace, name },
      groups,
      concerns: person =>
        !(gate.fourEyes && isSamePerson(person.username, requestedBy)) &&
        concerns(person),
    },
  };
}

/** Whether an approval of this person would bring the gate any further. */
export const isMissing =
  (gate: Gate, item: RunListItem) => (person: ImpersonatedPerson) =>
    idleVote(gate, item.requestedBy, person) === undefined;

/** How many have to approve and of which groups, and once somebody has, who is missing. */
export function quorumSentence(
  gate: Gate,
  item: RunListItem,
  words: NoticeWords,
): string | undefined {
  if (!isOfSeveral(gate)) return undefined;
  const tally = tallyOf(gate, item.requestedBy);
  return tally.votes.length > 0 ? words.has(tally) : words.asksFor(gate);
}
