// Bundles one entry without its packages, for tests that start a program of another workspace:
//   node scripts/bundle.mjs ENTRY OUTFILE
import { build } from 'esbuild';

const [entry, outfile] = process.argv.slice(2);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
});
