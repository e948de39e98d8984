// The commands that read pages without a run, on the sources as they are.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from './build.mjs';
import { handOver } from './hand-over.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Runs `command` of agents/src/commands-main.ts where the caller stands, so that its files are the caller's. */
export async function runCommand(command, args) {
  // Not in dist, which a running product may be using; a folder each, for two may run at once.
  const outdir = `.cache/commands/${command}`;
  await build({
    ...bundleOptions('agents'),
    outdir,
    entryPoints: [{ in: 'agents/src/commands-main.ts', out: 'commands' }],
  });
  return handOver(
    process.execPath,
    [
      '--enable-source-maps',
      path.join(root, outdir, 'commands.mjs'),
      command,
      ...args,
    ],
    { cwd: process.env.INIT_CWD ?? process.cwd() },
  );
}
