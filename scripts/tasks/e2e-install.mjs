// npm run e2e:install: packs what is published, installs it in a new app of Backstage as docs/install-plugins.md says, checks types and
// builds there for the new and for the legacy frontend system, and goes from the form to the report in a browser.
//   npm run e2e:install -- --release newest    with what the registry has newest of Backstage, in place of 1.55
//   npm run e2e:install -- --packed            with the packages that are packed already
//   npm run e2e:install -- --keep              leaves the app, which takes 3 GB, and says where it is
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeFreshApp } from '../../e2e/install/fresh-app.mjs';
import { programs } from '../../e2e/install/programs.mjs';
import { startRegistry } from '../../e2e/install/registry.mjs';
import { RELEASES } from '../backstage-releases.mjs';
import { buildBundles } from '../build.mjs';
import { whenOrphaned } from '../orphaned.mjs';
import { restoreManifests } from '../packages.mjs';
import { bin, root, Tally, useChromium, verdict } from '../test-run.mjs';

const { values } = parseArgs({
  options: {
    release: { type: 'string', default: RELEASES[0] },
    packed: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const { release, packed, keep } = values;
if (!RELEASES.includes(release)) {
  console.error(
    `✖ No such release: ${release}. Known: ${RELEASES.join(', ')}.`,
  );
  process.exit(1);
}

const stopped = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(name, () => stopped.abort(new Error(`stopped by ${name}`)));
whenOrphaned(() => stopped.abort(new Error('what started this is gone')));

const home = mkdtempSync(path.join(tmpdir(), 'fresh-app-'));
const report = path.join(root, '.agentic/test-results/install.json');
const tally = new Tally();
const run = programs(stopped.signal);

/** One check: what it does, its time, whether it went well; the first that fails ends the whole. */
async function step(name, does) {
  const started = Date.now();
  const ok = await does().then(
    () => true,
    error => {
      console.error(error.message);
      tally.names.push(`install in Backstage ${release} › ${name}`);
      return false;
    },
  );
  tally.check(ok);
  console.log(verdict(ok, name, started));
  if (!ok) throw new Error('the rest was not tried');
}

async function inBrowser(app) {
  await buildBundles();
  useChromium();
  rmSync(report, { force: true });
  const config = ['--config', 'e2e/install/playwright.config.ts'];
  const started = Date.now();
  const ok = await run(
    root,
    process.execPath,
    [bin('playwright'), 'test', ...config],
    { env: { FRESH_APP: app, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  ).then(
    () => true,
    error => console.error(error.message),
  );
  await tally.add(report, ok === true);
  console.log(verdict(ok === true, 'From the form to the report', started));
}

console.log(`• Backstage ${release}`);
try {
  if (!packed)
    await step('The packages', () =>
      run(root, process.execPath, ['scripts/tasks/packages.mjs']),
    );
  const { url: registry, stop } = await startRegistry(root);
  const app = await makeFreshApp(root, home, {
    release,
    registry,
    run,
    step,
  }).finally(stop);
  await inBrowser(app);
} catch (error) {
  console.error(`✖ ${error.message}`);
  if (tally.failed === 0) tally.check(false);
} finally {
  restoreManifests(root);
  if (keep) console.log(`The app is at ${home}`);
  else rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
process.stdout.write(tally.list());
console.log(`${tally}`);
process.exit(tally.failed > 0 ? 1 : 0);
