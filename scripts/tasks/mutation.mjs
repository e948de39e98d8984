// npm run mutation [-- FILE-OR-FOLDER…] [--tests FILE-OR-FOLDER] [--concurrency N] [--incremental]: changes the code in small ways, one
// at a time, and looks whether a test fails. Without a name it takes the rooms below, which is hours. Stryker is fetched on
// the first call: it is 60 MB that no other command needs.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { handOver } from '../hand-over.mjs';

const VERSION = '10.0.0';
/** Nothing that is younger comes with it. */
const NOT_AFTER = '2026-09-15';
/** Where a mistake costs most; each is judged by the unit tests that lie in it. */
const ROOMS = ['operator/src/reconcile', 'api/src', 'facts/src/money'];

const root = process.env.AGENTIC_ROOT;
const below = (...parts) => path.join(root, '.agentic', ...parts);
const home = below('tools', `stryker-${VERSION}`);
const inHome = (...parts) =>
  path.join(home, 'node_modules/@stryker-mutator', ...parts);

function fail(message) {
  console.error(`✖ ${message}`);
  process.exit(1);
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string' },
    concurrency: { type: 'string', default: '1' },
    incremental: { type: 'boolean', default: false },
  },
});

function fetchStryker() {
  if (existsSync(home)) return;
  console.log(`• Fetching Stryker ${VERSION} from npm (once, about 20 s)`);
  const partial = `${home}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(path.join(partial, 'package.json'), '{"private":true}\n');
  const { status } = spawnSync(
    'npm',
    [
      ...['install', '--prefix', partial, '--ignore-scripts'],
      ...['--no-audit', '--no-fund', '--loglevel=error'],
      `--before=${NOT_AFTER}`,
      ...['core', 'jest-runner'].map(
        name => `@stryker-mutator/${name}@${VERSION}`,
      ),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    fail(
      'Stryker could not be fetched: check that npm reaches its registry (npm ping), then run the command again.',
    );
  }
  // Renamed when whole, so that half a download is never taken for it.
  renameSync(partial, home);
}

/** Sources of a file or a folder, as Stryker's patterns. */
function sourcesOf(place) {
  if (!statSync(path.join(root, place), { throwIfNoEntry: false }))
    fail(`There is no ${place}.`);
  return place.endsWith('.ts')
    ? [place]
    : [`${place}/**/*.ts`, `!${place}/**/*.test.ts`];
}

function roomOf(place) {
  const room = ROOMS.find(one => place === one || place.startsWith(`${one}/`));
  return room ?? (place.endsWith('.ts') ? path.dirname(place) : place);
}

/** One run: places that are judged by the same tests. */
function optionsFor(places, reports) {
  return {
    plugins: [inHome('jest-runner/dist/src/index.js')],
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    jest: {
      projectType: 'custom',
      configFile: 'scripts/mutation/jest.config.mjs',
      enableFindRelatedTests: true,
    },
    mutate: places.flatMap(sourcesOf),
    coverageAnalysis: 'perTest',
    concurrency: Number(flags.concurrency),
    // Not by itself: a change of a constant is not tried again when only a test has changed.
    incremental: flags.incremental,
    incrementalFile: path.join(reports, 'incremental.json'),
    tempDirName: path.relative(root, path.join(reports, 'copy')),
    // No unit test reads these.
    ignorePatterns: [
      ...['.agentic', '.cache', '.git', '**/dist', 'bench', 'e2e', 'examples'],
      ...['packages', 'plugins'],
    ],
    reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
    clearTextReporter: { logTests: false, reportTests: false },
    htmlReporter: { fileName: path.join(reports, 'report.html') },
    jsonReporter: { fileName: path.join(reports, 'report.json') },
  };
}

fetchStryker();
setPriority(process.pid, constants.priority.PRIORITY_LOW);
const runs = Object.groupBy(
  positionals.length ? positionals : ROOMS,
  place => flags.tests ?? roomOf(place),
);
for (const [tests, places] of Object.entries(runs)) {
  const reports = below('mutation', tests.replaceAll('/', '-'));
  mkdirSync(reports, { recursive: true });
  const file = path.join(reports, 'options.json');
  writeFileSync(file, JSON.stringify(optionsFor(places, reports)));
  const code = await handOver(
    process.execPath,
    [inHome('core/bin/stryker.js'), 'run', file],
    { cwd: root, env: { ...process.env, MUTATION_TESTS: tests } },
  );
  if (code !== 0) process.exit(code);
}
