import type { NodeStatus } from './model';

/** Types that count: what does work or waits for somebody. */
const COUNTED = ['Pod', 'Suspend'];

interface Share {
  done: number;
  all: number;
}

/**
 * Writes `progress` as `<done>/<all>` on every node and returns the Workflow's. Every attempt of a
 * retried step counts, so a run that needed two can end as 4/5: Argo counts the same way.
 */
export function updateProgress(nodes: Record<string, NodeStatus>): string {
  const total: Share = { done: 0, all: 0 };
  for (const node of Object.values(nodes)) {
    if (!COUNTED.includes(node.type)) continue;
    const done = ['Succeeded', 'Skipped', 'Omitted'].includes(node.phase);
    node.progress = done ? '1/1' : '0/1';
    total.done += done ? 1 : 0;
    total.all += 1;
  }
  for (const node of Object.values(nodes)) {
    if (COUNTED.includes(node.type)) continue;
    const share = below(node, nodes, new Set());
    if (share.all > 0) {
      node.progress = `${share.done}/${share.all}`;
    }
  }
  return `${total.done}/${total.all}`;
}

function below(
  node: NodeStatus,
  nodes: Record<string, NodeStatus>,
  seen: Set<string>,
): Share {
  const share: Share = { done: 0, all: 0 };
  for (const id of node.children ?? []) {
    const child = nodes[id];
    if (!child || seen.has(id)) continue;
    seen.add(id);
    const deeper = below(child, nodes, seen);
    share.done += deeper.done;
    share.all += deeper.all;
    if (COUNTED.includes(child.type)) {
      share.done += child.progress === '1/1' ? 1 : 0;
      share.all += 1;
    }
  }
  return share;
}
