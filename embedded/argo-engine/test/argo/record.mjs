// Writes what Argo made of each Workflow of the table, on the cluster that KUBECONFIG names, to recorded.json:
// node embedded/argo-engine/test/argo/record.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { playOnCluster } from './play.mjs';

const recorded = await playOnCluster('engine-conformance');
writeFileSync(
  process.argv[2] ?? fileURLToPath(new URL('recorded.json', import.meta.url)),
  `${JSON.stringify(recorded, undefined, 2)}\n`,
);
console.log(`recorded ${Object.keys(recorded).length} Workflows`);
