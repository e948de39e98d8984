// What the commands that run tests have in common: `npm test` and `npm run e2e:cluster`.
import { execFileSync, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { whenOrphaned } from './orphaned.mjs';

export const root = process.env.AGENTIC_ROOT ?? process.cwd();

export const bin = name => path.join(root, 'node_modules', '.bin', name);

/** Arguments of Node for Jest: several of our libraries are ES modules only. */
export const jest = config => [
  '--experimental-vm-modules',
  '--no-warnings',
  path.join(root, 'node_modules/jest/bin/jest.js'),
  '--config',
  config,
];

/** How many tests of all runs passed, failed and were skipped. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** What failed, by file and name: the end of a long output is what is read, and what is kept. */
  names = [];

  /** A check that is no test run counts as one test. */
  check(ok) {
    this[ok ? 'passed' : 'failed'] += 1;
  }

  /**
   * Adds a report of Jest or Playwright.
   *
   * @param ok false when the runner itself says that it failed: a report that shows no failure hides one then
   */
  async add(file, ok) {
    const report = await readFile(file, 'utf8')
      .then(JSON.parse)
      .catch(() => undefined);
    const { passed, failed, skipped } = countsOf(report);
    this.passed += passed;
    this.failed += ok || failed > 0 ? failed : 1;
    this.skipped += skipped;
    this.names.push(...namesOf(report));
  }

  /** The failed tests a line each, `✖ failed: file › name: reason`; `.ci/run` gathers them. */
  list() {
    return this.names.map(name => `✖ failed: ${name}\n`).join('');
  }

  /** The last line of a run; `.ci/run` reads it. */
  toString() {
    return `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`;
  }
}

function countsOf(report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  if (report.stats) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    // Playwright counts what went wrong outside of a test in `errors` alone.
    const errors = unexpected + flaky === 0 ? report.errors?.length ?? 0 : 0;
    return { passed: expected, failed: unexpected + flaky + errors, skipped };
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const here = file => path.relative(root, file);

const MAX_REASON = 400;

/** In one line what was found in place of what was expected: what a record of a run keeps of it has to tell why, too. */
function reasonOf({ failureMessages = [] }) {
  const lines = stripVTControlCharacters(failureMessages.join('\n'))
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !/^at /.test(line));
  const differing = lines.filter(line => /^[-+] /.test(line));
  const reason = [...lines.slice(0, 1), ...differing].join(' ');
  return reason ? [reason.slice(0, MAX_REASON)] : [];
}

/** The names of failed tests, in a report of Jest or of Playwright; a file that could not run stands for its tests. */
function namesOf(report) {
  const inJest = (report?.testResults ?? [])
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const failed = assertionResults.filter(one => one.status === 'failed');
      return failed.length === 0
        ? [here(name)]
        : failed.map(one =>
            [`${here(name)} › ${one.fullName}`, ...reasonOf(one)].join(': '),
          );
    });
  const inPlaywright = (suite, above) => [
    ...(suite.specs ?? [])
      .filter(spec => !spec.ok)
      .map(spec => [...above, spec.title].join(' › ')),
    ...(suite.suites ?? []).flatMap(one =>
      inPlaywright(one, [...above, one.title]),
    ),
  ];
  return [...inJest, ...inPlaywright(report ?? {}, [])];
}

const running = new Map();

/**
 * Runs Node with these arguments and gives its exit code.
 *
 * @param output where it prints: as it comes, into an open file, or all three streams as `spawn` takes them
 */
export function node(args, { env = {}, output = 'inherit' } = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: Array.isArray(output) ? output : ['ignore', output, output],
    env: { ...process.env, ...env },
  });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
  running.set(child, ended);
  const forget = () => running.delete(child);
  ended.then(forget, forget);
  return ended;
}

/**
 * Told to end, ends its runners first and waits for them: they have servers and clusters to leave in order. A
 * terminal's Ctrl-C reaches them by itself.
 */
export function endInOrder() {
  const end = async (code, tell) => {
    for (const child of running.keys()) if (tell) child.kill('SIGINT');
    await Promise.allSettled(running.values());
    process.exit(code);
  };
  process.once('SIGINT', () => end(130, false));
  process.once('SIGTERM', () => end(143, true));
  process.once('SIGHUP', () => end(129, true));
  whenOrphaned(() => end(143, true));
}

/** Tests drive the very browser that `npm start` would; the bundles must be there. */
export function useChromium() {
  if (process.env.CHROMIUM_PATH) return;
  process.env.CHROMIUM_PATH = execFileSync(
    process.execPath,
    [path.join(root, 'standalone/dist/chromium.mjs')],
    { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  ).trim();
}

/** What one part of a run did, with its time. */
export const verdict = (ok, name, startedMs) =>
  `${ok ? '✔' : '✖'} ${name} (${Math.round(
    (Date.now() - startedMs) / 1000,
  )} s)`;
