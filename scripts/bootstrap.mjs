// Entry of every npm script. Runs on any Node >= 18 with nothing installed: finds or installs the Node that the
// project is built for, then its dependencies, then hands over to scripts/tasks/<task>.mjs under that Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOver } from './hand-over.mjs';
import { guardians } from './orphaned.mjs';
import { taskFile, TASKS } from './tasks.mjs';

/** Before anything is fetched: they may be gone when that has ended. */
const begun = guardians();

const NODE_MAJOR = 24;
const NODE_VERSION = '24.21.0';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const tools = path.join(root, '.agentic', 'tools');
/** What these print is read by programs: nothing else may stand there. */
const PRINTS_DATA = ['extract', 'facts', 'template:digest'];
/** Nothing is kept in the home folder but what npm and Yarn keep for themselves; SWC would unpack its program there. */
const caches = {
  SWC_NATIVE_BINDING_CACHE:
    process.env.SWC_NATIVE_BINDING_CACHE ?? path.join(tools, 'swc'),
};
const say = text =>
  PRINTS_DATA.includes(process.argv[2])
    ? console.error(`• ${text}`)
    : console.log(`• ${text}`);

function fail(what, mend) {
  console.error(`\n✖ ${what}\n  ${mend}`);
  process.exit(1);
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
}

/** Path of a Node of the right major: the one that runs this, or one from npm kept in .agentic/tools. */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) === NODE_MAJOR) {
    return process.execPath;
  }
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const home = path.join(tools, `node-${NODE_VERSION}`);
  const binary = path.join(
    home,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(binary)) {
    return binary;
  }
  say(
    `Node ${process.versions.node} is here, the project runs on ${NODE_MAJOR}: fetching Node ${NODE_VERSION} from npm (once, about 10 s)`,
  );
  const partial = `${home}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(path.join(partial, 'package.json'), '{"private":true}\n');
  // The platform's own package holds just the binary: no install script has to run.
  const npm = run(
    'npm',
    [
      'install',
      '--prefix',
      partial,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${name}@${NODE_VERSION}`,
    ],
    {
      shell: process.platform === 'win32',
    },
  );
  if (npm.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    fail(
      `Could not fetch ${name}@${NODE_VERSION} with npm.`,
      `Check that npm reaches its registry (npm ping), or install Node ${NODE_MAJOR} yourself, then run the command again.`,
    );
  }
  // Renamed when whole, so that an interrupted download is never taken for a Node.
  rmSync(home, { recursive: true, force: true });
  renameSync(partial, home);
  return binary;
}

function workspaceManifests() {
  const { workspaces } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const folders = workspaces.flatMap(glob =>
    glob.endsWith('/*')
      ? readdirSync(path.join(root, glob.slice(0, -2))).map(
          name => `${glob.slice(0, -2)}/${name}`,
        )
      : [glob],
  );
  return folders
    .map(folder => path.join(root, folder, 'package.json'))
    .filter(file => existsSync(file))
    .sort();
}

/** Changes whenever an install could give another result. */
function installFingerprint(node) {
  const hash = createHash('sha256').update(node);
  for (const file of [
    path.join(root, 'package.json'),
    path.join(root, 'yarn.lock'),
    path.join(root, '.yarnrc.yml'),
    ...workspaceManifests(),
  ]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

function installDependencies(node) {
  const stamp = path.join(root, 'node_modules', '.agentic-install');
  const wanted = installFingerprint(node);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  // An install that is interrupted leaves neither what the old stamp says nor what the new one would.
  rmSync(stamp, { force: true });
  say('Installing dependencies (1-3 minutes the first time)');
  const started = Date.now();
  const yarn = run(
    node,
    [
      path.join(root, '.yarn/releases/yarn-4.13.0.cjs'),
      'install',
      '--immutable',
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
        ...caches,
        FORCE_COLOR: '0',
      },
    },
  );
  if (yarn.status !== 0) {
    const lines = `${yarn.stdout ?? ''}${yarn.stderr ?? ''}`
      .split('\n')
      .filter(
        line => /YN0000|YN0002|YN0086|YN0013|YN0007/.test(line) === false,
      );
    console.error(lines.slice(-25).join('\n'));
    fail(
      'The dependencies could not be installed.',
      'The lines above say why. Most often the registry was away for a moment: run the command again, it goes on where it stopped.',
    );
  }
  writeFileSync(stamp, wanted);
  say(
    `Dependencies are installed (${Math.round(
      (Date.now() - started) / 1000,
    )} s)`,
  );
}

const [task = '', ...rest] = process.argv.slice(2);
const script = taskFile(task);
if (!script) {
  fail(`There is no task "${task}".`, `Tasks: ${TASKS.join(', ')}.`);
}

if (Number(process.versions.node.split('.')[0]) < 18) {
  fail(
    `Node ${process.versions.node} is too old to begin with.`,
    'Install Node 18 or later.',
  );
}
process.on('SIGINT', () => {});
// Whoever made it first: it holds keys, databases and what pages said.
mkdirSync(path.dirname(tools), { recursive: true, mode: 0o700 });
chmodSync(path.dirname(tools), 0o700);
const node = findNode();
if (task !== 'reset') {
  installDependencies(node);
}
const env = {
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
  ...caches,
  AGENTIC_ROOT: root,
};
delete env.NODE_OPTIONS;
process.exit(
  await handOver(node, [script, ...rest], { cwd: root, env }, begun),
);
