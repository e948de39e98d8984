// The commands that read pages without a run, on the sources as they are.
import { execFileSync } from 'node:child_process';
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
  return handOver(
    process.execPath,
    [
      '--enable-source-maps',
      path.join(root, outdir, 'commands.mjs'),
      command,
      ...args,
    ],
    {
      cwd: process.env.INIT_CWD ?? process.cwd(),
      env: { ...process.env, ...(await findChromium()) },
    },
  );
}
