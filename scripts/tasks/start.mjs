// npm start: builds what changed and runs everything on this machine.
import path from 'node:path';
import { buildBundles, buildPortal } from '../build.mjs';
import { handOver } from '../hand-over.mjs';

const root = process.env.AGENTIC_ROOT;
try {
  await buildBundles();
  if (!process.argv.includes('--no-portal')) await buildPortal();
} catch (error) {
  console.error(`✖ ${error.message}`);
  process.exit(1);
}
process.exit(
  await handOver(
    process.execPath,
    [
      '--enable-source-maps',
      path.join(root, 'standalone/dist/main.mjs'),
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
    },
  ),
);
