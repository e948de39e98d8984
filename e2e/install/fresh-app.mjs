// A new app of Backstage, as `create-app` makes it, with our packages added as docs/install-plugins.md says.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { titledBlocks } from '../../scripts/docs-blocks.mjs';
import { addLegacyApp } from './legacy-app.mjs';
import {
  CREATE_APP,
  pinned,
  usableLock,
} from '../../scripts/backstage-releases.mjs';

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file, value) =>
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/**
 * What the programs find around them: a home of their own, with how the registry is reached, and the cache of packages of
 * whoever runs this, so that what is there is not fetched again.
 */
function surroundings(root, home) {
  const own = path.join(home, 'home');
  const tools = path.join(home, 'tools');
  for (const folder of [own, path.join(tools, 'bin')])
    mkdirSync(folder, { recursive: true });
  for (const name of ['.npmrc', '.yarnrc.yml']) {
    const theirs = path.join(homedir(), name);
    if (existsSync(theirs)) copyFileSync(theirs, path.join(own, name));
  }
  writeFileSync(path.join(tools, 'package.json'), '{"private":true}\n');
  const yarn = path.join(tools, 'bin/yarn');
  const program = path.join(root, '.yarn/releases/yarn-4.13.0.cjs');
  writeFileSync(
    yarn,
    `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
  );
  chmodSync(yarn, 0o755);
  const { PATH, YARN_GLOBAL_FOLDER } = process.env;
  const env = {
    HOME: own,
    PATH: [path.dirname(yarn), path.dirname(process.execPath), PATH].join(':'),
    YARN_GLOBAL_FOLDER:
      YARN_GLOBAL_FOLDER ?? path.join(homedir(), '.yarn/berry'),
    YARN_ENABLE_TELEMETRY: 'false',
    // It would ask a search service whether there are types of each package that is added.
    YARN_TS_ENABLE_AUTO_TYPES: 'false',
    // No program of a package is needed: the database is PostgreSQL.
    YARN_ENABLE_SCRIPTS: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  };
  return { tools, yarn, env };
}

/** As `publishConfig` and the page have it: our packages by their names, from the registry that has them. */
function useRegistry(folder, url) {
  const file = path.join(folder, '.yarnrc.yml');
  const own = parse(readFileSync(file, 'utf8')) ?? {};
  const registry = {
    npmScopes: { agentworkloads: { npmRegistryServer: url } },
    unsafeHttpWhitelist: [
      ...(own.unsafeHttpWhitelist ?? []),
      new URL(url).hostname,
    ],
  };
  writeFileSync(file, stringify({ ...own, ...registry }));
}

/** Puts our widgets on the home page, where `create-app` has others. */
function addHomePage(folder, block) {
  const file = path.join(folder, 'app-config.yaml');
  const config = parse(readFileSync(file, 'utf8'));
  const { extensions } = config.app;
  const page = extensions.find(extension => extension['page:home']);
  const [ours] = parse(block).app.extensions;
  if (!page) throw new Error('app-config.yaml has no page:home');
  Object.assign(page, ours);
  writeFileSync(file, stringify(config));
}

function addCode(folder, blocks) {
  const name = 'packages/backend/src/index.ts';
  const file = path.join(folder, name);
  const source = readFileSync(file, 'utf8');
  const before = 'backend.start();';
  if (!source.includes(before)) throw new Error(`${name} has no ${before}`);
  writeFileSync(file, source.replace(before, `${blocks.get(name)}\n${before}`));
}

/** Which version of a package this repository has locked; create-app's own app has no legacy packages to read it from. */
function lockedVersion(root) {
  const lock = readFileSync(path.join(root, 'yarn.lock'), 'utf8');
  return name => {
    const block = new RegExp(
      `^"${name}@npm:[^\\n]*\\n {2}version: (\\S+)$`,
      'm',
    );
    const found = block.exec(lock)?.[1] ?? LEGACY_OF_155[name];
    if (!found) throw new Error(`no version of ${name} is known for 1.55`);
    return found;
  };
}

/** A page of the demo's companies, in the place of the one that the documentation names. */
const COMPETITOR = 'http://tidepool.localhost:4180/pricing';

/** Packages of 1.55 that this repository itself does not use. */
const LEGACY_OF_155 = { '@backstage/app-defaults': '1.7.12' };

/** @returns the blocks of the page on installing, by their title */
function blocksOf(root) {
  const page = readFileSync(path.join(root, 'docs/install-plugins.md'), 'utf8');
  return titledBlocks(page);
}

/** Writes all that an installation starts from: the new app, the legacy one, our code and configuration. */
function furnish(root, folder, { release, blocks, registry }) {
  for (const file of [
    'package.json',
    ...['app', 'backend'].map(name => `packages/${name}/package.json`),
  ]) {
    const manifest = readJson(path.join(folder, file));
    writeJson(path.join(folder, file), pinned(manifest, release));
  }
  const lock = readFileSync(path.join(root, 'yarn.lock'), 'utf8');
  writeFileSync(path.join(folder, 'yarn.lock'), usableLock(lock, release));
  useRegistry(folder, registry);
  addCode(folder, blocks);
  addHomePage(folder, blocks.get('app-config.yaml, home page'));
  const { name, version } = readJson(
    path.join(root, 'plugins/agent-workloads/package.json'),
  );
  addLegacyApp(folder, blocks, {
    release,
    versions: lockedVersion(root),
    plugin: { [name]: `^${version}` },
  });
  writeFileSync(
    path.join(folder, 'app-config.agent-workloads.yaml'),
    blocks.get('app-config.yaml'),
  );
  writeFileSync(
    path.join(folder, 'examples/price-list.yaml'),
    blocks
      .get('catalog-info.yaml')
      .replace('https://competitor.example/pricing', COMPETITOR),
  );
}

/**
 * Makes, installs, checks and builds the app, and the one of the legacy system beside it.
 *
 * @param root of this repository
 * @param home an empty folder; the app is made in `app` of it
 * @param options `release` of Backstage, address of the `registry` that has our packages, `run` from programs.mjs, `step` takes what is done and does it
 * @throws Error with the end of what the program printed that failed
 */
export async function makeFreshApp(
  root,
  home,
  { release, registry, run, step },
) {
  const folder = path.join(home, 'app');
  const blocks = blocksOf(root);
  const { tools, yarn, env } = surroundings(root, home);
  await step(`A new app (${CREATE_APP})`, async () => {
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await run(tools, 'npm', ['install', ...quiet, CREATE_APP]);
    await run(
      tools,
      path.join(tools, 'node_modules/.bin/backstage-create-app'),
      ['--skip-install', '--path', folder],
      // It asks for the name, whatever the environment says.
      { env: { ...env, BACKSTAGE_APP_NAME: 'fresh' }, input: 'fresh\n' },
    );
    if (!existsSync(folder)) throw new Error('create-app made no app');
    furnish(root, folder, { release, blocks, registry });
  });
  const inApp = args => () => run(folder, yarn, args, { env });
  // The page's own commands.
  await step('Our packages, and its dependencies', () =>
    run(folder, 'sh', ['-exc', blocks.get('install')], { env }),
  );
  await step('Its types, and those of the legacy app', inApp(['tsc']));
  const build = app => inApp(['workspace', app, 'build']);
  await step('Its frontend', build('app'));
  await step('The frontend of the legacy app', build('app-legacy'));
  return folder;
}
