// Builds what runs: the bundles of agents, operator and standalone (a second), and the portal's frontend (a minute or
// two, only when its sources changed). `node scripts/build.mjs [bundles|portal]` builds one or, without a word, both.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOver } from './hand-over.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Bundle name -> entry, by the folder of the package. Only entries that exist are built. */
const BUNDLES = {
  agents: { main: 'main' },
  egress: { main: 'main' },
  operator: { main: 'main' },
  'embedded/argo-engine': { main: 'main' },
  'embedded/kube-api': { main: 'main' },
  'embedded/services': { s3: 's3-main', postgres: 'postgres-main' },
  demo: { main: 'main' },
  standalone: {
    main: 'main',
    watchdog: 'supervisor/watchdog',
    chromium: 'supervisor/chromium-main',
  },
};

/** Who refuses kubeconfigs with programs never loads it. */
const FOR_PROGRAMS = '@kubernetes/client-node';

/** Native code, or files that a library finds beside itself: these stay in node_modules. */
const EXTERNAL = {
  agents: ['sharp', 'playwright-core', 'pg-native', '@duckduckgo/autoconsent'],
  'embedded/argo-engine': [FOR_PROGRAMS],
  'embedded/kube-api': ['better-sqlite3'],
  'embedded/services': ['@20minutes/s3rver', 'pg-native'],
  standalone: ['@sparticuz/chromium', 'pg-native', FOR_PROGRAMS],
};

// Bundled CommonJS modules call require(), which an ES module does not have.
const REQUIRE_BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** How the programs of the package in a folder are bundled, without their entries and where they go. */
export function bundleOptions(name) {
  return {
    absWorkingDir: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    legalComments: 'external',
    external: EXTERNAL[name] ?? [],
    banner: { js: REQUIRE_BANNER },
    logLevel: 'warning',
  };
}

export async function buildBundles() {
  for (const [name, entries] of Object.entries(BUNDLES)) {
    const present = Object.entries(entries).filter(([, entry]) =>
      existsSync(path.join(root, name, 'src', `${entry}.ts`)),
    );
    if (present.length === 0) continue;
    await rm(path.join(root, name, 'dist'), { recursive: true, force: true });
    await build({
      ...bundleOptions(name),
      entryPoints: present.map(([out, entry]) => ({
        in: `${name}/src/${entry}.ts`,
        out,
      })),
      outdir: `${name}/dist`,
    });
  }
}

async function* sourceFiles(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'dist-types', 'coverage'].includes(entry.name))
      continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(full);
    else yield full;
  }
}

async function portalFingerprint() {
  const hash = createHash('sha256');
  const files = [path.join(root, 'yarn.lock')];
  for (const folder of [
    'packages/app',
    'plugins/agent-workloads',
    'plugins/agent-workloads-common',
    'api',
  ]) {
    for await (const file of sourceFiles(path.join(root, folder)))
      files.push(file);
  }
  for (const file of files.filter(name => !/\.test\.tsx?$/.test(name)).sort()) {
    hash
      .update(path.relative(root, file))
      .update('\0')
      .update(await readFile(file));
  }
  return hash.digest('hex');
}

/** By yarn, which Backstage's command calls again by its name: no other is sure to be there. */
async function buildPackage(name, what) {
  const releases = path.join(root, '.yarn/releases');
  const [yarn] = await readdir(releases);
  const code = await handOver(
    process.execPath,
    [path.join(releases, yarn), 'workspace', name, 'build'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  if (code !== 0) {
    throw new Error(
      `${what} could not be built; the lines above say why. After mending it run the command again.`,
    );
  }
}

const portalStamp = path.join(root, 'packages/app/dist/.fingerprint');

/** @returns true when it was built, false when the last build is still good */
export async function buildPortal({ say = console.log } = {}) {
  const wanted = await portalFingerprint();
  const present = await readFile(portalStamp, 'utf8').catch(() => '');
  if (present === wanted) return false;
  say('• Building the portal (1-2 minutes; only when its sources changed)');
  const started = Date.now();
  await buildPackage('app', 'The portal');
  // Last, so that an interrupted build is built again.
  await writeFile(portalStamp, wanted);
  say(`• The portal is built (${Math.round((Date.now() - started) / 1000)} s)`);
  return true;
}

/** What packages/backend/Dockerfile is made of: the backend with its packages, and the portal anew. */
export async function buildPortalBundle() {
  const wanted = await portalFingerprint();
  await buildPackage('backend', "The portal's backend");
  await writeFile(portalStamp, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const what = process.argv[2];
  if (what !== 'portal') await buildBundles();
  if (what !== 'bundles') await buildPortal();
}
