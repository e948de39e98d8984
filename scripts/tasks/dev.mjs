// npm run dev: everything of npm start, but the portal from source: the frontend reloads in the browser, the backend
// starts again when its sources change. Needs two more cores than npm start to be pleasant.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildBundles } from '../build.mjs';
import { whenOrphaned } from '../orphaned.mjs';

const root = process.env.AGENTIC_ROOT;
const state = path.join(root, '.agentic');
const generated = path.join(state, 'app-config.generated.yaml');
const own = path.join(state, 'app-config.dev.yaml');
const DEV_ORIGIN = 'http://localhost:3000';
const children = [];

function run(args, options = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
  });
  children.push(child);
  return child;
}

function stop(code) {
  for (const child of children) child.kill('SIGINT');
  setTimeout(() => process.exit(code), 9_000).unref();
  Promise.all(
    children.map(
      child =>
        child.exitCode !== null ||
        new Promise(resolve => child.once('exit', resolve)),
    ),
  ).then(() => process.exit(code));
}
process.on('SIGINT', () => stop(130));
process.on('SIGTERM', () => stop(0));
whenOrphaned(() => stop(1));

await buildBundles();
const ground = run(
  [
    path.join(root, 'standalone/dist/main.mjs'),
    '--no-portal',
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
ground.on('exit', code => stop(code ?? 1));
await new Promise(resolve => {
  ground.stdout.on('data', chunk => {
    process.stdout.write(chunk);
    if (String(chunk).includes('Ready without the portal')) resolve();
  });
});
if (!existsSync(generated)) {
  console.error(
    `✖ ${generated} is missing, so the portal would know no cluster.`,
  );
  stop(1);
}
await writeFile(
  own,
  `app:\n  baseUrl: ${DEV_ORIGIN}\nbackend:\n  cors:\n    origin: ${DEV_ORIGIN}\n`,
);
const configs = [
  path.join(root, 'app-config.yaml'),
  path.join(root, 'app-config.demo.yaml'),
  generated,
  own,
].flatMap(file => ['--config', file]);
const env = { ...process.env, NODE_ENV: 'development' };
run(
  [
    '--no-node-snapshot',
    '--watch-path=packages/backend/src',
    '--watch-path=kube/src',
    ...['-backend', '-node', '-common'].map(
      name => `--watch-path=plugins/agent-workloads${name}/src`,
    ),
    '--require',
    '@backstage/cli-node/config/nodeTransform.cjs',
    'packages/backend/src/index.ts',
    ...configs,
  ],
  { env },
);
run(
  [
    path.join(root, 'node_modules/.bin/backstage-cli'),
    'package',
    'start',
    ...configs,
  ],
  {
    cwd: path.join(root, 'packages/app'),
    env,
  },
);
console.log(
  `• The portal's sources are served at ${DEV_ORIGIN} in about a minute`,
);
