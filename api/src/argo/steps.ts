import {
  stepPhaseSchema,
  type StepPhase,
  type StepStatus,
} from '../agent-workload-status';
import { isFinishedPhase, nodesOf } from './nodes';
import type { ArgoNode, ArgoWorkflow } from './objects';

/** A step as its Workflow shows it. */
export interface ArgoStep {
  status: StepStatus;
  /** The node of its last try, which is what has a pod and a log; of a step that is tried once, its only node. */
  node: ArgoNode;
}

/** ISO, as the CRD's date-time wants it; undefined for Argo's null and zero times. */
function time(value: string | null | undefined): string | undefined {
  const parsed = value ? Date.parse(value) : NaN;
  return Number.isFinite(parsed) && parsed > 0
    ? new Date(parsed).toISOString()
    : undefined;
}

/**
 * The name of the step that a node stands for: direct children of the entry DAG are called
 * `<workflow>.<task>`; attempts and items carry a suffix in brackets, nested tasks another dot. What runs
 * once the Workflow has ended, `onExit`, is no step of it.
 */
export function stepName(node: ArgoNode, workflow: string): string | undefined {
  const prefix = `${workflow}.`;
  if (!node.name.startsWith(prefix)) return undefined;
  const rest = node.name.slice(prefix.length);
  return /^[A-Za-z0-9_-]{1,63}$/.test(rest) && rest !== 'onExit'
    ? rest
    : undefined;
}

/** Whether a node is that of a step, or of something in it: an attempt, an item. */
export function belongsToStep(
  node: ArgoNode,
  workflow: string,
  step: string,
): boolean {
  const name = `${workflow}.${step}`;
  return node.name === name || node.name.startsWith(`${name}(`);
}

const ATTEMPT = /^(.*)\((\d+)\)$/s;

/** The attempts of every retried node by its name, oldest first. Their names say whose they are. */
function attemptsByName(nodes: Iterable<ArgoNode>): Map<string, ArgoNode[]> {
  const found = new Map<string, [number, ArgoNode][]>();
  for (const node of nodes) {
    const [, of, number] = ATTEMPT.exec(node.name) ?? [];
    if (of === undefined) continue;
    found.set(of, [...(found.get(of) ?? []), [Number(number), node]]);
  }
  return new Map(
    [...found].map(([of, tries]) => [
      of,
      tries.sort(([a], [b]) => a - b).map(([, node]) => node),
    ]),
  );
}

/** Phase, end and words of a step, of the node that tells them. */
type Telling = Pick<StepStatus, 'phase' | 'finishedAt' | 'message'>;

function phaseOf(node: ArgoNode): StepPhase {
  return stepPhaseSchema.safeParse(node.phase).data ?? 'Pending';
}

function isOnItsWay(phase: StepPhase): boolean {
  return phase === 'Running' || phase === 'Pending';
}

function tellingOf(node: ArgoNode, last: ArgoNode): Telling {
  // A Retry node runs from the moment that its first pod is asked for; the step does once that pod has begun.
  const waits = node.phase === 'Running' && last.phase === 'Pending';
  return {
    phase: phaseOf(waits ? last : node),
    finishedAt: time(node.finishedAt),
    // Of a step that failed for good the Retry node only says that there are no more tries left.
    message: node.finishedAt
      ? last.message || node.message
      : node.message || last.message,
  };
}

/**
 * The same once Argo has ended the Workflow and writes no more. Of one that was stopped it leaves the Retry
 * node Running for ever, whose last attempt has ended; what has no end at all did not go on either.
 */
function tellingAtEnd(
  node: ArgoNode,
  last: ArgoNode,
  workflow: ArgoWorkflow,
): Telling {
  const told = tellingOf(node, last);
  if (!isOnItsWay(told.phase)) return told;
  const phase = phaseOf(last);
  if (!isOnItsWay(phase)) {
    const message = last.message || node.message;
    return { phase, finishedAt: time(last.finishedAt), message };
  }
  const why = workflow.status?.message || 'the Workflow has ended';
  return {
    phase: told.phase === 'Pending' ? 'Omitted' : 'Failed',
    message: `Stopped: ${why}`,
  };
}

function toStep(
  name: string,
  node: ArgoNode,
  tries: ArgoNode[],
  workflow: ArgoWorkflow,
): ArgoStep {
  const last = tries.at(-1) ?? node;
  const { phase, finishedAt, message } = isFinishedPhase(workflow.status?.phase)
    ? tellingAtEnd(node, last, workflow)
    : tellingOf(node, last);
  const startedAt = time(node.startedAt);
  return {
    status: {
      name,
      nodeId: last.id,
      phase,
      ...(startedAt ? { startedAt } : {}),
      ...(finishedAt ? { finishedAt } : {}),
      ...(message ? { message: message.slice(0, 1024) } : {}),
      retries: Math.max(0, tries.length - 1),
    },
    node: last,
  };
}

/**
 * One row for each task of the entry DAG that has a node, in the order in which they began. Nothing is on
 * its way in a Workflow that has ended.
 */
export function readSteps(workflow: ArgoWorkflow): ArgoStep[] {
  const nodes = [...nodesOf(workflow).values()];
  const attempts = attemptsByName(nodes);
  const steps = nodes.flatMap(node => {
    const name = stepName(node, workflow.metadata.name);
    if (!name) return [];
    const tries = node.type === 'Retry' ? attempts.get(node.name) : undefined;
    return [toStep(name, node, tries ?? [], workflow)];
  });
  const start = ({ status }: ArgoStep) => status.startedAt ?? '9999';
  return steps.sort(
    (a, b) =>
      start(a).localeCompare(start(b)) ||
      a.status.name.localeCompare(b.status.name),
  );
}
