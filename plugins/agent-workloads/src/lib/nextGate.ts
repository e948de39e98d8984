import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/**
 * Which gate comes after this one among those that wait for this person, in the order in which the backend gives them. After the last comes
 * the first.
 *
 * @returns undefined where no other one waits
 */
export function nextAfter(
  gates: readonly GateItem[],
  uid: string,
):
  | {
      next: GateItem;
      /** Of `next` among all, from 1; absent where this one is none of them. */
      place?: number;
      /** How many wait for this person; this one is among them where `place` is there. */
      count: number;
    }
  | undefined {
  const mine = gates.filter(({ mayDecide }) => mayDecide.allowed);
  const index = mine.findIndex(gate => gate.uid === uid);
  const at = (index + 1) % mine.length;
  if (mine.length === 0 || at === index) return undefined;
  return {
    next: mine[at],
    ...(index >= 0 && { place: at + 1 }),
    count: mine.length,
  };
}
