// Bundles one entry without the packages of others, for tests that start a program of another workspace:
//   node scripts/bundle.mjs ENTRY OUTFILE
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [entry, outfile] = process.argv.slice(2);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  // Node can't run the sources of our own packages.
  alias: Object.fromEntries(
    ['api', 'kube'].map(name => [
      `@agentworkloads/${name}`,
      fileURLToPath(new URL(`../${name}/src/index.ts`, import.meta.url)),
    ]),
  ),
  logLevel: 'error',
});
