import {
  argoWorkflowSchema,
  podName,
  readSteps,
  readSummary,
  readTasks,
  STEP_ORDER,
  STEP_TABLE,
  type ArgoStep,
  type ArgoWorkflow,
  type RunSummary,
  type StepStatus,
} from '@agentworkloads/api';
import type { RunStep } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** What the portal keeps of a Workflow; the whole object would be ten times as big. */
export interface RunWorkflow {
  name: string;
  namespace: string;
  uid: string;
  phase?: string;
  /** In the order of the DAG; tasks that have no node yet are Pending. */
  steps: RunStep[];
  /** What `dom` put out, once it has succeeded. */
  summary?: RunSummary;
}

/** @returns undefined when this is not a Workflow that can be read */
export function readWorkflow(raw: unknown): RunWorkflow | undefined {
  const parsed = argoWorkflowSchema.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const workflow = parsed.data;
  const tasks = readTasks(workflow);
  const steps = new Map(
    readSteps(workflow).map(step => [step.status.name, step]),
  );
  return {
    name: workflow.metadata.name,
    namespace: workflow.metadata.namespace,
    uid: workflow.metadata.uid,
    phase: workflow.status?.phase || undefined,
    steps: inOrder([...tasks.keys(), ...steps.keys()]).map(name =>
      toRunStep(
        workflow,
        name,
        steps.get(name),
        tasks.get(name) ?? knownNeeds(name),
      ),
    ),
    summary: readSummary(workflow),
  };
}

/** What comes before a step of our own template, for a Workflow that doesn't say its DAG. */
function knownNeeds(name: string): string[] {
  const step = STEP_ORDER.find(one => one === name);
  return step ? [...STEP_TABLE[step].needs] : [];
}

/** Our own steps as they follow each other, then those of other templates as they came. */
function inOrder(names: string[]): string[] {
  const place = (name: string) => {
    const known = STEP_ORDER.findIndex(step => step === name);
    return known === -1 ? STEP_ORDER.length : known;
  };
  return [...new Set(names)].sort((a, b) => place(a) - place(b));
}

function toRunStep(
  workflow: ArgoWorkflow,
  name: string,
  step: ArgoStep | undefined,
  dependsOn: string[],
): RunStep {
  if (!step) {
    return { name, phase: 'Pending', retries: 0, dependsOn, hasLog: false };
  }
  const { status, node } = step;
  const isPod = node.type === 'Pod';
  return {
    ...status,
    dependsOn,
    podName: isPod ? podName(workflow, node) : undefined,
    hasLog: isPod && node.phase !== undefined && node.phase !== 'Pending',
  };
}

/** Steps as the operator mirrored them, for a run whose Workflow is gone or not seen. */
export function stepsFromStatus(steps: readonly StepStatus[]): RunStep[] {
  return steps.map(step => ({
    ...step,
    dependsOn: knownNeeds(step.name),
    hasLog: false,
  }));
}
