// npm run packages: builds the packages that are published and packs each into .agentic/packages/, as a release would,
// and says what an installation of them would stumble over, and whether they promise what their report.api.md says.
//   npm run packages -- --update-reports    writes these reports
import { spawnSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { apiReports } from '../api-reports.mjs';
import {
  packageProblems,
  PACKED,
  PUBLISHED,
  publishedVersions,
  restoreManifests,
  tarballOf,
} from '../packages.mjs';

const root = process.env.AGENTIC_ROOT;
const target = path.join(root, PACKED);
const yarn = path.join(root, '.yarn/releases/yarn-4.13.0.cjs');
const bin = name => path.join(root, 'node_modules/.bin', name);

function fail(message) {
  console.error(`✖ ${message}`);
  process.exit(1);
}

/** What a program printed; it is shown only where the program failed. */
function run(title, cwd, program, ...args) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: path.join(root, cwd),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return stdout;
  console.error(`${stdout}${stderr}`);
  return fail(`${title} failed; the lines above say why.`);
}

/** Declarations of all packages: Backstage's builder makes one file for each entry out of them. */
function declarations() {
  console.log('• Types of all packages (half a minute)');
  const flags = '--noEmit false --declaration --emitDeclarationOnly';
  run('tsc', '.', bin('tsc'), ...flags.split(' '), '--incremental', 'false');
}

function pack(folder) {
  const file = tarballOf(folder);
  run(
    `the build of ${folder}`,
    folder,
    bin('backstage-cli'),
    'package',
    'build',
  );
  const out = path.join(target, file);
  run(
    `packing ${folder}`,
    folder,
    process.execPath,
    yarn,
    'pack',
    '--out',
    out,
  );
  const files = run('tar', '.', 'tar', '-tzf', out)
    .split('\n')
    .filter(Boolean)
    .map(name => name.replace('package/', ''));
  const manifest = run('tar', '.', 'tar', '-xzOf', out, 'package/package.json');
  console.log(`✔ ${PACKED}/${file}`);
  return { files, manifest: JSON.parse(manifest) };
}

restoreManifests(root);
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await rm(path.join(root, 'dist-types'), { recursive: true, force: true });
declarations();
const versions = await publishedVersions(root);
const problems = PUBLISHED.map(pack).flatMap(({ files, manifest }) =>
  packageProblems(manifest, files, versions),
);
run(
  'backstage-cli repo fix',
  '.',
  bin('backstage-cli'),
  'repo',
  'fix',
  '--publish',
  '--check',
);
const update = process.argv.includes('--update-reports');
problems.push(...(await apiReports(root, PUBLISHED, update)));
if (problems.length > 0) fail(problems.join('\n✖ '));
