// How long the portal takes for a list of runs while pages are open, beside the same with 15 runs in the same run:
//   node bench/portal/lists.mjs [RUNS] [PAGES] [SECONDS]
// The plugin's whole backend, with its permissions and its cluster's rights, before an API server in memory. Each page asks again when the
// backend says that a run changed, as a browser does, and five runs change each second. Times are those of a client in a thread of its own.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  isMainThread,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BACKEND = path.join(ROOT, 'plugins/agent-workloads-backend/src');
const [RUNS = 20_000, PAGES = 50, SECONDS = 20] = process.argv
  .slice(2)
  .map(Number);
const FEW = 15;
const CHANGES_PER_SECOND = 5;
const GATHER_MS = 250;
const PHASES = ['Completed', 'Completed', 'Failed', 'Denied', 'TimedOut'];

/** What people look at: most the first page, some a filter, a search, another order or a page far down. */
const QUERIES = [
  '',
  '',
  '',
  'entityRef=component%3Adefault%2Fcompany-7&hasReport=true&outcome=completed',
  'search=company-11',
  'sort=duration',
  'phase=Failed&sort=startedAt',
  'sort=name&order=asc&offset=9000',
  'mine=true',
  'host=company-3.example',
];

/** The code under measurement as one module; a bench has no import of a package's inside. */
async function loadPortal() {
  const out = path.join(ROOT, 'node_modules/.cache/bench-portal/lists.cjs');
  await mkdir(path.dirname(out), { recursive: true });
  const inside = folder => path.join(ROOT, folder, 'src/index.ts');
  await build({
    stdin: {
      contents: `export * from './__testUtils__/startPortal';
export { workload } from './__testUtils__/workloads';`,
      resolveDir: BACKEND,
    },
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    define: { __dirname: JSON.stringify(path.join(BACKEND, '__testUtils__')) },
    plugins: [ownPackages(inside)],
    logLevel: 'error',
  });
  // Mocks of Backstage are made by Jest; these only ever are called.
  globalThis.jest = {
    fn: (first = () => undefined) => {
      let run = first;
      const mock = (...args) => run(...args);
      mock.mockImplementation = next => {
        run = next;
        return mock;
      };
      return mock;
    },
  };
  return import(pathToFileURL(out).href);
}

function ownPackages(inside) {
  const folders = {
    api: inside('api'),
    kube: inside('kube'),
    'kube/testing': path.join(ROOT, 'kube/src/testing/index.ts'),
  };
  for (const name of ['common', 'node']) {
    folders[`backstage-plugin-agent-workloads-${name}`] = inside(
      `plugins/agent-workloads-${name}`,
    );
  }
  folders['backstage-plugin-agent-workloads-node/internal'] = path.join(
    ROOT,
    'plugins/agent-workloads-node/src/internal.ts',
  );
  return {
    name: 'own-packages',
    setup(bundler) {
      bundler.onResolve({ filter: /^@agentworkloads\// }, ({ path: name }) => ({
        path: folders[name.slice('@agentworkloads/'.length)],
      }));
    },
  };
}

const run = (workload, n, round = 0) => {
  const minute = 60_000 * n;
  const made = Date.UTC(2026, 0, 1) + minute;
  const at = ms => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  const phase = PHASES[(n + round) % PHASES.length];
  const object = workload(`run-${n}`, {
    spec: {
      objective: `What does company-${n % 40} charge?`,
      targetUrls: [`https://company-${n % 40}.example/pricing`],
      entityRef: `component:default/company-${n % 40}`,
      requestedBy: { username: ['alice', 'bob', 'carol'][n % 3] },
    },
    status: {
      phase,
      argoWorkflow: {
        name: `run-${n}`,
        namespace: 'agentworkloads',
        uid: 'w',
        startedAt: at(made + 1000),
      },
      workflowArtifacts:
        phase === 'Completed'
          ? { 'report-json': { bucket: 'artifacts', key: `runs/w/${n}` } }
          : {},
    },
  });
  object.metadata.creationTimestamp = at(made);
  return object;
};

const quantile = (sorted, part) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

async function measure({ startPortal, workload }, count) {
  const portal = await startPortal({
    prepare(api) {
      for (let n = 0; n < count; n += 1) {
        api.put('agentworkloads', run(workload, n));
      }
    },
  });
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: { url: portal.url, pages: PAGES, seconds: SECONDS },
  });
  let changed = 0;
  const churn = setInterval(() => {
    const n = (changed * 7919) % count;
    portal.api.put('agentworkloads', run(workload, n, 1 + changed));
    changed += 1;
    worker.postMessage('changed');
  }, 1000 / CHANGES_PER_SECOND);
  const before = process.threadCpuUsage();
  const times = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const { user, system } = process.threadCpuUsage(before);
  clearInterval(churn);
  const rss = Math.round(process.memoryUsage().rss / 2 ** 20);
  await portal.stop();
  times.sort((a, b) => a - b);
  return {
    runs: count,
    asked: times.length,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    max: times.at(-1),
    // Of the server alone: the pages ask from a thread of their own.
    cpuMs: (user + system) / 1000 / times.length,
    rssMb: rss,
  };
}

/** The pages: each asks, and asks again GATHER_MS after the first notice since. */
async function openPages({ url, pages, seconds }) {
  const token = Buffer.from('alice').toString();
  const headers = { authorization: authorization(token) };
  const times = [];
  const end = performance.now() + seconds * 1000;
  const waiting = new Set();
  parentPort.on('message', () => {
    const woken = [...waiting];
    waiting.clear();
    woken.forEach(wake => wake());
  });
  const page = async index => {
    const query = QUERIES[index % QUERIES.length];
    while (performance.now() < end) {
      const begin = performance.now();
      const answer = await fetch(`${url}/runs?${query}`, { headers });
      if (!answer.ok) throw new Error(await answer.text());
      await answer.json();
      times.push(performance.now() - begin);
      await new Promise(resolve => waiting.add(resolve));
      await new Promise(resolve =>
        setTimeout(resolve, GATHER_MS + (index % 10)),
      );
    }
  };
  await Promise.all(Array.from({ length: pages }, (_, index) => page(index)));
  // The first answers of each page are of a server that has seen nothing.
  parentPort.postMessage(times.slice(pages));
  parentPort.close();
}

const authorization = () =>
  `Bearer mock-user-token:${JSON.stringify({ sub: 'user:default/alice' })}`;

if (isMainThread) {
  const portal = await loadPortal();
  const results = [await measure(portal, FEW), await measure(portal, RUNS)];
  for (const one of results) {
    const ms = value => `${value.toFixed(1)} ms`;
    console.log(
      `${one.runs} runs, ${PAGES} pages: p50 ${ms(one.p50)}, p95 ${ms(
        one.p95,
      )}, longest ${ms(one.max)} of ${one.asked} answers, ${ms(
        one.cpuMs,
      )} of CPU each; ${one.rssMb} MB`,
    );
  }
  const [few, many] = results;
  console.log(
    `p95: ${(many.p95 / few.p95).toFixed(2)} times that of ${FEW} runs`,
  );
  process.exit(many.p95 < 100 ? 0 : 1);
} else {
  await openPages(workerData);
}
