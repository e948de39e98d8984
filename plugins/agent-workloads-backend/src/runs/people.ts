import { APPROVERS_GROUP, type AgentWorkload } from '@agentworkloads/api';
import type { GateDeciders } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { openGate } from './gate';

/**
 * Catalog references by Kubernetes names. Only the portal's configuration knows who is who, so pages must not guess.
 * @returns undefined where nobody of them can be in the catalog
 */
export function peopleOf(
  identity: Pick<IdentityMapper, 'userRef'>,
  usernames: readonly (string | undefined)[],
): Record<string, string> | undefined {
  const known = usernames.flatMap(name => {
    const ref = name && identity.userRef(name);
    return name && ref ? [[name, ref] as const] : [];
  });
  return known.length ? Object.fromEntries(known) : undefined;
}

/** Everybody whom the gate of a run names. */
export function namedByGate({ status }: AgentWorkload): (string | undefined)[] {
  const { decidedBy, votes = [], extensions = [] } = status?.gate ?? {};
  return [
    decidedBy,
    ...votes.map(({ username }) => username),
    ...extensions.map(({ by }) => by),
  ];
}

/** @returns undefined where no gate is open */
export function decidersOf(
  workload: AgentWorkload,
  identity: Pick<IdentityMapper, 'groupRefs'>,
): GateDeciders | undefined {
  const gate = openGate(workload);
  return (
    gate && {
      groups: identity.groupRefs(APPROVERS_GROUP),
      ...(gate.fourEyes && { except: workload.spec.requestedBy?.username }),
    }
  );
}

/**
 * Whether there is nothing that an approver has to look at: every page was seen, all of it compared, nothing moved. What
 * was not compared is not unchanged.
 */
export function isUnchanged({ status }: AgentWorkload): boolean {
  const { compared, notComparedReason, notObserved, changes } =
    status?.summary ?? {};
  return (
    compared !== undefined &&
    notComparedReason === undefined &&
    notObserved === 0 &&
    (changes ?? 0) === 0 &&
    Object.values(compared).every(count => !count)
  );
}
