// One table of Workflows for two grounds: a real Argo (record.mjs writes what it did to recorded.json) and our engine
// (conformance.int.test.ts compares). A step is `node -e CODE` in node:24-bookworm-slim.
const IMAGE = 'node:24-bookworm-slim';
const RETRY = "asInt(lastRetry.exitCode) == 10 || lastRetry.status == 'Error'";

const step = (name, code, extra = {}) => ({
  name,
  container: {
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    command: ['node', '-e', code],
    volumeMounts: [{ name: 'work', mountPath: '/work' }],
  },
  ...extra,
});

const dag = (tasks, templates, extra = {}) => ({
  entrypoint: 'main',
  volumes: [{ name: 'work', emptyDir: {} }],
  templates: [{ name: 'main', dag: { tasks } }, ...templates],
  ...extra,
});

const ok = step('ok', 'console.log(1)');
const bad = step('bad', 'process.exit(3)');
const slow = step('slow', 'setTimeout(() => {}, 4000)');
const endless = step('endless', 'setTimeout(() => {}, 60000)');

const gate = (suspend = {}) => ({
  name: 'gate',
  inputs: {
    parameters: [
      {
        name: 'decision',
        default: 'timed-out',
        enum: ['approve', 'deny', 'timed-out'],
      },
    ],
  },
  suspend,
  outputs: {
    parameters: [
      { name: 'decision', valueFrom: { supplied: {}, default: 'timed-out' } },
    ],
  },
});

const gated = ({ gateSuspend, when, ...extra } = {}) =>
  dag(
    [
      { name: 'gate', template: 'gate' },
      {
        name: 'synthesis',
        template: 'ok',
        depends: 'gate.Succeeded',
        when:
          when ?? "'{{tasks.gate.outputs.parameters.decision}}' == 'approve'",
      },
    ],
    [gate(gateSuspend), ok],
    extra,
  );

const retried = (code, retryStrategy) =>
  dag(
    [
      { name: 'a', template: 'r' },
      { name: 'b', template: 'ok', depends: 'a.Succeeded' },
    ],
    [ok, step('r', code, { retryStrategy })],
  );

const ours = {
  limit: 1,
  retryPolicy: 'Always',
  expression: RETRY,
  backoff: { duration: '1s', factor: 2 },
};

const writer = step(
  'w',
  "const d = process.env.AGENTIC_WORK_DIR || '/work'; const fs = require('fs'); fs.mkdirSync(d + '/out', { recursive: true }); fs.writeFileSync(d + '/out/n', 'seven\\n')",
  {
    outputs: {
      parameters: [
        { name: 'n', valueFrom: { path: '/work/out/n' } },
        { name: 'm', valueFrom: { path: '/work/out/none', default: '{}' } },
      ],
    },
  },
);
const reader = step('in', "process.exit('{{inputs.parameters.x}}'.length)", {
  inputs: { parameters: [{ name: 'x' }, { name: 'y', default: '5' }] },
});

/**
 * `decide` sets the gate as the operator's patch does; `patch` is merged into the Workflow once the node `when`
 * (default: the gate) runs; `hangs` marks what never ends; `races` names fields of nodes that differ from run to run.
 */
export const cases = {
  approve: { spec: gated(), decide: { phase: 'Succeeded', value: 'approve' } },
  deny: { spec: gated(), decide: { phase: 'Failed' } },
  'wrong-value': {
    spec: gated(),
    decide: { phase: 'Succeeded', value: 'timed-out' },
  },
  'no-value': { spec: gated(), decide: { phase: 'Succeeded' }, hangs: true },
  unquoted: {
    spec: gated({
      when: '{{tasks.gate.outputs.parameters.decision}} == approve',
    }),
    decide: { phase: 'Succeeded', value: 'timed-out' },
  },
  deadline: { spec: gated({ activeDeadlineSeconds: 5 }) },
  duration: { spec: gated({ gateSuspend: { duration: '3' } }) },
  stop: { spec: gated(), patch: { spec: { shutdown: 'Stop' } } },
  terminate: { spec: gated(), patch: { spec: { shutdown: 'Terminate' } } },
  'suspended-spec': { spec: { ...gated(), suspend: true }, hangs: true },
  'two-branches-fail': {
    spec: dag(
      [
        { name: 'a', template: 'bad' },
        { name: 'b', template: 'ok' },
        { name: 'c', template: 'ok', depends: 'a.Succeeded && b.Succeeded' },
      ],
      [ok, bad],
    ),
  },
  'depends-failed': {
    spec: dag(
      [
        { name: 'a', template: 'bad' },
        { name: 'b', template: 'ok', depends: 'a.Failed' },
      ],
      [ok, bad],
    ),
  },
  'when-false': {
    spec: dag(
      [
        { name: 'a', template: 'ok' },
        { name: 'b', template: 'ok', depends: 'a', when: "'x' == 'y'" },
        { name: 'c', template: 'ok', depends: 'b' },
        { name: 'd', template: 'ok', depends: 'b.Succeeded' },
      ],
      [ok],
    ),
  },
  'one-fails-one-is-slow': {
    spec: dag(
      [
        { name: 'a', template: 'bad' },
        { name: 'b', template: 'slow' },
      ],
      [bad, slow],
    ),
  },
  'retry-10': { spec: retried('process.exit(10)', ours) },
  'retry-20': { spec: retried('process.exit(20)', ours) },
  'retry-once-then-ok': {
    spec: retried('process.exit({{retries}} == 0 ? 10 : 0)', ours),
  },
  'retry-default-policy': { spec: retried('process.exit(1)', { limit: 1 }) },
  'retry-expression-alone': {
    spec: retried('process.exit(20)', { limit: 2, expression: RETRY }),
  },
  'out-parameter': {
    spec: dag(
      [
        { name: 'a', template: 'w' },
        {
          name: 'b',
          template: 'in',
          depends: 'a.Succeeded',
          arguments: {
            parameters: [
              { name: 'x', value: '{{tasks.a.outputs.parameters.n}}!' },
            ],
          },
        },
      ],
      [writer, reader],
    ),
  },
  'stop-running': {
    spec: dag(
      [
        { name: 'a', template: 'endless' },
        { name: 'b', template: 'ok', depends: 'a.Succeeded' },
      ],
      [ok, { ...endless, retryStrategy: ours }],
    ),
    when: 'a(0)',
    patch: { spec: { shutdown: 'Stop' } },
    // Argo may end the Workflow in the pass that ends the pod, or first end what hangs on it in one more.
    races: {
      a: ['phase', 'message', 'finished'],
      'a(0)': ['children'],
      b: ['*'],
      'stop-running': ['outbound'],
    },
  },
  'deadline-running': {
    spec: dag(
      [
        { name: 'a', template: 'endless' },
        { name: 'b', template: 'ok', depends: 'a.Succeeded' },
      ],
      [ok, endless],
      { activeDeadlineSeconds: 8 },
    ),
    // The Pod's deadline and the Workflow's end at the same moment; which of them ends the step is a race.
    races: { a: ['message', 'outputs'] },
  },
  'bad-task-template': { spec: dag([{ name: 'a', template: 'nope' }], [ok]) },
  'bad-no-value': {
    spec: dag([{ name: 'a', template: 'ok' }], [ok], {
      arguments: { parameters: [{ name: 'job_id' }] },
    }),
  },
  'bad-entrypoint': { spec: { entrypoint: 'zzz', templates: [ok] } },
  'template-ref-missing': { spec: { workflowTemplateRef: { name: 'nope' } } },
};

/** The part of a Workflow that has to be the same everywhere; times and machine names are not. */
export function comparable(workflow) {
  const nodes = workflow.status?.nodes ?? {};
  const shown = id => nodes[id]?.displayName ?? id;
  const labels = workflow.metadata.labels ?? {};
  return {
    phase: workflow.status?.phase,
    message: workflow.status?.message ?? '',
    labels: {
      phase: labels['workflows.argoproj.io/phase'],
      completed: labels['workflows.argoproj.io/completed'],
    },
    nodes: Object.fromEntries(
      Object.values(nodes)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(node => [
          node.displayName,
          {
            id: node.id,
            name: node.name,
            type: node.type,
            phase: node.phase,
            message: node.message ?? '',
            templateName: node.templateName,
            templateScope: node.templateScope,
            boundary: node.boundaryID ?? '',
            progress: node.progress ?? '',
            children: (node.children ?? []).map(shown),
            outbound: (node.outboundNodes ?? []).map(shown),
            inputs: node.inputs ?? null,
            outputs: node.outputs ?? null,
            nodeFlag: node.nodeFlag ?? null,
            finished: Boolean(node.finishedAt),
          },
        ]),
    ),
  };
}

/**
 * A plain copy without what chance decides: the case's races, and the order of children, which Argo takes from a Go map
 * (`resolveDependencies` in its dag.go) when a task needs several others. The attempts of a Retry are in order.
 */
export function decided(name, shown) {
  const copy = JSON.parse(JSON.stringify(shown));
  for (const node of Object.values(copy.nodes)) {
    if (node.type !== 'Retry') node.children.sort();
  }
  for (const [node, fields] of Object.entries(cases[name].races ?? {})) {
    for (const field of fields) {
      // Not even whether there is such a node.
      if (field === '*') delete copy.nodes[node];
      else delete copy.nodes[node]?.[field];
    }
  }
  return copy;
}

/** JSON Patch of a decision on the gate, with the operator's guards. */
export function decisionPatch(nodeId, { phase, value }) {
  const at = `/status/nodes/${nodeId}`;
  const finishedAt = `${new Date().toISOString().slice(0, 19)}Z`;
  return [
    { op: 'test', path: `${at}/type`, value: 'Suspend' },
    { op: 'test', path: `${at}/phase`, value: 'Running' },
    { op: 'replace', path: `${at}/phase`, value: phase },
    { op: 'add', path: `${at}/finishedAt`, value: finishedAt },
    { op: 'add', path: `${at}/message`, value: 'decided by the test' },
    ...(value
      ? [
          {
            op: 'replace',
            path: `${at}/outputs`,
            value: { parameters: [{ name: 'decision', value }] },
          },
        ]
      : []),
  ];
}
