// npm run e2e:install: packs what is published, installs it in a new app of Backstage as docs/install-plugins.md says, and goes from
// the form to the report there in a browser.
//   npm run e2e:install -- --keep    leaves the app, which takes 3 GB, and says where it is
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFreshApp } from '../../e2e/install/fresh-app.mjs';
import { buildBundles } from '../build.mjs';
import { bin, node, root, Tally, useChromium } from '../test-run.mjs';

const home = mkdtempSync(path.join(tmpdir(), 'fresh-app-'));
const app = path.join(home, 'app');
const report = path.join(root, '.agentic/test-results/install.json');
const tally = new Tally();
const started = Date.now();
const say = text =>
  console.log(`• ${text} (${Math.round((Date.now() - started) / 1000)} s)`);

async function inBrowser() {
  await buildBundles();
  useChromium();
  rmSync(report, { force: true });
  const config = ['--config', 'e2e/install/playwright.config.ts'];
  const status = await node([bin('playwright'), 'test', ...config], {
    env: { FRESH_APP: app, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  await tally.add(report, status === 0);
}

try {
  const packed = spawnSync(process.execPath, ['scripts/tasks/packages.mjs'], {
    cwd: root,
    stdio: 'inherit',
  });
  tally.check(packed.status === 0);
  if (packed.status === 0) {
    makeFreshApp(root, app, say);
    tally.check(true);
    say('From the form to the report');
    await inBrowser();
  }
} catch (error) {
  console.error(`✖ ${error.message}`);
  tally.check(false);
} finally {
  if (process.argv.includes('--keep')) console.log(`The app is at ${app}`);
  else rmSync(home, { recursive: true, force: true });
}
process.stdout.write(tally.list());
console.log(`${tally}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
