// The commands that read pages without a run, on the sources as they are.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from './build.mjs';
import { handOver } from './hand-over.mjs';
import nameBrowser from './jest-browser.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The browser that `npm start` would use, unpacked once for all, where none is named. */
async function findChromium() {
  const { CHROMIUM_PATH, BROWSER_WS_ENDPOINT } = process.env;
  if (CHROMIUM_PATH || BROWSER_WS_ENDPOINT) return {};
  const outdir = '.cache/commands/chromium';
  await build({
    ...bundleOptions('standalone'),
    outdir,
    entryPoints: [
      { in: 'standalone/src/supervisor/chromium-main.ts', out: 'chromium' },
    ],
  });
  const printed = execFileSync(
    process.execPath,
    [path.join(root, outdir, 'chromium.mjs')],
    {
      env: { ...process.env, AGENTIC_ROOT: root },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    },
  );
  return { CHROMIUM_PATH: printed.trim() };
}

/** Ends the proxy with this process, however that ends. */
const WHEN_ALONE = `data:text/javascript,${encodeURIComponent(
  "process.on('disconnect', () => process.exit(1)); process.channel.unref();",
)}`;

/**
 * The proxy through which a page of the network is visited: the one that is set, else one of its own for this command.
 * @returns what the command has to know of it, and how it is ended
 */
async function openEgress(outdir) {
  if (process.env.EGRESS_PROXY_URL) return { env: {}, close: () => {} };
  await build({
    ...bundleOptions('egress'),
    outdir,
    entryPoints: [{ in: 'egress/src/main.ts', out: 'egress' }],
  });
  const token = randomBytes(16).toString('hex');
  const { PATH, EGRESS_ALLOW = '' } = process.env;
  const child = spawn(
    process.execPath,
    ['--import', WHEN_ALONE, path.join(root, outdir, 'egress.mjs')],
    {
      env: {
        PATH,
        EGRESS_ALLOW,
        EGRESS_LISTEN: '127.0.0.1:0',
        EGRESS_PROXY_TOKEN: token,
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const port = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
      const listens = /"port":(\d+).*egress proxy listens/.exec(output);
      if (listens) resolve(listens[1]);
    });
    child.once('exit', () =>
      reject(new Error(`The egress proxy did not start: ${output.trim()}`)),
    );
  });
  child.unref();
  child.stdout.unref();
  child.channel.unref();
  return {
    env: {
      EGRESS_PROXY_URL: `http://127.0.0.1:${port}`,
      EGRESS_PROXY_TOKEN: token,
    },
    close: () => child.kill(),
  };
}

/** Runs `command` of agents/src/commands-main.ts where the caller stands, so that its files are the caller's. */
export async function runCommand(command, args) {
  // Not in dist, which a running product may be using; a folder each, for two may run at once.
  const outdir = `.cache/commands/${command}`;
  await build({
    ...bundleOptions('agents'),
    outdir,
    entryPoints: [{ in: 'agents/src/commands-main.ts', out: 'commands' }],
  });
  if (!process.env.BROWSER_WS_ENDPOINT) await nameBrowser();
  const live = command === 'facts' && /^https?:\/\//i.test(args[0] ?? '');
  let egress;
  try {
    if (live) egress = await openEgress(outdir);
  } catch (error) {
    console.error(`✖ ${error.message}`);
    return 1;
  }
  const code = await handOver(
    process.execPath,
    [
      '--enable-source-maps',
      path.join(root, outdir, 'commands.mjs'),
      command,
      ...args,
    ],
    {
      cwd: process.env.INIT_CWD ?? process.cwd(),
      env: { ...process.env, ...egress?.env, ...(await findChromium()) },
    },
  );
  egress?.close();
  return code;
}
