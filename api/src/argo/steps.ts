import { stepPhaseSchema, type StepStatus } from '../agent-workload';
import type { ArgoNode } from './objects';

/** ISO without fraction, as the CRD's date-time wants it; undefined for Argo's null and zero times. */
function time(value: string | null | undefined): string | undefined {
  const parsed = value ? Date.parse(value) : NaN;
  return Number.isFinite(parsed) && parsed > 0
    ? new Date(parsed).toISOString()
    : undefined;
}

/**
 * The name of the step that a node stands for: direct children of the entry DAG are called
 * `<workflow>.<task>`; attempts and items carry a suffix in brackets, nested tasks another dot.
 */
export function stepName(node: ArgoNode, workflow: string): string | undefined {
  const prefix = `${workflow}.`;
  if (!node.name.startsWith(prefix)) return undefined;
  const rest = node.name.slice(prefix.length);
  return /^[A-Za-z0-9_-]{1,63}$/.test(rest) && rest !== 'onExit'
    ? rest
    : undefined;
}

/** Attempts of a Retry node, oldest first; empty for a node that is tried once. */
function attempts(node: ArgoNode, nodes: Map<string, ArgoNode>): ArgoNode[] {
  if (node.type !== 'Retry') return [];
  return (node.children ?? [])
    .map(id => nodes.get(id))
    .filter(child => child !== undefined)
    .filter(child => child.name.startsWith(`${node.name}(`))
    .sort((a, b) => attemptNumber(a) - attemptNumber(b));
}

function attemptNumber(node: ArgoNode): number {
  return Number(/\((\d+)\)$/.exec(node.name)?.[1] ?? 0);
}

function toStep(
  name: string,
  node: ArgoNode,
  nodes: Map<string, ArgoNode>,
): StepStatus {
  const tries = attempts(node, nodes);
  const last = tries.at(-1);
  // A Retry node runs from the moment that its first pod is asked for; the step does once that pod has begun.
  const waits = node.phase === 'Running' && last?.phase === 'Pending';
  const phase = stepPhaseSchema.safeParse(waits ? last.phase : node.phase);
  const startedAt = time(node.startedAt);
  const finishedAt = time(node.finishedAt);
  // Of a step that failed for good the Retry node only says that there are no more tries left.
  const message = finishedAt
    ? last?.message || node.message
    : node.message || last?.message;
  return {
    name,
    nodeId: last?.id ?? node.id,
    phase: phase.success ? phase.data : 'Pending',
    ...(startedAt ? { startedAt } : {}),
    ...(finishedAt ? { finishedAt } : {}),
    ...(message ? { message: message.slice(0, 1024) } : {}),
    retries: Math.max(0, tries.length - 1),
  };
}

/** One row for each task of the entry DAG, in the order in which they began. */
export function readSteps(
  nodes: Map<string, ArgoNode>,
  workflow: string,
): StepStatus[] {
  const steps: StepStatus[] = [];
  for (const node of nodes.values()) {
    const name = stepName(node, workflow);
    if (name) steps.push(toStep(name, node, nodes));
  }
  const start = (step: StepStatus) => step.startedAt ?? '9999';
  return steps
    .sort(
      (a, b) =>
        start(a).localeCompare(start(b)) || a.name.localeCompare(b.name),
    )
    .slice(0, 64);
}
