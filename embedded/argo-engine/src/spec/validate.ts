import { dependenciesOf, dependsAllows } from './depends';
import type { Container, DagTask, Template, WorkflowSpec } from './schema';
import { tagsIn } from './substitute';

/** Tells whether an image can be run here; the reason why not otherwise. */
export type ImageCheck = (container: Container) => string | undefined;

export interface SpecProblem {
  /** `invalid`: Argo refuses it too (Failed). `unsupported`: only this engine does (Error). */
  kind: 'invalid' | 'unsupported';
  message: string;
}

const TEMPLATE_KINDS = ['dag', 'suspend', 'container'] as const;

function checkTemplate(
  template: Template,
  spec: WorkflowSpec,
  globals: ReadonlySet<string>,
  checkImage: ImageCheck,
): SpecProblem | undefined {
  const at = `templates.${template.name}`;
  const kinds = TEMPLATE_KINDS.filter(kind => template[kind]);
  if (kinds.length !== 1) {
    return invalid(
      `${at} must have exactly one of ${TEMPLATE_KINDS.join(', ')}`,
    );
  }
  return (
    (template.dag && checkDag(at, template.dag.tasks, spec)) ||
    checkTags(at, template, globals) ||
    (template.container &&
      checkContainer(at, template, template.container, spec, checkImage))
  );
}

const invalid = (message: string): SpecProblem => ({
  kind: 'invalid',
  message,
});
const unsupported = (message: string): SpecProblem => ({
  kind: 'unsupported',
  message,
});

function checkDag(
  at: string,
  tasks: readonly DagTask[],
  spec: WorkflowSpec,
): SpecProblem | undefined {
  const byName = new Map(tasks.map(task => [task.name, task]));
  if (byName.size !== tasks.length) {
    return invalid(`${at}.dag.tasks have a name twice`);
  }
  for (const task of tasks) {
    const where = `${at}.tasks.${task.name}`;
    if (!spec.templates?.some(({ name }) => name === task.template)) {
      return invalid(`${where} template name '${task.template}' undefined`);
    }
    if (task.depends !== undefined && task.dependencies !== undefined) {
      return invalid(`${where} cannot use both 'depends' and 'dependencies'`);
    }
    const unknown = dependenciesOf(task).find(name => !byName.has(name));
    if (unknown !== undefined) {
      return invalid(`${where} dependency '${unknown}' not defined`);
    }
    try {
      if (dependenciesOf(task).length) dependsAllows(task, () => 'Succeeded');
    } catch (error) {
      return invalid(`${where} depends: ${(error as Error).message}`);
    }
  }
  return checkCycle(at, byName);
}

function checkCycle(
  at: string,
  tasks: ReadonlyMap<string, DagTask>,
): SpecProblem | undefined {
  const done = new Set<string>();
  const walk = (name: string, path: readonly string[]): string | undefined => {
    if (path.includes(name)) {
      return [...path.slice(path.indexOf(name)), name].join('->');
    }
    const task = tasks.get(name);
    if (!task || done.has(name)) {
      return undefined;
    }
    for (const next of dependenciesOf(task)) {
      const cycle = walk(next, [...path, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of tasks.keys()) {
    const cycle = walk(name, []);
    if (cycle) {
      return invalid(`${at} dependency cycle detected: ${cycle}`);
    }
  }
  return undefined;
}

const LATE_TAGS =
  /^(tasks\.[a-zA-Z0-9][-a-zA-Z0-9]*\.(status|id|startedAt|finishedAt|exitCode|outputs\.(parameters|artifacts)\.[^.]+)|retries|lastRetry\.(exitCode|status|duration|message)|pod\.name|node\.name)$/;

function checkTags(
  at: string,
  template: Template,
  globals: ReadonlySet<string>,
): SpecProblem | undefined {
  const known = new Set(globals);
  for (const { name } of template.inputs?.parameters ?? []) {
    known.add(`inputs.parameters.${name}`);
  }
  for (const { name } of template.inputs?.artifacts ?? []) {
    known.add(`inputs.artifacts.${name}`);
    known.add(`inputs.artifacts.${name}.path`);
  }
  for (const { name } of template.outputs?.artifacts ?? []) {
    known.add(`outputs.artifacts.${name}.path`);
  }
  for (const { name } of template.outputs?.parameters ?? []) {
    known.add(`outputs.parameters.${name}.path`);
  }
  for (const tag of tagsIn(template)) {
    if (tag.startsWith('=')) {
      return unsupported(
        `${at}: the expression tag {{${tag}}} is not supported by the standalone engine`,
      );
    }
    if (!known.has(tag) && !LATE_TAGS.test(tag)) {
      return invalid(`${at} failed to resolve {{${tag}}}`);
    }
  }
  return undefined;
}

function checkContainer(
  at: string,
  template: Template,
  container: Container,
  spec: WorkflowSpec,
  checkImage: ImageCheck,
): SpecProblem | undefined {
  const image = checkImage(container);
  if (image !== undefined) {
    return unsupported(`${at}.container.image: ${image}`);
  }
  const mounts = container.volumeMounts ?? [];
  const stray = mounts.find(
    mount => !spec.volumes?.some(({ name }) => name === mount.name),
  );
  if (stray) {
    return invalid(`${at}.container volume '${stray.name}' not found`);
  }
  const files = [
    ...(template.inputs?.artifacts ?? []),
    ...(template.outputs?.artifacts ?? []),
    ...(template.outputs?.parameters ?? []).map(({ name, valueFrom }) => ({
      name,
      path: valueFrom?.path,
    })),
  ];
  for (const { name, path } of files) {
    if (path === undefined) {
      return invalid(`${at}: "${name}" has no path`);
    }
    if (!mounts.some(({ mountPath }) => isBelow(path, mountPath))) {
      return unsupported(
        `${at}: the path ${path} of "${name}" lies outside the container's volumeMounts, which the standalone engine does not support`,
      );
    }
  }
  const keyless = template.outputs?.artifacts?.find(({ s3 }) => !s3);
  if (keyless) {
    return unsupported(
      `${at}.outputs.artifacts.${keyless.name} has no s3.key; the standalone engine has no default key`,
    );
  }
  const packed = template.outputs?.artifacts?.find(({ archive }) => !archive);
  return (
    packed &&
    unsupported(
      `${at}.outputs.artifacts.${packed.name}.archive must be {none: {}}: the standalone engine makes no archives`,
    )
  );
}

/** `path` is the folder itself or something in it, without a way out. */
export function isBelow(path: string, folder: string): boolean {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return (
    (path === folder || path.startsWith(base)) &&
    !path.split('/').includes('..')
  );
}

/** First problem of a merged spec, or undefined. */
export function findProblem(
  spec: WorkflowSpec,
  globals: Iterable<string>,
  checkImage: ImageCheck,
): SpecProblem | undefined {
  if (!spec.entrypoint) {
    return invalid('spec.entrypoint is required');
  }
  if (!spec.templates?.some(({ name }) => name === spec.entrypoint)) {
    return invalid(`template name '${spec.entrypoint}' undefined`);
  }
  const missing = spec.arguments?.parameters?.find(
    ({ value, valueFrom }) => value === undefined || valueFrom,
  );
  if (missing) {
    return missing.valueFrom
      ? unsupported(
          `spec.arguments.parameters.${missing.name}.valueFrom is not supported by the standalone engine`,
        )
      : invalid(
          `spec.arguments.${missing.name}.value or spec.arguments.${missing.name}.valueFrom is required`,
        );
  }
  if (spec.arguments?.artifacts?.length) {
    return unsupported(
      'spec.arguments.artifacts is not supported by the standalone engine',
    );
  }
  const known = new Set(globals);
  for (const template of spec.templates) {
    const problem = checkTemplate(template, spec, known, checkImage);
    if (problem) return problem;
  }
  return undefined;
}
