import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { Cluster } from '../harness/cluster';
import { Ground } from '../harness/ground';
import { root } from '../harness/root';
import { hasNoSeriousProblem } from './accessible';
import { signedIn } from './people';

/** The portal for the cluster of KUBECONFIG, instead of this machine's own API server and engine. */
const onCluster = process.env.E2E_GROUND === 'cluster';
const pictures = path.join(
  root,
  '.agentic/test-results/pictures',
  onCluster ? 'cluster' : '.',
);
const PRICING = 'http://tidepool.localhost:4180/pricing';
/** A step is a pod there, which shares the machine with all the others. */
const STEP_MS = onCluster ? 180_000 : 90_000;

/** A portal that runs already, on whatever ground; otherwise one is started. */
let portalUrl = process.env.E2E_PORTAL_URL ?? '';
let ground: Ground | undefined;
const runs: string[] = [];

async function startOnCluster(): Promise<Ground> {
  const cluster = new Cluster();
  try {
    return await Ground.start('journey-on-cluster', {
      portal: true,
      cluster: {
        kubeconfig: cluster.file,
        artifacts: await cluster.artifacts(),
      },
    });
  } finally {
    cluster.close();
  }
}

test.beforeAll(async () => {
  test.setTimeout(300_000);
  mkdirSync(pictures, { recursive: true });
  if (portalUrl) return;
  ground = onCluster
    ? await startOnCluster()
    : await Ground.start('journey', { portal: true });
  portalUrl = ground.portalUrl;
});
test.afterAll(async () => {
  // A cluster outlives the test.
  for (const name of runs)
    await ground?.kube.remove('agentworkloads', name).catch(() => undefined);
  await ground?.stop();
  expect(ground?.survivors() ?? []).toEqual([]);
});

/** Of the run that a page of the portal is about. */
const nameIn = (url: string) =>
  new URL(url, portalUrl).pathname.split('/').pop()!;

const picture = (page: Page, name: string) =>
  page.screenshot({ path: path.join(pictures, `${name}.png`) });

const isLoaded = (page: Page) =>
  expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);

/** What the server tells a page without being asked, as it comes. */
function signalsTo(page: Page): string[] {
  const told: string[] = [];
  page.on('websocket', socket => {
    if (!socket.url().endsWith('/api/signals')) return;
    socket.on('framereceived', ({ payload }) => told.push(String(payload)));
  });
  return told;
}

test('from the form to the report on the entity', async ({ browser }) => {
  const bob = await signedIn(browser, portalUrl, 'Bob');
  const signals = signalsTo(bob);
  await expect(bob.getByText('Latest runs')).toBeVisible();
  await isLoaded(bob);
  await hasNoSeriousProblem(bob);
  await picture(bob, '01-home');

  await test.step('Bob fills the form, which checks as he types', async () => {
    await bob.goto('/create/templates/default/competitor-scrape');
    await bob
      .getByLabel('Objective')
      .fill('What does Tidepool charge this week?');
    const urls = bob.getByLabel(/Pages to visit/).first();
    await urls.fill('ftp://tidepool.localhost/');
    await expect(bob.getByText(/Only http/)).toBeVisible();
    await urls.fill(`- ${PRICING}/;`);
    await urls.blur();
    await expect(urls).toHaveValue(`${PRICING}/`);
    await expect(bob.getByRole('list', { name: 'Mended' })).toBeVisible();
    await urls.fill(`${PRICING},http://metricly.localhost:4180/pricing`);
    await urls.blur();
    await expect(urls).toHaveValue(
      `${PRICING}\nhttp://metricly.localhost:4180/pricing`,
    );
    await urls.fill(PRICING);
    await urls.blur();
    if (!onCluster) await expect(bob.getByText(/looks private/)).toHaveCount(0);
    const entity = bob.getByRole('combobox', { name: /Belongs to/ });
    // A list that opens while the page still moves closes again.
    await entity.click();
    await entity.pressSequentially('tidepool');
    await bob.getByRole('option', { name: 'Tidepool (component)' }).click();
    await expect(entity).toHaveValue('Tidepool (component)');
    await hasNoSeriousProblem(bob);
    await picture(bob, '02-form');
    await bob.getByRole('button', { name: 'Next' }).click();
    await expect(bob.getByRole('radio', { name: 'Once, now' })).toBeChecked();
    await expect(
      bob.getByRole('group', { name: /^Once, or again/ }),
    ).toBeFocused();
    await picture(bob, '03-form-how-often');
    await bob.getByRole('button', { name: 'Next' }).click();
    await expect(bob.getByText('A person decides')).toBeVisible();
    await expect(bob.getByLabel(/^How long the gate waits/)).toHaveValue('72h');
    await bob.getByRole('button', { name: 'Check before launch' }).click();
    const check = bob.getByRole('region', { name: 'Check before launch' });
    // A portal on a cluster has no way to the sites unless somebody gives it one.
    const answer = onCluster ? /Not checked: 1/ : /May be visited: 1/;
    await expect(check.getByRole('status')).toContainText(answer);
    await expect(check.getByText(/somebody other than you/)).toHaveCount(
      onCluster ? 0 : 1,
    );
    await hasNoSeriousProblem(bob);
    await picture(bob, '03-form-gate');
    await bob.getByRole('button', { name: /Review|Next/ }).click();
    await picture(bob, '04-review');
    await bob.getByRole('button', { name: 'Launch' }).click();
  });

  await test.step('Bob watches the run reach its gate', async () => {
    // The task of the scaffolder leads on by itself.
    await bob.waitForURL(/\/agent-workloads\/runs\/./, { timeout: 60_000 });
    runs.push(nameIn(bob.url()));
    await expect(
      bob.getByRole('heading', { name: /What does Tidepool/ }).first(),
    ).toBeVisible();
    await picture(bob, '05-running');
    const question = bob.getByText('May the report be written?');
    const failure = bob.getByText('The run ended without a report.');
    await expect(question.or(failure).first()).toBeVisible({
      timeout: 2 * STEP_MS,
    });
    await expect(question).toBeVisible();
    await expect(bob.getByText('You may not decide this gate')).toBeVisible();
    await expect(bob.getByText(/^May decide: Alice/)).toBeVisible();
    await picture(bob, '06-gate-of-the-requester');
    // Without them the page would still come by, as it asks now and then, but late.
    expect(signals.join()).toContain('agent-workloads');
  });
  const runPath = new URL(bob.url()).pathname;
  const runName = nameIn(runPath);

  await test.step('Alice finds the gate, looks at the evidence, and must comment to deny', async () => {
    const alice = await signedIn(browser, portalUrl, 'Alice', {
      colorScheme: 'dark',
    });
    await alice.goto('/agent-workloads/gates');
    await expect(
      alice.getByRole('heading', { name: 'Waiting for you' }),
    ).toBeVisible();
    await expect(alice.getByText(runName).first()).toBeVisible();
    await hasNoSeriousProblem(alice);
    await picture(alice, '07-gates-dark');
    await alice.goto(runPath);
    // On a cluster another test's run of this page may be what it is compared with.
    const folded = alice.getByText(/^Plans and prices that are as they were/);
    await expect(
      alice.getByText('Plans and prices found').or(folded),
    ).toBeVisible();
    if (await folded.isVisible()) await folded.click();
    await expect(
      alice.getByText('$24', { exact: false }).first(),
    ).toBeVisible();
    await picture(alice, '08-gate-dark');
    await hasNoSeriousProblem(alice);
    await alice.getByRole('button', { name: 'Deny' }).click();
    await alice.getByRole('button', { name: 'Yes, deny' }).click();
    await expect(alice.getByRole('alert').first()).toBeVisible();
    await alice.getByRole('button', { name: 'Go back' }).click();
    await alice.getByRole('button', { name: 'More time' }).click();
    await alice.getByRole('button', { name: 'Leave more time' }).click();
    await expect(
      alice.getByText(/^Alice .*left more time, until/),
    ).toBeVisible();
    await alice.getByLabel('Comment').fill('The prices match the page.');
    await alice.getByRole('button', { name: 'Approve' }).click();
    await alice.getByRole('button', { name: 'Yes, approve' }).click();
    await expect(alice.getByText('Competitor report').first()).toBeVisible({
      timeout: STEP_MS,
    });
    await alice.goto('/notifications');
    await expect(
      alice.getByText(/^Decided by Alice.*: What does Tidepool/).first(),
    ).toBeVisible();
    await expect(
      alice.getByText(/^A gate waits: What does Tidepool/),
    ).toHaveCount(0);
    await alice.context().close();
  });

  await test.step('Bob reads the report and its proof without reloading', async () => {
    await bob.getByRole('tab', { name: 'Report' }).click();
    await expect(
      bob.getByRole('heading', { name: 'Plans and prices' }),
    ).toBeVisible({ timeout: STEP_MS });
    await expect(
      bob.getByText('Enterprise', { exact: true }).first(),
    ).toBeVisible();
    const prices = bob.getByRole('region', { name: 'Plans and prices' });
    await expect(
      prices.getByText('Tidepool', { exact: true }).first(),
    ).toBeVisible();
    await picture(bob, '09-report');
    await hasNoSeriousProblem(bob);
    await bob.getByRole('button', { name: /\$24/ }).first().click();
    const proof = bob.getByRole('dialog');
    await expect(proof).toContainText('$24');
    await expect(proof.getByText('Proven', { exact: true })).toBeVisible();
    await expect(proof.getByRole('img').first()).toBeVisible();
    await picture(bob, '10-proof');
    await bob.keyboard.press('Escape');
    await bob.getByRole('tab', { name: 'Screenshots' }).click();
    await expect(bob.getByRole('img').first()).toBeVisible();
    await picture(bob, '11-screenshots');
    await bob.getByRole('tab', { name: 'Overview' }).click();
    await expect(bob.getByText('alice').first()).toBeVisible();
    await expect(
      bob.getByText('The prices match the page.').first(),
    ).toBeVisible();
    await picture(bob, '12-overview');
  });

  await test.step('Bob reads the log of a step, and what Kubernetes tells', async () => {
    await bob
      .getByRole('list', { name: 'Steps of the run' })
      .getByRole('button', { name: /^Scrape/ })
      .click();
    const log = bob.getByRole('log', { name: /^Log of/ });
    await expect(log).toContainText('tidepool.localhost:4180/pricing: seen.');
    await expect(log).not.toContainText('startMs');
    await picture(bob, '17-log');
    await bob.getByRole('tab', { name: 'Events' }).click();
    await expect(
      bob.getByRole('row').filter({ hasText: runName }).first(),
    ).toBeVisible();
    await picture(bob, '18-events');
  });

  await test.step('the report stands on the entity', async () => {
    await bob.goto('/catalog/default/component/tidepool');
    const tab = bob
      .getByRole('tab', { name: /Competitor report/ })
      .or(bob.getByRole('link', { name: /Competitor report/ }))
      .first();
    await expect(tab).toBeVisible();
    await expect(bob.getByText('Has subcomponents')).toBeVisible();
    await isLoaded(bob);
    await picture(bob, '13-entity');
    await tab.click();
    await expect(
      bob.getByRole('button', { name: /\$24/ }).first(),
    ).toBeVisible();
    await picture(bob, '14-entity-report');
  });

  await test.step('the Kubernetes tab has the pods of this entity, and no warning', async () => {
    await bob.goto('/catalog/default/component/tidepool/kubernetes');
    await expect(bob.getByText(/^[1-9]\d* pods?$/).first()).toBeVisible();
    await expect(bob.getByText(/problem retrieving Kubernetes/)).toHaveCount(0);
    await picture(bob, '19-kubernetes');
    // There, others may have asked about it.
    if (onCluster) return;
    await bob.goto('/catalog/default/component/metricly/kubernetes');
    await expect(
      bob.getByText(/^(0 pods|No resources on any known clusters)/).first(),
    ).toBeVisible();
  });

  await test.step('Bob runs it again, and cancels that', async () => {
    await bob.goto(runPath);
    await bob.getByRole('button', { name: 'Run again' }).click();
    await bob
      .getByRole('dialog')
      .getByRole('button', { name: 'Run again' })
      .click();
    await expect(bob).not.toHaveURL(new RegExp(`${runName}(\\?.*)?$`));
    runs.push(nameIn(bob.url()));
    await bob.getByRole('button', { name: 'Cancel' }).click();
    await bob.getByRole('button', { name: 'Cancel the run' }).click();
    await expect(bob.getByText('Cancelled').first()).toBeVisible({
      timeout: 60_000,
    });
    await expect(
      bob
        .getByRole('list', { name: 'Steps of the run' })
        .getByRole('button', { name: /Running/ }),
    ).toHaveCount(0);
    await picture(bob, '16-cancelled');
    await bob.goto('/agent-workloads');
    await expect(
      bob
        .getByRole('row')
        .filter({ hasText: runName })
        .filter({ hasText: 'Completed' }),
    ).toHaveCount(1);
    await hasNoSeriousProblem(bob);
    await picture(bob, '15-runs');
    await bob.goto('/agent-workloads/nope');
    await expect(bob.getByText('There is no such page')).toBeVisible();
    await hasNoSeriousProblem(bob);
    await bob.getByRole('link', { name: 'To the runs' }).click();
    await expect(bob).toHaveURL(/\/agent-workloads\/runs/);
  });

  await test.step('his notices are there after the portal’s database was killed', async () => {
    const notice = bob
      .getByText(/^Your report is there: What does Tidepool/)
      .first();
    await bob.goto('/notifications');
    await expect(notice).toBeVisible();
    if (!ground) return;
    const before = ground.pid('postgres');
    ground.signal('postgres', 'SIGKILL');
    await expect
      .poll(() => ground!.pid('postgres'), { timeout: 30_000 })
      .not.toBe(before);
    await expect(async () => {
      await bob.goto('/notifications');
      await expect(notice).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  });
});

test('from a schedule to a change that is approved', async ({ browser }) => {
  test.skip(!ground || onCluster, 'its pages must change meanwhile');
  const bob = await signedIn(browser, portalUrl, 'Bob');
  const lastRun = bob.getByRole('link', { name: /^Last run of tidepool/ });

  await test.step('the first page fills the form, which says when it would run', async () => {
    await bob.getByRole('link', { name: 'See a change in five' }).click();
    const urls = bob.getByLabel(/Pages to visit/).first();
    await expect(urls).toHaveValue(/cloudharbor.*\n.*metricly/);
    await bob.getByRole('button', { name: 'Next' }).click();
    await expect(bob.getByRole('radio', { name: /demo/ })).toBeChecked();
    await picture(bob, '21-form-demo');
    // A test has no six minutes.
    await bob.getByText('Every week').click();
    await expect(bob.getByRole('status').getByRole('listitem')).toHaveCount(3);
    await picture(bob, '22-form-weekly');
    await bob.getByRole('button', { name: 'Next' }).click();
    await expect(bob.getByLabel('The policy may decide')).toBeChecked();
    await bob.getByRole('button', { name: 'Review' }).click();
    await bob.getByRole('button', { name: 'Launch' }).click();
  });

  await test.step('the schedule has its first run, which passes by policy', async () => {
    await expect(bob.getByText(/^Technical name: tidepool/)).toBeVisible({
      timeout: 60_000,
    });
    await expect(
      bob.getByRole('row').filter({ hasText: 'Completed' }),
    ).toHaveCount(1, { timeout: 2 * STEP_MS });
    await picture(bob, '23-schedule');
    await hasNoSeriousProblem(bob);
  });
  const first = (await lastRun.getAttribute('href')) ?? '';

  await test.step('the companies change, and the second run finds it', async () => {
    await ground!.pinDemo(2);
    await bob.getByRole('button', { name: /^Run now/ }).click();
    await expect(lastRun).not.toHaveAttribute('href', first);
    const alice = await signedIn(browser, portalUrl, 'Alice');
    await alice.goto('/agent-workloads/gates');
    const name = nameIn((await lastRun.getAttribute('href')) ?? '');
    await expect(alice.getByText(name).first()).toBeVisible({
      timeout: 2 * STEP_MS,
    });
    await alice.goto(`/agent-workloads/runs/local/agentworkloads/${name}`);
    await expect(alice.getByText('Galleon').first()).toBeVisible();
    await picture(alice, '24-gate-changes');
    await alice.getByLabel('Comment').fill('They did it.');
    await alice.getByRole('button', { name: 'Approve' }).click();
    await alice.getByRole('button', { name: 'Yes, approve' }).click();
    await expect(alice.getByText('Competitor report').first()).toBeVisible({
      timeout: STEP_MS,
    });
    await alice.context().close();
  });

  await test.step('Bob reads it among the changes', async () => {
    await bob.goto('/agent-workloads/changes');
    await expect(bob.getByText('Galleon').first()).toBeVisible({
      timeout: STEP_MS,
    });
    await hasNoSeriousProblem(bob);
    await picture(bob, '25-changes');
  });
});
