import type { Arguments, WorkflowSpec } from './schema';

interface Named {
  name: string;
}

/** Entries of `over` replace those of `base` with the same name; new ones follow. */
function mergeByName<T extends Named>(
  base: readonly T[] | undefined,
  over: readonly T[] | undefined,
): T[] | undefined {
  if (!base || !over) {
    return over ? [...over] : base && [...base];
  }
  const merged = new Map(base.map(entry => [entry.name, entry]));
  for (const entry of over) {
    merged.set(entry.name, { ...merged.get(entry.name), ...entry });
  }
  return [...merged.values()];
}

function mergeArguments(
  base: Arguments | undefined,
  over: Arguments | undefined,
): Arguments | undefined {
  if (!base || !over) {
    return over ?? base;
  }
  return {
    parameters: mergeByName(base.parameters, over.parameters),
    artifacts: mergeByName(base.artifacts, over.artifacts),
  };
}

/**
 * The spec that is run when a Workflow names a WorkflowTemplate: the template's, under what the
 * Workflow itself says. Lists with names are merged by name, as Argo's strategic merge does.
 */
export function mergeSpecs(
  workflow: WorkflowSpec,
  template: WorkflowSpec,
): WorkflowSpec {
  const { workflowTemplateRef: _ref, ...own } = workflow;
  return {
    ...template,
    ...own,
    arguments: mergeArguments(template.arguments, own.arguments),
    templates: mergeByName(template.templates, own.templates),
    volumes: mergeByName(template.volumes, own.volumes),
    ...(template.podMetadata || own.podMetadata
      ? {
          podMetadata: {
            labels: {
              ...template.podMetadata?.labels,
              ...own.podMetadata?.labels,
            },
            annotations: {
              ...template.podMetadata?.annotations,
              ...own.podMetadata?.annotations,
            },
          },
        }
      : {}),
  };
}
