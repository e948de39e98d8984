// npm run e2e:cluster: the whole scenario on the cluster that KUBECONFIG names, with the product installed there.
//   npm run e2e:cluster -- scenario     only the files with this word in their path
//   npm run e2e:cluster -- --prepare    only builds what the images and the tests are made of
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildBundles } from '../build.mjs';

const root = process.env.AGENTIC_ROOT;
const state = path.join(root, '.agentic', 'cluster');
const words = process.argv.slice(2).filter(word => !word.startsWith('-'));

/** First what may go on side by side, then what takes parts of the cluster away, one after the other. */
const ROUNDS = [
  { name: 'side by side', pattern: 'cluster/together/', workers: 3 },
  { name: 'services away', pattern: 'cluster/alone/services', workers: 1 },
  {
    name: 'controllers away',
    pattern: 'cluster/alone/controllers',
    workers: 1,
  },
  { name: 'policies away', pattern: 'cluster/alone/policies', workers: 1 },
];

await mkdir(state, { recursive: true });
if (process.argv.includes('--prepare')) {
  await buildBundles();
  // For the demo site, which .ci/cluster starts: the Node that the project is built for.
  const link = path.join(state, 'node');
  await rm(link, { force: true });
  await symlink(process.execPath, link);
  process.exit(0);
}
if (!process.env.KUBECONFIG || !existsSync(process.env.KUBECONFIG)) {
  console.error(
    '✖ No cluster to test.\n  Set KUBECONFIG to the file of a cluster with the product installed (docs/operations.md); an admin of it is needed.',
  );
  process.exit(1);
}

function jest({ pattern, workers }, file) {
  const args = [
    '--experimental-vm-modules',
    '--no-warnings',
    path.join(root, 'node_modules/jest/bin/jest.js'),
    '--config',
    'e2e/cluster/jest.config.mjs',
    '--maxWorkers',
    String(workers),
    ...(words.length > 0 ? ['--passWithNoTests'] : []),
    '--json',
    `--outputFile=${file}`,
    '--testPathPatterns',
    words.length > 0 ? `(?=.*(${words.join('|')})).*${pattern}` : pattern,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      // The report goes to the file; what Jest would print of it is on standard error anyway.
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, AGENTIC_ROOT: root },
    });
    process.once('SIGTERM', () => {
      child.kill();
      process.exit(143);
    });
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
}

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const round of ROUNDS) {
  const started = Date.now();
  const file = path.join(state, 'results.json');
  await rm(file, { force: true });
  console.log(`\n▶ ${round.name}`);
  const code = await jest(round, file);
  const report = await readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const failed = report
    ? report.numFailedTests + report.numRuntimeErrorTestSuites
    : 1;
  totals.passed += report?.numPassedTests ?? 0;
  totals.failed += code !== 0 && failed === 0 ? 1 : failed;
  totals.skipped += report ? report.numPendingTests + report.numTodoTests : 0;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${code === 0 ? '✔' : '✖'} ${round.name} (${seconds} s)`);
}
const tally = `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
await writeFile(path.join(state, 'tally'), `${tally}\n`);
console.log(`\n${tally}`);
process.exit(totals.failed > 0 ? 1 : 0);
