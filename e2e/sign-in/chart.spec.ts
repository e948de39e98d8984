import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { Cluster } from '../harness/cluster';
import { OidcServer } from '../harness/oidc-server';
import { root } from '../harness/root';
import { approves, asksForARun, enters, isInside } from './people';
import { browserFor, NODE, PORTAL } from './portal-service';

// `charts/try cluster` runs this, once the chart and what its portal needs are installed.

const STEP_MS = 180_000;
const pictures = path.join(root, '.agentic/test-results/pictures/sign-in');

/** What docs/install.md has below "The portal": the file, and the command that takes it. */
function portalOfThePage(): {
  values: string;
  command: string;
  secret: string;
} {
  const page = readFileSync(path.join(root, 'docs/install.md'), 'utf8');
  const section = page.split(/^## The portal$/m)[1].split(/^## /m)[0];
  const one = (pattern: RegExp) => pattern.exec(section)![1];
  return {
    values: one(/```yaml\n([\s\S]*?)```/),
    command: one(/^(helm upgrade .*)$/m),
    secret: one(/^OIDC_CLIENT_SECRET=(.*)$/m),
  };
}

let oidc: OidcServer;
let browser: Browser;
const cluster = new Cluster();

test.beforeAll(async () => {
  test.setTimeout(600_000);
  mkdirSync(pictures, { recursive: true });
  const { values, command, secret } = portalOfThePage();
  const callback = `${PORTAL}/api/auth/oidc/handler/frame`;
  oidc = await OidcServer.start(NODE, callback, secret);
  const file = path.join(root, '.agentic/test/portal.yaml');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    values
      .replaceAll('https://portal.example.com', PORTAL)
      .replace(/https:\/\/id\.example\.com\S*/, oidc.metadataUrl),
  );
  const helm = command
    .replace(/^helm/, `'${process.env.HELM ?? 'helm'}'`)
    .replace('portal.yaml', `'${file}'`);
  const renderer = process.env.CHART_POST_RENDERER;
  execFileSync(
    'sh',
    ['-ec', renderer ? `${helm} --post-renderer '${renderer}'` : helm],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  browser = await browserFor(cluster);
});
test.afterAll(async () => {
  await browser?.close();
  await oidc?.stop();
  cluster.close();
});

/** A catalog that has just been made has not read its people yet: who is told so tries again. */
async function entersSoon(name: string): Promise<Page> {
  let page: Page | undefined;
  await expect(async () => {
    await page?.context().close();
    page = await enters(browser, PORTAL, name);
    await isInside(page);
  }).toPass({ timeout: STEP_MS });
  return page!;
}

test('the portal by the chart and docs/install.md: two people sign in, one asks, the other approves', async () => {
  const bob = await entersSoon('bob');
  const runPath = await asksForARun(bob, STEP_MS);
  const alice = await entersSoon('alice');
  await approves(alice, runPath, STEP_MS);
  await alice.screenshot({ path: path.join(pictures, 'chart.png') });

  const { spec, status } = await cluster.kube.get(
    'agentworkloads',
    runPath.split('/').pop()!,
  );
  expect(spec?.requestedBy).toMatchObject({ username: 'bob' });
  expect(status).toMatchObject({
    phase: 'Completed',
    gate: { decision: 'approve', decidedBy: 'alice' },
  });
});
