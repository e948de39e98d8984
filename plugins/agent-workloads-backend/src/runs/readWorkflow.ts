import {
  argoWorkflowSchema,
  runSummarySchema,
  STEP_ORDER,
  STEPS,
  stepPhaseSchema,
  SUMMARY_PARAMETER,
  type ArgoNode,
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
  /** From the output parameter of `dom`. */
  summary?: RunSummary;
}

/** Our own template's order, for a Workflow that doesn't say its DAG. */
const KNOWN_DEPENDENCIES: Record<string, string[]> = {
  [STEPS.scrape]: [],
  [STEPS.screenshot]: [STEPS.scrape],
  [STEPS.dom]: [STEPS.scrape],
  [STEPS.gate]: [STEPS.screenshot, STEPS.dom],
  [STEPS.synthesis]: [STEPS.gate],
};

/** @returns undefined when this is not a Workflow that can be read */
export function readWorkflow(raw: unknown): RunWorkflow | undefined {
  const parsed = argoWorkflowSchema.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const workflow = parsed.data;
  const nodes = Object.values(workflow.status?.nodes ?? {});
  const tasks = dagTasks(workflow);
  const names = stepNames(workflow.metadata.name, nodes, tasks);
  return {
    name: workflow.metadata.name,
    namespace: workflow.metadata.namespace,
    uid: workflow.metadata.uid,
    phase: workflow.status?.phase || undefined,
    steps: names.map(name =>
      readStep(
        workflow,
        nodes,
        name,
        tasks.get(name) ?? KNOWN_DEPENDENCIES[name] ?? [],
      ),
    ),
    summary: readSummary(workflow.metadata.name, nodes),
  };
}

/** Task name -> names of the tasks before it, from the entrypoint's DAG. */
function dagTasks(workflow: ArgoWorkflow): Map<string, string[]> {
  type Spec = {
    entrypoint?: string;
    templates?: { name?: string; dag?: { tasks?: DagTask[] } }[];
  };
  type DagTask = { name: string; depends?: string; dependencies?: string[] };
  const stored = workflow.status?.storedWorkflowTemplateSpec as
    | Spec
    | undefined;
  const spec = workflow.spec as Spec;
  const templates = stored?.templates ?? spec.templates;
  const entrypoint = spec.entrypoint ?? stored?.entrypoint;
  const list = Array.isArray(templates) ? templates : [];
  const dag = (
    list.find(template => template.name === entrypoint) ??
    list.find(template => template.dag)
  )?.dag;
  const tasks = Array.isArray(dag?.tasks) ? dag.tasks : [];
  const known = new Set(tasks.map(task => task.name));
  return new Map(
    tasks.map(task => {
      const words = [
        ...(task.dependencies ?? []),
        ...(String(task.depends ?? '').match(/[A-Za-z0-9_][\w-]*/g) ?? []),
      ];
      return [task.name, [...new Set(words.filter(word => known.has(word)))]];
    }),
  );
}

/** `<workflow>.<task>`; attempts of a retried task are `<workflow>.<task>(<n>)`. */
function taskOf(workflow: string, node: ArgoNode): string | undefined {
  const prefix = `${workflow}.`;
  const task = node.name.startsWith(prefix)
    ? node.name.slice(prefix.length)
    : '';
  return task && !/[.()]/.test(task) ? task : undefined;
}

function stepNames(
  workflow: string,
  nodes: readonly ArgoNode[],
  tasks: Map<string, string[]>,
): string[] {
  const names = new Set(tasks.keys());
  for (const node of nodes) {
    const task = taskOf(workflow, node);
    if (task) {
      names.add(task);
    }
  }
  const place = (name: string) => {
    const known = STEP_ORDER.findIndex(step => step === name);
    return known === -1 ? STEP_ORDER.length : known;
  };
  return [...names].sort((a, b) => place(a) - place(b));
}

function readStep(
  workflow: ArgoWorkflow,
  nodes: readonly ArgoNode[],
  name: string,
  dependsOn: string[],
): RunStep {
  const prefix = `${workflow.metadata.name}.${name}`;
  const node = nodes.find(one => one.name === prefix);
  if (!node) {
    return { name, phase: 'Pending', retries: 0, dependsOn, hasLog: false };
  }
  const attempts = nodes
    .filter(one => one.name.startsWith(`${prefix}(`))
    .sort((a, b) => attemptNumber(a) - attemptNumber(b));
  const last = attempts.at(-1) ?? node;
  const isPod = last.type === 'Pod';
  // Of a Workflow that was stopped Argo leaves the Retry node Running for ever; its last attempt has ended.
  const ended = ['Succeeded', 'Failed', 'Error'].includes(
    workflow.status?.phase ?? '',
  );
  // And it is Running from the moment that its first pod is asked for, which may wait for an image, a Secret or a place.
  const waits = node.phase === 'Running' && last.phase === 'Pending';
  const telling = waits || (ended && !node.finishedAt) ? last : node;
  return {
    name,
    nodeId: last.id,
    phase: stepPhaseSchema.safeParse(telling.phase).data ?? 'Pending',
    startedAt: node.startedAt ?? undefined,
    finishedAt: telling.finishedAt ?? undefined,
    // The last attempt says what happened; a Retry node only that there is no further attempt.
    message: (last.message || node.message || '').slice(0, 1024) || undefined,
    retries: Math.max(0, attempts.length - 1),
    dependsOn,
    podName: isPod ? podName(workflow, last) : undefined,
    hasLog: isPod && last.phase !== undefined && last.phase !== 'Pending',
  };
}

function attemptNumber(node: ArgoNode): number {
  return Number(/\((\d+)\)$/.exec(node.name)?.[1] ?? 0);
}

/** Argo's pod names, format v2: workflow, template, and the hash that ends the node id. */
function podName(workflow: ArgoWorkflow, node: ArgoNode): string {
  const name = workflow.metadata.name;
  const format =
    workflow.metadata.annotations?.['workflows.argoproj.io/pod-name-format'];
  if (format === 'v1' || !node.templateName || node.name === name) {
    return node.id;
  }
  const hash = node.id.slice(node.id.lastIndexOf('-') + 1);
  return `${`${name}-${node.templateName}`.slice(0, 242)}-${hash}`;
}

function readSummary(
  workflow: string,
  nodes: readonly ArgoNode[],
): RunSummary | undefined {
  const text = nodes
    .filter(node => node.name.startsWith(`${workflow}.${STEPS.dom}`))
    .flatMap(node => node.outputs?.parameters ?? [])
    .find(parameter => parameter.name === SUMMARY_PARAMETER)?.value;
  if (text === undefined) {
    return undefined;
  }
  try {
    return runSummarySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Steps as the operator mirrored them, for a run whose Workflow is gone or not seen. */
export function stepsFromStatus(steps: readonly StepStatus[]): RunStep[] {
  return steps.map(step => ({
    ...step,
    dependsOn: KNOWN_DEPENDENCIES[step.name] ?? [],
    hasLog: false,
  }));
}
