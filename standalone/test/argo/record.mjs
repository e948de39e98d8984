// Runs the table on the cluster that KUBECONFIG names, which must have Argo Workflows and the image of the steps, and
// writes what became of each Workflow to recorded.json: node standalone/test/argo/record.mjs
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cases, comparable, decisionPatch } from './cases.mjs';

const NAMESPACE = 'engine-conformance';
const WITHIN_MS = 300_000;
const kubectl = (args, input) =>
  execFileSync('kubectl', ['-n', NAMESPACE, ...args], {
    input: input === undefined ? undefined : JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'inherit'],
  });

const meta = { name: 'steps', namespace: NAMESPACE };
const rbac = 'rbac.authorization.k8s.io';
const setup = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'Role',
    metadata: meta,
    rules: [
      {
        apiGroups: ['argoproj.io'],
        resources: ['workflowtaskresults'],
        verbs: ['create', 'patch'],
      },
    ],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: meta,
    roleRef: { apiGroup: rbac, kind: 'Role', name: 'steps' },
    subjects: [{ kind: 'ServiceAccount', ...meta }],
  },
];
for (const object of setup) kubectl(['apply', '-f', '-'], object);

for (const [name, { spec }] of Object.entries(cases)) {
  kubectl(['create', '-f', '-'], {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name },
    spec: { serviceAccountName: 'steps', ...spec },
  });
}

const list = () =>
  JSON.parse(kubectl(['get', 'workflows', '-o', 'json'])).items;
const acted = new Set();
function act(workflow) {
  const { name } = workflow.metadata;
  const { decide, patch, when = 'gate' } = cases[name];
  const node = Object.values(workflow.status?.nodes ?? {}).find(
    ({ displayName }) => displayName === when,
  );
  if (acted.has(name) || node?.phase !== 'Running' || !(decide || patch)) {
    return;
  }
  acted.add(name);
  kubectl([
    'patch',
    'workflow',
    name,
    decide ? '--type=json' : '--type=merge',
    '-p',
    JSON.stringify(decide ? decisionPatch(node.id, decide) : patch),
  ]);
}

const end = Date.now() + WITHIN_MS;
for (;;) {
  const items = list();
  items.forEach(act);
  const open = items.filter(
    ({ metadata, status }) =>
      !cases[metadata.name].hangs &&
      !['Succeeded', 'Failed', 'Error'].includes(status?.phase),
  );
  if (open.length === 0) break;
  if (Date.now() > end) {
    throw new Error(
      `not ended: ${open.map(({ metadata }) => metadata.name).join(', ')}`,
    );
  }
  await new Promise(resolve => setTimeout(resolve, 1000));
}
// What hangs gets the time to do something after all.
await new Promise(resolve => setTimeout(resolve, 15_000));

const recorded = Object.fromEntries(
  list()
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    .map(workflow => [workflow.metadata.name, comparable(workflow)]),
);
writeFileSync(
  fileURLToPath(new URL('recorded.json', import.meta.url)),
  `${JSON.stringify(recorded, undefined, 2)}\n`,
);
kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
console.log(`recorded ${Object.keys(recorded).length} Workflows`);
