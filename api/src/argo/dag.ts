import type { ArgoWorkflow } from './objects';

interface Task {
  name: string;
  depends?: string;
  dependencies?: string[];
}
interface Spec {
  entrypoint?: string;
  templates?: { name?: string; dag?: { tasks?: Task[] } }[];
}

/**
 * The tasks of the entrypoint's DAG, in its order: name -> names of the tasks that come before it.
 * Empty when the Workflow doesn't say its DAG, as before Argo has taken it.
 */
export function readTasks(workflow: ArgoWorkflow): Map<string, string[]> {
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
