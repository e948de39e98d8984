import type { Arguments, Artifact, Parameter, Template } from '../spec/schema';
import { substitute, type Scope } from '../spec/substitute';

/** Why a template can't be started with these arguments; ends its node as Error. */
export class TemplateError extends Error {
  readonly name = 'TemplateError';
}

function inputParameters(
  template: Template,
  given: Arguments | undefined,
): Parameter[] {
  return (template.inputs?.parameters ?? []).map(input => {
    const value =
      given?.parameters?.find(one => one.name === input.name)?.value ??
      input.value ??
      input.default;
    if (value === undefined) {
      throw new TemplateError(
        `inputs.parameters.${input.name} was not supplied`,
      );
    }
    return { ...input, value };
  });
}

function inputArtifacts(
  template: Template,
  given: Arguments | undefined,
): Artifact[] {
  return (template.inputs?.artifacts ?? []).flatMap(input => {
    const argument = given?.artifacts?.find(one => one.name === input.name);
    const located = argument ?? input;
    if (!located.s3 && !located.raw) {
      if (input.optional) {
        return [];
      }
      throw new TemplateError(
        `inputs.artifacts.${input.name} was not supplied`,
      );
    }
    const { from: _from, ...rest } = located;
    return [{ ...rest, name: input.name, path: input.path }];
  });
}

/**
 * The template as it runs: inputs filled from the arguments or their defaults, and every tag that
 * is known by now replaced, in one pass, so that a value which looks like a tag stays a value.
 */
export function processTemplate(
  template: Template,
  given: Arguments | undefined,
  scope: Scope,
): Template {
  const inputs: Arguments = {
    ...(template.inputs?.parameters
      ? { parameters: inputParameters(template, given) }
      : {}),
    ...(template.inputs?.artifacts
      ? { artifacts: inputArtifacts(template, given) }
      : {}),
  };
  const names = new Map(scope);
  for (const { name, value } of inputs.parameters ?? []) {
    names.set(`inputs.parameters.${name}`, value ?? '');
  }
  for (const side of ['inputs', 'outputs'] as const) {
    const artifacts =
      side === 'inputs' ? inputs.artifacts : template.outputs?.artifacts;
    for (const { name, path } of artifacts ?? []) {
      names.set(`${side}.artifacts.${name}.path`, path ?? '');
    }
  }
  for (const { name, valueFrom } of template.outputs?.parameters ?? []) {
    names.set(`outputs.parameters.${name}.path`, valueFrom?.path ?? '');
  }
  return { ...substitute({ ...template, inputs: undefined }, names), inputs };
}
