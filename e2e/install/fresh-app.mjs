// A new app of Backstage, as `create-app` makes it, with our packages added as docs/install-plugins.md says.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { PUBLISHED } from '../../scripts/packages.mjs';
import { addedPackages, titledBlocks } from '../../scripts/docs-blocks.mjs';

/** Makes apps of Backstage 1.55. */
const CREATE_APP = '@backstage/create-app@0.9.2';

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file, value) =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** Runs a program to its end; what it printed is shown only where it failed. */
function run(cwd, program, args, { env, input } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status === 0) return;
  const lines = `${stdout}${stderr}`.split('\n').slice(-60).join('\n');
  throw new Error(
    `${program} ${args.join(' ')} failed: ${error?.message ?? ''}\n${lines}`,
  );
}

/**
 * The versions of one release, all of them: without the lock file that `create-app` would fetch from GitHub, a range
 * takes what came out last, and an app of two releases is what nobody has.
 */
function pinRelease(folder) {
  for (const file of [
    'package.json',
    ...['app', 'backend'].map(p => `packages/${p}/package.json`),
  ]) {
    const manifest = readJson(path.join(folder, file));
    for (const kind of ['dependencies', 'devDependencies'])
      for (const [name, range] of Object.entries(manifest[kind] ?? {}))
        if (name.startsWith('@backstage/'))
          manifest[kind][name] = range.replace('^', '');
    writeJson(path.join(folder, file), manifest);
  }
}

/** What this repository has locked, as far as another project can use it. */
function lockOf(root) {
  return (
    readFileSync(path.join(root, 'yarn.lock'), 'utf8')
      .split('\n\n')
      // Of ours, or of a release that can't be installed without a patch of its own repository.
      .filter(
        block => !/^"[^\n]*@workspace:|@patch:|^"@yarnpkg\/core@/.test(block),
      )
      .join('\n\n')
  );
}

/** As the page says, with the tarballs in place of the registry that has none of them yet. */
function addPackages(root, folder, blocks) {
  const tarball = Object.fromEntries(
    PUBLISHED.map(from => [
      readJson(path.join(root, from, 'package.json')).name,
      `file:${path.join(
        root,
        '.agentic/packages',
        `${from.split('/').at(-1)}.tgz`,
      )}`,
    ]),
  );
  const all = readJson(path.join(folder, 'package.json'));
  writeJson(path.join(folder, 'package.json'), {
    ...all,
    resolutions: { ...all.resolutions, ...tarball },
  });
  for (const { folder: into, name } of addedPackages(blocks.get('install'))) {
    const file = path.join(folder, into, 'package.json');
    const manifest = readJson(file);
    manifest.dependencies[name] = tarball[name];
    writeJson(file, manifest);
  }
}

function addCode(folder, blocks) {
  const name = 'packages/backend/src/index.ts';
  const file = path.join(folder, name);
  const source = readFileSync(file, 'utf8');
  const before = 'backend.start();';
  if (!source.includes(before)) throw new Error(`${name} has no ${before}`);
  writeFileSync(file, source.replace(before, `${blocks.get(name)}\n${before}`));
}

/**
 * Makes, installs, checks and builds the app.
 *
 * @param root of this repository, where the packages are packed
 * @param folder where the app goes; it must not be there
 * @param say what is being done, for a person who waits
 * @throws Error with the end of what the program printed that failed
 */
export function makeFreshApp(root, folder, say) {
  const blocks = titledBlocks(
    readFileSync(path.join(root, 'docs/install-plugins.md'), 'utf8'),
  );
  const tools = `${folder}-tools`;
  mkdirSync(path.join(tools, 'bin'), { recursive: true });
  writeFileSync(path.join(tools, 'package.json'), '{"private":true}\n');
  const yarnrc = path.join(root, '.yarn/releases/yarn-4.13.0.cjs');
  const yarn = path.join(tools, 'bin/yarn');
  writeFileSync(
    yarn,
    `#!/bin/sh\nexec '${process.execPath}' '${yarnrc}' "$@"\n`,
  );
  chmodSync(yarn, 0o755);
  const env = {
    PATH: [
      path.dirname(yarn),
      path.dirname(process.execPath),
      process.env.PATH,
    ].join(':'),
  };

  say('A new app (create-app 0.9.2)');
  run(tools, 'npm', [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    CREATE_APP,
  ]);
  run(
    tools,
    path.join(tools, 'node_modules/.bin/backstage-create-app'),
    ['--skip-install', '--path', folder],
    // It asks for the name, whatever the environment says.
    { env: { ...env, BACKSTAGE_APP_NAME: 'fresh' }, input: 'fresh\n' },
  );
  if (!existsSync(folder)) throw new Error('create-app made no app');

  pinRelease(folder);
  writeFileSync(path.join(folder, 'yarn.lock'), lockOf(root));
  addPackages(root, folder, blocks);
  addCode(folder, blocks);
  writeFileSync(
    path.join(folder, 'app-config.agent-workloads.yaml'),
    blocks.get('app-config.yaml'),
  );

  say('Its dependencies (some minutes: Backstage is large)');
  run(folder, yarn, ['install'], {
    // No program of a package is needed: the database is PostgreSQL.
    env: {
      ...env,
      YARN_ENABLE_SCRIPTS: 'false',
      YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    },
  });
  say('Its types');
  run(folder, yarn, ['tsc'], { env });
  say('Its frontend');
  run(folder, yarn, ['workspace', 'app', 'build'], { env });
}
