// Many runs at once against a real Kubernetes API server and a real Argo controller: does each of them end as it should?
//
//   KUBECONFIG=admin.yaml node bench/operator/burst.mjs [--rounds 3] [--minutes 10] 200 300
//
// KUBECONFIG names a cluster admin of a cluster with Argo's CRDs and controller, on which nobody relies: the script applies
// deploy/crds, deploy/rbac and deploy/policies, puts a WorkflowTemplate of the product's name into `agentworkloads`, and runs the
// operator's bundle (operator/dist, `node scripts/build.mjs bundles`) here, with the operator's own account. The steps are suspend
// nodes that go on by themselves, so no pod is needed and no node: what is measured is the operator, the API server and Argo's
// controller. The gate is the product's own. Of ten runs seven are approved and one is denied by a person, one is cancelled at its
// gate and one is cancelled while it runs; all wait no longer than 45 s for progress, less than Argo takes for all of them.
import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { parse } from 'yaml';
import { loadModule } from '../../scripts/load-module.mjs';

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '10' },
  },
});
const SIZES = positionals.length ? positionals.map(Number) : [200, 300];
const NS = 'agentworkloads';
const OURS = `/apis/agentworkloads.io/v1alpha1/namespaces/${NS}`;
const ARGO = `/apis/argoproj.io/v1alpha1/namespaces/${NS}`;
const OPERATOR = 'agentworkloads-operator';
const { isFinalPhase } = await loadModule('api/src/phases.ts');

const config = parse(readFileSync(process.env.KUBECONFIG, 'utf8'));
const { cluster } = config.clusters[0];
const { user } = config.users[0];
const pem = text => text && Buffer.from(text, 'base64');
const dispatcher = new Agent({
  connections: 16,
  connect: {
    ca: pem(cluster['certificate-authority-data']),
    cert: pem(user['client-certificate-data']),
    key: pem(user['client-key-data']),
  },
});

/** One request as the admin, or as somebody else; 2xx or an error that says why. */
async function ask(method, where, body, as) {
  const response = await request(cluster.server + where, {
    dispatcher,
    method,
    headers: {
      ...(user.token ? { authorization: `Bearer ${user.token}` } : {}),
      ...(as ? { 'impersonate-user': as.user } : {}),
      ...(as?.groups ? { 'impersonate-group': as.groups } : {}),
      'content-type':
        method === 'PATCH'
          ? 'application/merge-patch+json'
          : 'application/json',
    },
    body: body && JSON.stringify(body),
  });
  const answer = await response.body.json();
  if (response.statusCode < 300) return answer;
  throw new Error(
    `${method} ${where}: ${response.statusCode} ${answer.message}`,
  );
}

async function all(where) {
  const items = [];
  let token = '';
  do {
    const page = await ask(
      'GET',
      `${where}?limit=100&continue=${encodeURIComponent(token)}`,
    );
    items.push(...page.items);
    token = page.metadata.continue ?? '';
  } while (token);
  return items;
}

const kubectl = (...args) =>
  execFileSync('kubectl', args, { cwd: root, encoding: 'utf8' });
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Goes on by itself, and names no artifact: there is nothing to be hashed. */
const step = name => ({
  name,
  suspend: { duration: '2' },
  outputs: {
    parameters: [
      { name: 'digests', valueFrom: { supplied: {}, default: '{}' } },
    ],
  },
});
const supplied = (name, value) => ({
  name,
  valueFrom: { supplied: {}, default: value },
});
const TEMPLATE = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'WorkflowTemplate',
  metadata: { name: 'competitor-scrape', namespace: NS },
  spec: {
    entrypoint: 'main',
    arguments: { parameters: [{ name: 'job_id' }, { name: 'target_urls' }] },
    templates: [
      {
        name: 'main',
        dag: {
          tasks: [
            { name: 'scrape', template: 'scrape' },
            {
              name: 'screenshot',
              template: 'screenshot',
              depends: 'scrape.Succeeded',
            },
            { name: 'dom', template: 'dom', depends: 'scrape.Succeeded' },
            {
              name: 'gate',
              template: 'gate',
              depends: 'screenshot.Succeeded && dom.Succeeded',
            },
            {
              name: 'synthesis',
              template: 'synthesis',
              depends: 'gate.Succeeded',
              when: "'{{tasks.gate.outputs.parameters.decision}}' == 'approve'",
            },
          ],
        },
      },
      step('scrape'),
      step('screenshot'),
      step('dom'),
      {
        name: 'gate',
        suspend: {},
        outputs: {
          parameters: [
            supplied('decision', 'timed-out'),
            supplied('evidence', ''),
          ],
        },
      },
      step('synthesis'),
    ],
  },
};

/** As shipped, save that so many may go on at once. */
function policies(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of ['policies.wasm', 'policies.wasm.sha256'])
    writeFileSync(
      path.join(folder, name),
      readFileSync(path.join(root, 'policies', name)),
    );
  const data = JSON.parse(
    readFileSync(path.join(root, 'policies/data.json'), 'utf8'),
  );
  const { limits } = data.agentworkloads.config;
  limits.runsPerRequester = 10_000;
  limits.runsPerNamespace = 10_000;
  writeFileSync(path.join(folder, 'data.json'), JSON.stringify(data));
}

async function install() {
  for (const folder of ['deploy/crds', 'deploy/rbac', 'deploy/policies'])
    kubectl('apply', '--server-side', '--force-conflicts', '-k', folder);
  kubectl(
    'wait',
    '--for=condition=Established',
    'crd/agentworkloads.agentworkloads.io',
    'crd/agentworkloadschedules.agentworkloads.io',
    'crd/agentapprovals.agentworkloads.io',
  );
  await ask('POST', `${ARGO}/workflowtemplates`, TEMPLATE).catch(error => {
    if (!/ 409 /.test(error.message)) throw error;
  });
}

/** The bundle, with the operator's account and the heap that the Deployment gives it. */
function startOperator(folder) {
  const system = 'agentworkloads-system';
  const token = kubectl('-n', system, 'create', 'token', OPERATOR).trim();
  const kubeconfig = path.join(folder, 'kubeconfig');
  const clone = {
    ...config,
    users: [{ name: 'operator', user: { token } }],
    contexts: [
      {
        name: 'operator',
        context: { cluster: config.clusters[0].name, user: 'operator' },
      },
    ],
    'current-context': 'operator',
  };
  writeFileSync(kubeconfig, JSON.stringify(clone), { mode: 0o600 });
  policies(path.join(folder, 'policies'));
  const log = openSync(path.join(folder, 'operator.log'), 'a');
  return spawn(
    process.execPath,
    ['--max-old-space-size=256', path.join(root, 'operator/dist/main.mjs')],
    {
      env: {
        PATH: process.env.PATH,
        KUBECONFIG: kubeconfig,
        POLICY_WASM_DIR: path.join(folder, 'policies'),
        ARTIFACT_BUCKET: 'agentworkloads',
        HEALTH_LISTEN: '127.0.0.1:0',
      },
      stdio: ['ignore', log, log],
    },
  );
}

const endOf = index =>
  ['Denied', 'Cancelled', 'Cancelled'][index % 10] ?? 'Completed';

const ALICE = { user: 'alice', groups: ['agentworkloads:approvers'] };

function decide({ metadata, status }, decision) {
  return ask(
    'POST',
    `${OURS}/agentapprovals`,
    {
      apiVersion: 'agentworkloads.io/v1alpha1',
      kind: 'AgentApproval',
      metadata: { name: `${metadata.name}-alice`, namespace: NS },
      spec: {
        workloadRef: { name: metadata.name, uid: metadata.uid },
        gate: {
          workflowUid: status.argoWorkflow.uid,
          nodeId: status.gate.nodeId,
        },
        decision,
        comment: 'as the burst has it',
        evidence: status.gate.evidence,
        approver: { username: ALICE.user, groups: ALICE.groups },
      },
    },
    ALICE,
  );
}

const cancel = ({ metadata }) =>
  ask('PATCH', `${OURS}/agentworkloads/${metadata.name}`, {
    spec: { cancel: true },
  });

/** What a person does about a run as it is now; true once it is done. */
async function act(run, index) {
  const { phase } = run.status ?? {};
  if (index % 10 === 2) {
    if (phase !== 'Running') return false;
    await cancel(run);
    return true;
  }
  if (phase !== 'AwaitingApproval') return false;
  if (index % 10 === 1) await cancel(run);
  else await decide(run, index % 10 === 0 ? 'deny' : 'approve');
  return true;
}

async function burst(size, round) {
  const prefix = `burst-${Date.now().toString(36)}-`;
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1);
  await Promise.all(
    Array.from({ length: size }, (_, index) =>
      ask('POST', `${OURS}/agentworkloads`, {
        apiVersion: 'agentworkloads.io/v1alpha1',
        kind: 'AgentWorkload',
        metadata: { name: `${prefix}${index}`, namespace: NS },
        spec: {
          objective: 'many at once',
          targetUrls: ['https://tidepool.example/pricing'],
          timeouts: { noProgress: '45s' },
        },
      }),
    ),
  );
  const made = seconds();
  const done = new Set();
  const until = began + Number(options.minutes) * 60_000;
  let runs = [];
  for (;;) {
    runs = (await all(`${OURS}/agentworkloads`)).filter(({ metadata }) =>
      metadata.name.startsWith(prefix),
    );
    for (const run of runs) {
      const index = Number(run.metadata.name.slice(prefix.length));
      if (!done.has(index) && (await act(run, index))) done.add(index);
    }
    const open = runs.filter(({ status }) => !isFinalPhase(status?.phase));
    if (open.length === 0 || Date.now() > until) break;
    await sleep(500);
  }
  const workflows = (await all(`${ARGO}/workflows`)).filter(({ metadata }) =>
    metadata.name.startsWith(prefix),
  );
  const wrong = runs.filter(
    ({ metadata, status }) =>
      status?.phase !== endOf(Number(metadata.name.slice(prefix.length))),
  );
  const owners = new Set(
    workflows.map(({ metadata }) => metadata.ownerReferences?.[0]?.uid),
  );
  const good =
    runs.length === size &&
    wrong.length === 0 &&
    owners.size === workflows.length;
  console.log(
    `${
      good ? '✓' : '✖'
    } ${size} at once, round ${round}: all made after ${made} s, ${
      runs.length - wrong.length
    } of ${size} ended as they should after ${seconds()} s; ${
      workflows.length
    } Workflows of ${owners.size} runs`,
  );
  for (const { metadata, status } of wrong.slice(0, 10))
    console.log(
      `  ${metadata.name}: ${status?.phase ?? 'no status'} ${
        status?.message ?? ''
      }`,
    );
  for (const { metadata } of runs)
    await ask('DELETE', `${OURS}/agentworkloads/${metadata.name}`);
  return good;
}

const folder = mkdtempSync(path.join(tmpdir(), 'burst-'));
await install();
const operator = startOperator(folder);
let good = true;
try {
  for (const size of SIZES) {
    for (let round = 1; round <= Number(options.rounds); round += 1)
      good = (await burst(size, round)) && good;
  }
} finally {
  if (operator.exitCode === null && operator.signalCode === null) {
    const over = new Promise(resolve => operator.once('exit', resolve));
    operator.kill('SIGTERM');
    await over;
  }
}
if (good) rmSync(folder, { recursive: true });
else console.log(`The operator's log: ${path.join(folder, 'operator.log')}`);
await dispatcher.close();
process.exitCode = good ? 0 : 1;
