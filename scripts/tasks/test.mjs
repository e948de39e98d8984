// npm test: every check and test of one machine. `npm test -- unit journey` runs only the named parts.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildBundles, buildPortal } from '../build.mjs';

const root = process.env.AGENTIC_ROOT;
const results = path.join(root, '.agentic', 'test-results');
const bin = name => path.join(root, 'node_modules', '.bin', name);
const jest = [
  '--experimental-vm-modules',
  '--no-warnings',
  path.join(root, 'node_modules/jest/bin/jest.js'),
  '--config',
  'jest.config.mjs',
];
const totals = { passed: 0, failed: 0, skipped: 0 };

/** Runs Node with these arguments; what it prints goes to `output`: shown as it comes, or into an open file. */
function node(args, env = {}, output = 'inherit') {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...env },
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

async function count(file) {
  const report = await readFile(file, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  if (!report) return false;
  if (report.stats) {
    totals.passed += report.stats.expected;
    totals.failed += report.stats.unexpected + report.stats.flaky;
    totals.skipped += report.stats.skipped;
  } else {
    totals.passed += report.numPassedTests;
    totals.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    totals.skipped += report.numPendingTests + report.numTodoTests;
  }
  return true;
}

/** A check that is not a test run counts as one test. */
const check = args => async output => {
  const code = await node(args, {}, output);
  totals[code === 0 ? 'passed' : 'failed'] += 1;
  return code === 0;
};

const counted = (name, args, env) => async output => {
  const file = path.join(results, `${name}.json`);
  await rm(file, { force: true });
  const code = await node(args(file), env, output);
  if (!(await count(file))) totals.failed += 1;
  return code === 0;
};

const coverage = [
  '--coverage',
  '--coverageProvider=v8',
  '--coverageReporters=text-summary',
  '--collectCoverageFrom=src/{workflow,reconcile}/**/*.ts',
  '--coverageDirectory=.agentic/test-results/coverage',
  '--coverageThreshold={"global":{"lines":90}}',
];

let built;
const bundles = () => (built ??= buildBundles());

const PARTS = {
  format: check([
    bin('prettier'),
    '--check',
    '--loglevel',
    'warn',
    '--cache',
    '--cache-strategy',
    'content',
    '--cache-location',
    '.cache/prettier',
    '.',
  ]),
  lint: check([
    bin('eslint'),
    '--ext',
    '.ts,.tsx,.mjs',
    '--max-warnings',
    '0',
    '--cache',
    '--cache-location',
    '.cache/eslint/',
    '.',
  ]),
  types: check([
    bin('tsc'),
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    '.cache/types.tsbuildinfo',
    '-p',
    'tsconfig.json',
  ]),
  imports: check(['scripts/check-imports.mjs']),
  docs: check(['scripts/check-docs.mjs']),
  generated: check(['scripts/generate.mjs', '--check']),
  policies: check(['policies/build.mjs', '--check']),
  unit: counted('unit', file => [
    ...jest,
    '--json',
    `--outputFile=${file}`,
    '--selectProjects',
    'api',
    'agents',
    'standalone',
    'scripts',
  ]),
  operator: counted('operator', file => [
    ...jest,
    '--json',
    `--outputFile=${file}`,
    ...coverage,
    '--selectProjects',
    'operator',
  ]),
  portal: counted('portal', file => [
    bin('backstage-cli'),
    'repo',
    'test',
    '--watchAll=false',
    '--maxWorkers=2',
    '--json',
    `--outputFile=${file}`,
  ]),
  build: async () => {
    await bundles();
    await buildPortal();
    return true;
  },
  integration: counted(
    'integration',
    file => [...jest, '--json', `--outputFile=${file}`],
    { JEST_SUITE: 'integration' },
  ),
  faults: counted(
    'faults',
    file => [...jest, '--json', `--outputFile=${file}`],
    { JEST_SUITE: 'faults' },
  ),
  journey: counted(
    'journey',
    () => [
      bin('playwright'),
      'test',
      '--config',
      'e2e/portal/playwright.config.ts',
    ],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(results, 'journey.json'),
    },
  ),
};

const wanted = process.argv.slice(2).filter(word => !word.startsWith('-'));
const unknown = wanted.filter(word => !PARTS[word]);
if (unknown.length > 0) {
  console.error(
    `✖ No such part: ${unknown.join(', ')}.\n  Parts: ${Object.keys(PARTS).join(
      ', ',
    )}.`,
  );
  process.exit(1);
}
await mkdir(results, { recursive: true });
if (!existsSync(bin('playwright'))) {
  console.error(
    '✖ Dependencies are missing.\n  Run npm test from the root of the project.',
  );
  process.exit(1);
}

/** Tests drive the very browser that npm start would. */
function useChromium() {
  if (process.env.CHROMIUM_PATH) return;
  process.env.CHROMIUM_PATH = execFileSync(
    process.execPath,
    [path.join(root, 'standalone/dist/chromium.mjs')],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  ).trim();
}
const NEEDS_BROWSER = ['integration', 'faults', 'journey'];

/** Parts that go on at once; the rest one after the other. The faults spend their minutes on waiting. */
const TOGETHER = [
  ['format', 'lint', 'types', 'imports', 'docs', 'generated', 'policies'],
  ['integration', 'faults'],
];

const failed = [];
async function run(name, output) {
  const started = Date.now();
  console.log(`\n▶ ${name}`);
  const ok = await PARTS[name](output).catch(error => {
    console.error(error.message);
    totals.failed += 1;
    return false;
  });
  if (!ok) failed.push(name);
  return `${ok ? '✔' : '✖'} ${name} (${Math.round(
    (Date.now() - started) / 1000,
  )} s)`;
}

/** Beside others a part writes into a file, which is shown when the part has ended. */
async function runBeside(name) {
  const log = path.join(results, `${name}.log`);
  const file = await open(log, 'w');
  const verdict = await run(name, file.fd);
  await file.close();
  console.log(`\n${await readFile(log, 'utf8')}${verdict}`);
}

const chosen = Object.keys(PARTS).filter(
  name => wanted.length === 0 || wanted.includes(name),
);
while (chosen.length > 0) {
  const group = TOGETHER.find(names => names.includes(chosen[0])) ?? [];
  const names = chosen.filter(
    name => name === chosen[0] || group.includes(name),
  );
  chosen.splice(0, names.length);
  if (names.some(name => NEEDS_BROWSER.includes(name))) {
    await bundles();
    useChromium();
  }
  if (names.length === 1) console.log(await run(names[0]));
  else await Promise.all(names.map(runBeside));
}

if (failed.length > 0) {
  console.log(
    `\nFailed: ${failed.join(', ')}. To repeat one part: npm test -- ${
      failed[0]
    }`,
  );
  // A runner may fail without a failed test (a threshold, a crash); the tally must not hide it.
  if (totals.failed === 0) totals.failed = failed.length;
}
console.log(
  `\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
);
process.exit(failed.length > 0 ? 1 : 0);
