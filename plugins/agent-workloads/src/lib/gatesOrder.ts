import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** In what order the gates of a list stand. */
export const GATE_ORDERS = ['deadline', 'opened', 'changes', 'name'] as const;
export type GateOrder = (typeof GATE_ORDERS)[number];

export const gateOrderOf = (text: string | null): GateOrder =>
  GATE_ORDERS.find(order => order === text) ?? 'deadline';

// What was not compared may hide any number of changes, so it stands first.
const changesOf = ({ summary }: GateItem) => summary?.changes ?? Infinity;

const COMPARE: Record<GateOrder, (a: GateItem, b: GateItem) => number> = {
  deadline: (a, b) => (a.deadline || '9').localeCompare(b.deadline || '9'),
  opened: (a, b) => a.openedAt.localeCompare(b.openedAt),
  changes: (a, b) =>
    changesOf(a) === changesOf(b) ? 0 : changesOf(b) - changesOf(a),
  name: (a, b) => a.objective.localeCompare(b.objective),
};

/** Equals stay as they were. */
export function inGateOrder(
  gates: readonly GateItem[],
  order: GateOrder,
): GateItem[] {
  return [...gates].sort(COMPARE[order]);
}
