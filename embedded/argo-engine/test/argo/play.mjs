// Runs the table on the cluster that KUBECONFIG names, which must have Argo Workflows and the image of the steps.
import { execFile } from 'node:child_process';
import { cases, comparable, decisionPatch } from './cases.mjs';

const WITHIN_MS = 300_000;
/** What hangs gets the time to do something after all. */
const STILL_MS = 15_000;

const FINAL = ['Succeeded', 'Failed', 'Error'];
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** kubectl in one namespace; its standard input is JSON. */
const kubectlIn = namespace => (args, input) =>
  new Promise((resolve, reject) => {
    const child = execFile(
      'kubectl',
      ['-n', namespace, ...args],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    child.stdin.end(input === undefined ? '' : JSON.stringify(input));
  });

const list = items => ({ apiVersion: 'v1', kind: 'List', items });

/** The account of the steps, with the right that Argo's executor needs and no other. */
function account(namespace) {
  const metadata = { name: 'steps', namespace };
  const rbac = 'rbac.authorization.k8s.io';
  return list([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata,
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
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: 'steps' },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
  ]);
}

async function act(kubectl, workflow, acted) {
  const { name } = workflow.metadata;
  const { decide, patch, when = 'gate' } = cases[name];
  const node = Object.values(workflow.status?.nodes ?? {}).find(
    ({ displayName }) => displayName === when,
  );
  if (acted.has(name) || node?.phase !== 'Running' || !(decide || patch)) {
    return;
  }
  acted.add(name);
  await kubectl([
    'patch',
    'workflow',
    name,
    decide ? '--type=json' : '--type=merge',
    '-p',
    JSON.stringify(decide ? decisionPatch(node.id, decide) : patch),
  ]);
}

async function untilEnded(kubectl) {
  const acted = new Set();
  const began = Date.now();
  for (;;) {
    const { items } = JSON.parse(
      await kubectl(['get', 'workflows', '-o', 'json']),
    );
    await Promise.all(items.map(one => act(kubectl, one, acted)));
    const open = items.filter(
      ({ metadata, status }) =>
        !cases[metadata.name].hangs && !FINAL.includes(status?.phase),
    );
    if (open.length === 0) return;
    if (Date.now() > began + WITHIN_MS) {
      const names = open.map(({ metadata }) => metadata.name);
      throw new Error(`not ended: ${names.join(', ')}`);
    }
    await sleep(1000);
  }
}

/**
 * Plays cases side by side in a namespace of their own, which is deleted in the end.
 *
 * @param namespace a new one
 * @param names of the cases, of which there is one at least; all where none are given
 * @returns by the name of the case, what is comparable of its Workflow
 */
export async function playOnCluster(namespace, names = Object.keys(cases)) {
  const kubectl = kubectlIn(namespace);
  try {
    await kubectl(['create', '-f', '-'], account(namespace));
    const began = Date.now();
    const workflows = names.map(name => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { name, namespace },
      spec: { serviceAccountName: 'steps', ...cases[name].spec },
    }));
    await kubectl(['create', '-f', '-'], list(workflows));
    await untilEnded(kubectl);
    await sleep(Math.max(0, began + STILL_MS - Date.now()));
    const { items } = JSON.parse(
      await kubectl(['get', 'workflows', '-o', 'json']),
    );
    return Object.fromEntries(
      items
        .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
        .map(workflow => [workflow.metadata.name, comparable(workflow)]),
    );
  } finally {
    await kubectl(['delete', 'namespace', namespace, '--wait=false']);
  }
}
