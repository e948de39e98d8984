// npm test: every check and test of one machine.
//   npm test -- unit journey                      only these parts
//   npm test -- operator/test/flow.test.ts        only these files, in the parts that they belong to
//   npm test -- --list                            the parts
import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildBundles, buildPortal } from '../build.mjs';
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

/** The operator and what it stands on: their tests are one part, with a floor for the coverage of each. */
const CORE = ['api', 'kube', 'operator'];

const wanted = process.argv.slice(2).filter(word => !word.startsWith('-'));
const isFile = word =>
  statSync(path.join(root, word), { throwIfNoEntry: false })?.isFile();
/** Tests of a cluster have a command of their own; the portal's journey is the one `.spec.ts` that has not. */
const needsCluster = file =>
  /\.spec\.ts$/.test(file) && !file.startsWith('e2e/portal/');
/** Test files by the part that runs them. */
const files = Object.groupBy(
  wanted.filter(word => isFile(word) && !needsCluster(word)),
  partOf,
);

const results = path.join(root, '.agentic', 'test-results');
const inJest = jest('jest.config.mjs');
const tally = new Tally();

const check = args => async output => {
  const ok = (await node(args, { output })) === 0;
  tally.check(ok);
  return ok;
};

const counted = (name, args, env) => async output => {
  const file = path.join(results, `${name}.json`);
  await rm(file, { force: true });
  const ok = (await node(args(file), { env: env?.(file), output })) === 0;
  await tally.add(file, ok);
  return ok;
};

const coverage = [
  '--coverage',
  '--coverageProvider=v8',
  '--coverageReporters=text-summary',
  '--collectCoverageFrom=src/**/*.ts',
  '--collectCoverageFrom=!src/testing/**',
  // Names and types alone: nothing of them runs.
  '--collectCoverageFrom=!src/**/{index,types}.ts',
  '--coverageDirectory=.agentic/test-results/coverage',
  `--coverageThreshold=${JSON.stringify({
    './api/src/': { lines: 90 },
    './kube/src/': { lines: 90 },
    './operator/src/': { lines: 90 },
  })}`,
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
  unused: check([bin('knip'), '--no-progress', '--no-config-hints']),
  docs: check(['scripts/check-docs.mjs']),
  generated: check(['scripts/generate.mjs', '--check']),
  policies: check(['policies/build.mjs', '--check']),
  unit: counted('unit', file => [
    ...inJest,
    '--json',
    `--outputFile=${file}`,
    // They are parts of their own.
    '--ignoreProjects',
    ...CORE,
    'e2e',
    '--',
    ...(files.unit ?? []),
  ]),
  operator: counted('operator', file => [
    ...inJest,
    '--json',
    `--outputFile=${file}`,
    // Of a few files it would say nothing.
    ...(files.operator ? [] : coverage),
    '--selectProjects',
    ...CORE,
    '--',
    ...(files.operator ?? []),
  ]),
  portal: counted('portal', file => [
    bin('backstage-cli'),
    'repo',
    'test',
    '--watchAll=false',
    '--maxWorkers=2',
    '--json',
    `--outputFile=${file}`,
    ...(files.portal ?? []),
  ]),
  build: async () => {
    await bundles();
    await buildPortal();
    return true;
  },
  integration: counted(
    'integration',
    file => [
      ...inJest,
      '--json',
      `--outputFile=${file}`,
      ...(files.integration ?? []),
    ],
    () => ({ JEST_SUITE: 'integration' }),
  ),
  faults: counted(
    'faults',
    file => [
      ...inJest,
      '--json',
      `--outputFile=${file}`,
      ...(files.faults ?? []),
    ],
    () => ({ JEST_SUITE: 'faults' }),
  ),
  journey: counted(
    'journey',
    () => [
      bin('playwright'),
      'test',
      '--config',
      'e2e/portal/playwright.config.ts',
    ],
    file => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
  ),
};

/** Which part runs a file, by its name and place. */
function partOf(file) {
  if (/^(plugins|packages)\//.test(file)) return 'portal';
  if (/\.spec\.ts$/.test(file)) return 'journey';
  if (/^e2e\/faults\//.test(file)) return 'faults';
  if (/\.int\.test\.ts$/.test(file)) return 'integration';
  return CORE.includes(file.split('/')[0]) ? 'operator' : 'unit';
}

const parts = new Set([
  ...wanted.filter(word => PARTS[word]),
  ...Object.keys(files),
]);
const known = new Set([...parts, ...Object.values(files).flat()]);
const unknown = wanted.filter(word => !known.has(word));
if (process.argv.includes('--list') || unknown.length > 0) {
  if (unknown.length > 0)
    console.error(`✖ No such part or test file: ${unknown.join(', ')}.`);
  console.log(`Parts: ${Object.keys(PARTS).join(', ')}.`);
  process.exit(unknown.length > 0 ? 1 : 0);
}
await mkdir(results, { recursive: true });
if (!existsSync(bin('playwright'))) {
  console.error(
    '✖ Dependencies are missing.\n  Run npm test from the root of the project.',
  );
  process.exit(1);
}

const NEEDS_BROWSER = ['integration', 'faults', 'journey'];

/** Parts that go on at once, those of a line one after the other. The faults and the journey spend their minutes on waiting. */
const TOGETHER = [
  [
    ['format'],
    ['lint'],
    ['types'],
    ['imports'],
    ['unused'],
    ['docs'],
    ['generated'],
    ['policies'],
  ],
  [['integration'], ['faults', 'journey']],
];

endInOrder();
const failed = [];
async function run(name, output) {
  const started = Date.now();
  console.log(`\n▶ ${name}`);
  const ok = await PARTS[name](output).catch(error => {
    console.error(error.message);
    tally.check(false);
    return false;
  });
  if (!ok) failed.push(name);
  return verdict(ok, name, started);
}

/** Beside others a part writes into a file, which is shown when the part has ended. */
async function runBeside(name) {
  const log = path.join(results, `${name}.log`);
  const file = await open(log, 'w');
  const end = await run(name, file.fd);
  await file.close();
  console.log(`\n${await readFile(log, 'utf8')}${end}`);
}

async function runLine(names) {
  for (const name of names) await runBeside(name);
}

const chosen = Object.keys(PARTS).filter(
  name => wanted.length === 0 || parts.has(name),
);
while (chosen.length > 0) {
  const lines = TOGETHER.find(all => all.flat().includes(chosen[0])) ?? [
    [chosen[0]],
  ];
  const names = chosen.filter(name => lines.flat().includes(name));
  chosen.splice(0, names.length);
  if (names.some(name => NEEDS_BROWSER.includes(name))) {
    await bundles();
    useChromium();
  }
  if (names.includes('journey')) await buildPortal();
  if (names.length === 1) console.log(await run(names[0]));
  else
    await Promise.all(
      lines.map(line => runLine(line.filter(name => names.includes(name)))),
    );
}

if (failed.length > 0) {
  console.log(
    `\nFailed: ${failed.join(', ')}. To repeat one part: npm test -- ${
      failed[0]
    }`,
  );
}
console.log(`\n${tally.list()}${tally}`);
process.exit(failed.length > 0 ? 1 : 0);
