// What a WorkflowTemplate of ours must not hold. Argo merges templateDefaults into every template, suspend and DAG too, and looks at a
// retryStrategy of the spec for all of them: the gate would become a Retry node with a Suspend child, or end by itself.

/** What a template of the kind may say; whatever else stands there came from a mistake, or would change what the gate is. */
const GATE_FIELDS = ['name', 'inputs', 'suspend', 'outputs'];
/** In `spec` these hold for every template, the gate too. */
const NOT_IN_SPEC = [
  'retryStrategy',
  'timeout',
  'outputs',
  'hooks',
  'onExit',
  'suspend',
  'synchronization',
];
const SECRET_FROM = 'secretRef';

const isObject = value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object below a value, with the way to it. */
function* objectsIn(value, place) {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      yield* objectsIn(item, `${place}[${item?.name ?? at}]`);
  } else if (isObject(value)) {
    yield [place, value];
    for (const [key, child] of Object.entries(value))
      yield* objectsIn(child, place ? `${place}.${key}` : key);
  }
}

function defaultsProblems({ templateDefaults = {} }) {
  const others = Object.keys(templateDefaults).filter(
    key => key !== 'container',
  );
  return [
    ...others.map(
      key => `templateDefaults.${key} would be merged into the gate`,
    ),
    ...[...objectsIn(templateDefaults, 'templateDefaults')]
      .filter(([, object]) => 'secretKeyRef' in object)
      .map(([place]) => `${place} gives a key of a Secret to every step`),
  ];
}

function specProblems(spec) {
  return NOT_IN_SPEC.filter(key => key in spec).map(
    key => `spec.${key} holds for the gate too`,
  );
}

function gateProblems({ templates = [] }) {
  const gates = templates.filter(template => 'suspend' in template);
  if (gates.length !== 1) {
    return [`it has ${gates.length} suspend templates, not one gate`];
  }
  const [gate] = gates;
  const more = Object.keys(gate).filter(key => !GATE_FIELDS.includes(key));
  const problems = more.map(key => `the gate has ${key}`);
  if (Object.keys(gate.suspend ?? {}).length > 0) {
    problems.push('the gate has a duration: it would pass by itself');
  }
  return problems;
}

/** A whole Secret in the environment of a step is every key that is ever added to it. */
function secretProblems(spec) {
  return [...objectsIn(spec, '')].flatMap(([place, object]) => {
    const whole = (object.envFrom ?? []).filter(from => SECRET_FROM in from);
    const problems = whole.map(
      () => `${place}.envFrom takes a whole Secret; name its keys in env`,
    );
    if (isObject(object.secret)) {
      problems.push(`${place} mounts a Secret; name its keys in env`);
    }
    return problems;
  });
}

/**
 * @param spec of a WorkflowTemplate
 * @returns a sentence for each thing that must not be there
 */
export function templateProblems(spec) {
  return [
    ...defaultsProblems(spec),
    ...specProblems(spec),
    ...gateProblems(spec),
    ...secretProblems(spec),
  ];
}
