// How much memory the operator takes at rest: `node bench/operator/memory.mjs [count]` starts the bundle (operator/dist, `node
// scripts/build.mjs bundles`) with the heap cap that deploy/operator ships, against an API server that invents as many
// ended workloads, each with the largest spec that the CRD takes, their Workflows and their approvals.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);
const COUNT = Number(process.argv[2] ?? 10_000);
const LIMIT_MB = 350;
const HEAP = /--max-old-space-size=\d+/.exec(
  readFileSync(path.join(root, 'deploy/operator/deployment.yaml'), 'utf8'),
)?.[0];
const NS = 'agentworkloads';
const THEN = '2026-03-02T10:00:00Z';

/** 64 KiB of URLs, in as few as the CRD takes and in as many. */
function targetUrls(index) {
  const many = index % 2 === 0;
  const count = many ? 500 : 32;
  const length = Math.floor(65_000 / count);
  return Array.from({ length: count }, (_, page) =>
    `https://site-${index}.example/${page}/`.padEnd(length, 'x'),
  );
}

const meta = (name, uid, rest = {}) => ({
  name,
  namespace: NS,
  uid,
  resourceVersion: '5',
  generation: 1,
  creationTimestamp: THEN,
  managedFields: [{ manager: 'kubectl', fieldsV1: { 'f:spec': {} } }],
  ...rest,
});

const MAKE = {
  agentworkloads: index => {
    const spec = { objective: 'prices', targetUrls: targetUrls(index) };
    return {
      apiVersion: 'agentworkloads.io/v1alpha1',
      kind: 'AgentWorkload',
      metadata: meta(`run-${index}`, `uid-${index}`, {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration':
            JSON.stringify(spec),
        },
      }),
      spec,
      status: {
        phase: 'Completed',
        argoWorkflow: {
          name: `run-${index}-wf`,
          namespace: NS,
          uid: `wf-${index}`,
          startedAt: THEN,
        },
        gate: {
          mode: 'human',
          fourEyes: false,
          nodeId: 'gate',
          decision: 'approve',
        },
        message: 'Completed; the gate was approved by alice.',
      },
    };
  },
  workflows: index => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: meta(`run-${index}-wf`, `wf-${index}`, {
      labels: { 'agentworkloads.io/workload-uid': `uid-${index}` },
      ownerReferences: [
        {
          apiVersion: 'agentworkloads.io/v1alpha1',
          kind: 'AgentWorkload',
          name: `run-${index}`,
          uid: `uid-${index}`,
          controller: true,
        },
      ],
    }),
    spec: {
      arguments: {
        parameters: [
          { name: 'target_urls', value: JSON.stringify(targetUrls(index)) },
        ],
      },
    },
    status: {
      phase: 'Succeeded',
      startedAt: THEN,
      finishedAt: THEN,
      nodes: Object.fromEntries(
        ['scrape', 'screenshot', 'dom', 'gate', 'synthesis'].map(step => [
          `n-${step}`,
          {
            id: `n-${step}`,
            name: `run-${index}-wf.${step}`,
            displayName: step,
            type: step === 'gate' ? 'Suspend' : 'Pod',
            phase: 'Succeeded',
            startedAt: THEN,
            finishedAt: THEN,
          },
        ]),
      ),
    },
  }),
  agentapprovals: index => ({
    apiVersion: 'agentworkloads.io/v1alpha1',
    kind: 'AgentApproval',
    metadata: meta(`run-${index}-alice`, `ap-${index}`, {
      ownerReferences: [
        {
          apiVersion: 'agentworkloads.io/v1alpha1',
          kind: 'AgentWorkload',
          name: `run-${index}`,
          uid: `uid-${index}`,
        },
      ],
    }),
    spec: {
      workloadRef: { name: `run-${index}`, uid: `uid-${index}` },
      gate: { workflowUid: `wf-${index}`, nodeId: 'gate' },
      decision: 'approve',
      comment: 'x'.repeat(2_000),
      evidence: 'a'.repeat(64),
      approver: { username: 'alice' },
    },
    status: {
      conditions: [
        {
          type: 'Accepted',
          status: 'True',
          reason: 'ApprovalUsed',
          message: '',
          lastTransitionTime: THEN,
        },
      ],
    },
  }),
};

/** Followed, and there are none. */
const EMPTY = ['agentworkloadschedules'];

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  const kind = url.pathname.split('/').at(-1);
  const make = MAKE[kind];
  response.setHeader('content-type', 'application/json');
  if (url.searchParams.get('watch')) {
    response.flushHeaders();
    return;
  }
  if (EMPTY.includes(kind)) {
    response.end(
      JSON.stringify({ items: [], metadata: { resourceVersion: '10' } }),
    );
    return;
  }
  if (!make) {
    response.writeHead(404).end('{}');
    return;
  }
  const start = Number(url.searchParams.get('continue') ?? 0);
  const end = Math.min(
    COUNT,
    start + Number(url.searchParams.get('limit') ?? COUNT),
  );
  const items = Array.from({ length: end - start }, (_, index) =>
    make(start + index),
  );
  const more = end < COUNT ? { continue: String(end) } : {};
  response.end(
    JSON.stringify({ items, metadata: { resourceVersion: '10', ...more } }),
  );
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const folder = mkdtempSync(path.join(tmpdir(), 'operator-memory-'));
const kubeconfig = path.join(folder, 'kubeconfig');
writeFileSync(
  kubeconfig,
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    clusters: [
      {
        name: 'c',
        cluster: {
          server: `http://127.0.0.1:${server.address().port}`,
          'insecure-skip-tls-verify': true,
        },
      },
    ],
    users: [{ name: 'u', user: { token: 't' } }],
  }),
);
const began = Date.now();
const operator = spawn(
  process.execPath,
  [HEAP, path.join(root, 'operator/dist/main.mjs')],
  {
    env: {
      PATH: process.env.PATH,
      KUBECONFIG: kubeconfig,
      POLICY_WASM_DIR: path.join(root, 'policies'),
      ARTIFACT_BUCKET: 'agentworkloads',
      HEALTH_LISTEN: '127.0.0.1:0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
// Whoever stops this stops the operator, too.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    operator.kill();
    process.exit(1);
  });
}
const megabytes = name =>
  Math.round(
    Number(
      new RegExp(`${name}:\\s+(\\d+) kB`).exec(
        readFileSync(`/proc/${operator.pid}/status`, 'utf8'),
      )?.[1],
    ) / 1024,
  );
let text = '';
const whole = new Promise(resolve =>
  operator.stdout.on('data', chunk => {
    text += chunk;
    if (text.includes('caches are whole')) resolve(true);
  }),
);
const died = new Promise(resolve =>
  operator.once('exit', code => resolve(`exit ${code}`)),
);
const outcome = await Promise.race([whole, died]);
const seconds = (Date.now() - began) / 1000;
// The first look at everything is still to come.
if (outcome === true)
  await Promise.race([
    new Promise(resolve => setTimeout(resolve, 15_000)),
    died,
  ]);
const alive = operator.exitCode === null;
const peak = alive ? megabytes('VmHWM') : NaN;
const now = alive ? megabytes('VmRSS') : NaN;
operator.kill();
server.close();
server.closeAllConnections();
process.stdout.write(
  alive
    ? `${COUNT} ended workloads with maximal specs, ${HEAP}: caches whole after ${seconds.toFixed(
        1,
      )} s; ${now} MB, ${peak} MB at most (limit ${LIMIT_MB})\n`
    : `the operator ended (${outcome}):\n${text.slice(-2000)}\n`,
);
process.exitCode = alive && peak < LIMIT_MB ? 0 : 1;
