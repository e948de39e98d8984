import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** The steps as they are shipped, in one file that Node runs. */
export async function bundleSteps(): Promise<{
  file: string;
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'agents-bundle-'));
  const file = join(folder, 'main.mjs');
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: [resolve('agents/src/main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['sharp', 'playwright-core', 'pg-native'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return { file, close: () => rm(folder, { recursive: true, force: true }) };
}
