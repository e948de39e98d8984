// npm run e2e:cluster: tests on the cluster that KUBECONFIG names, with the product installed there.
//   npm run e2e:cluster -- scenario     only the files with one of these words in their path
//   npm run e2e:cluster -- e2e/sign-in/chart.spec.ts    on an installation by the chart; charts/try does it
//   npm run e2e:cluster -- --prepare    only builds what the images and the tests are made of
import { existsSync } from 'node:fs';
import { glob, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildBundles, buildPortal, buildPortalBundle } from '../build.mjs';
import {
  bin,
  endInOrder,
  jest,
  node,
  root,
  Tally,
  useChromium,
  verdict,
} from '../test-run.mjs';

const state = path.join(root, '.agentic', 'cluster');
/** Of this run alone: somebody else may test this cluster too. */
const reportOf = ({ name }) =>
  path.join(state, `results-${process.pid}-${name.replaceAll(' ', '-')}.json`);
const kubeconfig = path.resolve(process.env.KUBECONFIG ?? '');
const words = process.argv.slice(2).filter(word => !word.startsWith('-'));

const inJest = workers => (files, env, report) =>
  node(
    [
      ...jest('e2e/cluster/jest.config.mjs'),
      '--maxWorkers',
      String(workers),
      '--json',
      `--outputFile=${report}`,
      '--runTestsByPath',
      ...files.map(file => path.join(root, file)),
    ],
    // The report goes to the file; what Jest prints of it is on standard error.
    { env, output: ['ignore', 'ignore', 'inherit'] },
  );

let built;
/** Once, also for rounds that are side by side. */
async function buildForBrowser() {
  await buildBundles();
  await buildPortal();
  useChromium();
}

/** Starts the portal for the cluster, or in it, and lets people work with it. */
const inBrowser =
  (config, ground = 'cluster') =>
  async (files, env, report) => {
    built ??= buildForBrowser();
    await built;
    return node([bin('playwright'), 'test', '--config', config, ...files], {
      env: {
        ...env,
        E2E_GROUND: ground,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    });
  };

/** First what leaves the cluster as it is, then what takes parts of it away, one after the other; `beside`: while the one before it runs. */
const ROUNDS = [
  {
    name: 'as recorded',
    files: [
      'e2e/conformance/*.int.test.ts',
      'embedded/argo-engine/test/argo/*.spec.ts',
    ],
    run: inJest(2),
  },
  {
    name: 'side by side',
    files: ['e2e/cluster/together/!(dependencies).spec.ts'],
    run: inJest(2),
  },
  {
    name: 'tries that take minutes',
    // Begun at once: at the end of the others it would go on alone.
    beside: true,
    files: ['e2e/cluster/together/dependencies.spec.ts'],
    run: inJest(1),
  },
  {
    name: 'in the portal',
    files: ['e2e/portal/*.spec.ts'],
    run: inBrowser('e2e/portal/playwright.config.ts'),
  },
  {
    name: 'the portal in the cluster',
    // Both mostly wait, for pods.
    beside: true,
    files: ['e2e/sign-in/cluster.spec.ts'],
    run: inBrowser('e2e/sign-in/playwright.config.ts'),
  },
  {
    name: 'services away',
    files: ['e2e/cluster/alone/services*.spec.ts'],
    run: inJest(1),
  },
  {
    name: 'controllers away',
    files: ['e2e/cluster/alone/controllers*.spec.ts'],
    run: inJest(1),
  },
  {
    name: 'due times',
    files: ['e2e/cluster/alone/due-times.spec.ts'],
    run: inJest(1),
  },
  {
    name: 'policies weakened',
    files: ['operator/test/integration/admission.int.test.ts'],
    run: inJest(1),
  },
  {
    name: 'policies away',
    files: ['e2e/cluster/alone/policies*.spec.ts'],
    run: inJest(1),
  },
];

/** On an installation by the chart alone: `charts/try cluster` asks for it. */
const CHART = {
  name: 'the portal by the chart',
  files: ['e2e/sign-in/chart.spec.ts'],
  run: inBrowser('e2e/sign-in/playwright.config.ts', 'chart'),
};
const rounds = words.includes(CHART.files[0]) ? [CHART] : ROUNDS;

async function filesOf({ files }) {
  const found = await Array.fromAsync(glob(files, { cwd: root }));
  return found
    .filter(file => words.length === 0 || words.some(one => file.includes(one)))
    .sort();
}

function fail(text) {
  console.error(`✖ ${text}`);
  process.exit(1);
}

await mkdir(state, { recursive: true });
if (process.argv.includes('--prepare')) {
  try {
    await buildBundles();
    await buildPortalBundle();
  } catch (error) {
    fail(error.message);
  }
  // For the demo site, which .ci/cluster starts: the Node that the project is built for.
  const link = path.join(state, 'node');
  await rm(link, { force: true });
  await symlink(process.execPath, link);
  process.exit(0);
}
if (!process.env.KUBECONFIG || !existsSync(kubeconfig)) {
  fail(
    'No cluster to test.\n  Set KUBECONFIG to the file of a cluster with the product installed (docs/operations.md); an admin of it is needed.',
  );
}

endInOrder();
const tally = new Tally();
let ran = 0;

async function play(round, files) {
  const started = Date.now();
  const report = reportOf(round);
  console.log(`\n▶ ${round.name}`);
  await rm(report, { force: true });
  const env = {
    AGENTIC_ROOT: root,
    KUBECONFIG: kubeconfig,
    CONFORMANCE_KUBECONFIG: kubeconfig,
    AGENTIC_TEST_KUBECONFIG: kubeconfig,
  };
  const ok = await round
    .run(files, env, report)
    .then(code => code === 0)
    .catch(error => console.error(error.message));
  await tally.add(report, ok === true);
  await rm(report, { force: true });
  console.log(verdict(ok, round.name, started));
}

let playing = Promise.resolve();
for (const round of rounds) {
  const files = await filesOf(round);
  if (files.length === 0) continue;
  ran += files.length;
  if (!round.beside) await playing;
  playing = Promise.all([playing, play(round, files)]);
}
await playing;
if (ran === 0)
  fail(`No file of these tests has ${words.join(' or ')} in its path.`);
await writeFile(path.join(state, 'tally'), `${tally.list()}${tally}\n`);
console.log(`\n${tally.list()}${tally}`);
process.exit(tally.failed > 0 ? 1 : 0);
