// npm run e2e:sign-in: two replicas of the portal in production, behind an identity provider, from an empty database; in a
// browser two people sign in, one asks for a run, both replicas start again, the other approves.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { buildBundles, buildPortal } from '../build.mjs';
import { bin, node, root, Tally, useChromium } from '../test-run.mjs';

const report = path.join(root, '.agentic/test-results/sign-in.json');
const tally = new Tally();

await buildBundles();
await buildPortal();
useChromium();
rmSync(report, { force: true });
const config = ['--config', 'e2e/sign-in/playwright.config.ts'];
const status = await node([bin('playwright'), 'test', ...config], {
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
});
await tally.add(report, status === 0);
process.stdout.write(tally.list());
console.log(`${tally}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
