import type { ShownStep } from './stepText';

export interface GraphColumn {
  steps: ShownStep[];
}

/** Steps by depth: a step stands one column after the last of those that it depends on. */
export function columnsOf(steps: readonly ShownStep[]): GraphColumn[] {
  const byName = new Map(steps.map(step => [step.name, step]));
  const depths = new Map<string, number>();
  const depthOf = (name: string, path: readonly string[]): number => {
    const known = depths.get(name);
    if (known !== undefined) {
      return known;
    }
    const parents = (byName.get(name)?.dependsOn ?? []).filter(
      // A circle can't come from Argo, but a page must not hang on bad data.
      parent => byName.has(parent) && !path.includes(parent),
    );
    const depth = parents.length
      ? 1 + Math.max(...parents.map(parent => depthOf(parent, [...path, name])))
      : 0;
    depths.set(name, depth);
    return depth;
  };
  const columns: GraphColumn[] = [];
  for (const step of steps) {
    const depth = depthOf(step.name, []);
    columns[depth] = { steps: [...(columns[depth]?.steps ?? []), step] };
  }
  return columns.filter(Boolean);
}

export interface Placed {
  step: ShownStep;
  /** Left top corner, pixels. */
  x: number;
  y: number;
}

export interface GraphLayout {
  width: number;
  height: number;
  nodes: Placed[];
  edges: { from: Placed; to: Placed }[];
}

export const NODE = { width: 184, height: 66, gapX: 46, gapY: 18 } as const;

export function layoutOf(steps: readonly ShownStep[]): GraphLayout {
  const columns = columnsOf(steps);
  const rows = Math.max(1, ...columns.map(column => column.steps.length));
  const height = rows * NODE.height + (rows - 1) * NODE.gapY;
  const nodes = columns.flatMap((column, index) => {
    const own =
      column.steps.length * NODE.height + (column.steps.length - 1) * NODE.gapY;
    return column.steps.map((step, row) => ({
      step,
      x: index * (NODE.width + NODE.gapX),
      y: (height - own) / 2 + row * (NODE.height + NODE.gapY),
    }));
  });
  const byName = new Map(nodes.map(node => [node.step.name, node]));
  const edges = nodes.flatMap(to =>
    to.step.dependsOn.flatMap(name => {
      const from = byName.get(name);
      return from ? [{ from, to }] : [];
    }),
  );
  return {
    width: Math.max(
      NODE.width,
      columns.length * NODE.width + (columns.length - 1) * NODE.gapX,
    ),
    height,
    nodes,
    edges,
  };
}
