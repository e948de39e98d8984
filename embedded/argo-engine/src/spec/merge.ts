import type { Arguments, Parameter, WorkflowSpec } from './schema';

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

function hasValue(parameter: Parameter | undefined): boolean {
  return (
    parameter !== undefined &&
    [parameter.value, parameter.default, parameter.valueFrom].some(
      value => value !== undefined,
    )
  );
}

/** A parameter with a value is taken whole from where the value is; what other places say of it is dropped. */
function mergeParameters(
  base: readonly Parameter[] | undefined,
  over: readonly Parameter[] | undefined,
): Parameter[] | undefined {
  return mergeByName(base, over)?.map(
    parameter =>
      [over, base]
        .map(list => list?.find(({ name }) => name === parameter.name))
        .find(hasValue) ?? parameter,
  );
}

function mergeArguments(
  base: Arguments | undefined,
  over: Arguments | undefined,
): Arguments | undefined {
  if (!base || !over) {
    return over ?? base;
  }
  return {
    parameters: mergeParameters(base.parameters, over.parameters),
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
  return {
    ...template,
    ...workflow,
    suspend: workflow.suspend,
    arguments: mergeArguments(template.arguments, workflow.arguments),
    templates: mergeByName(template.templates, workflow.templates),
    volumes: mergeByName(template.volumes, workflow.volumes),
    ...(template.podMetadata || workflow.podMetadata
      ? {
          podMetadata: {
            labels: {
              ...template.podMetadata?.labels,
              ...workflow.podMetadata?.labels,
            },
            annotations: {
              ...template.podMetadata?.annotations,
              ...workflow.podMetadata?.annotations,
            },
          },
        }
      : {}),
  };
}
