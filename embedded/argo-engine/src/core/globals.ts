import type { WorkflowSpec } from '../spec/schema';
import type { Scope } from '../spec/substitute';
import type { ObjectMeta } from './model';

/** Names under `workflow.` that are values of the whole run. */
export function workflowScope(metadata: ObjectMeta, spec: WorkflowSpec): Scope {
  const scope = new Map<string, string>([
    ['workflow.name', metadata.name],
    ['workflow.namespace', metadata.namespace],
    ['workflow.uid', metadata.uid],
    ['workflow.serviceAccountName', spec.serviceAccountName ?? ''],
    ['workflow.mainEntrypoint', spec.entrypoint ?? ''],
    ['workflow.creationTimestamp', metadata.creationTimestamp ?? ''],
    [
      'workflow.parameters.json',
      JSON.stringify(spec.arguments?.parameters ?? []),
    ],
    ['workflow.parameters', JSON.stringify(spec.arguments?.parameters ?? [])],
  ]);
  for (const { name, value } of spec.arguments?.parameters ?? []) {
    if (value !== undefined) {
      scope.set(`workflow.parameters.${name}`, value);
    }
  }
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    scope.set(`workflow.labels.${key}`, value);
  }
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    scope.set(`workflow.annotations.${key}`, value);
  }
  return scope;
}
