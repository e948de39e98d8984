import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/**
 * Where a gate is among those that wait for this person, in the order in which the backend gives them, and which one comes after it.
 * After the last comes the first.
 */
export function placeAmong(
  gates: readonly GateItem[],
  uid: string,
): {
  next?: GateItem;
  /** From 1; absent where it is none of them. */ place?: number;
  count: number;
} {
  const mine = gates.filter(({ mayDecide }) => mayDecide.allowed);
  const index = mine.findIndex(gate => gate.uid === uid);
  const others = mine.filter(gate => gate.uid !== uid);
  return {
    next: mine.slice(index + 1).find(gate => gate.uid !== uid) ?? others[0],
    ...(index >= 0 && { place: index + 1 }),
    count: mine.length,
  };
}
