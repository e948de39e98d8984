import { expect, type Locator, type Page, test } from '@playwright/test';
import { hasNoSeriousProblem } from './accessible';
import { signedIn } from './people';
import { type Preview, startPreview } from './preview';

/** Pages in states that a ground takes hours or a cluster to come to. */
test.skip(process.env.E2E_GROUND === 'cluster', 'needs no cluster');

const WIDE = { width: 1440, height: 1000 };
const PHONE = { width: 390, height: 844 };
const ENTITY = '/catalog/default/component/pricing-page';
const RUN = '/agent-workloads/runs/local/agentworkloads';

let preview: Preview;
/** Of Alice, who may decide gates. */
let page: Page;
test.beforeAll(async ({ browser }) => {
  preview = await startPreview();
  page = await signedIn(browser, preview.url, 'Alice');
});
test.beforeEach(async () => {
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
});
test.afterAll(() => preview?.stop());

const theHistory = () =>
  page.getByRole('navigation', { name: 'Reports of this entity' });
const theReport = () =>
  page.getByRole('article', { name: 'Competitor report' });

async function boxOf(element: Locator) {
  await expect(element).toBeVisible();
  return (await element.boundingBox())!;
}

test('an entity keeps its report behind sixty runs that came to nothing', async () => {
  await page.goto('/catalog/default/component/tidepool');
  await expect(page.getByText(/^Latest report .* ago/)).toBeVisible();
  await page.goto('/catalog/default/component/tidepool/competitor-report');
  await expect(theReport()).toBeVisible();
  await expect(page.getByText('No competitor report yet')).toHaveCount(0);
});

test('earlier reports stand beside the report, and above it on a phone', async () => {
  await page.goto(`${ENTITY}/competitor-report`);
  const report = await boxOf(theReport());
  const history = await boxOf(theHistory());
  expect(history.x).toBeGreaterThanOrEqual(report.x + report.width);
  expect(history.y).toBeLessThan(WIDE.height);
  await page.setViewportSize(PHONE);
  await expect(async () => {
    const below = await boxOf(theReport());
    const above = await boxOf(theHistory());
    expect(above.y + above.height).toBeLessThanOrEqual(below.y);
  }).toPass();
});

test('two reports are held side by side, by an address that can be sent', async () => {
  await page.goto(`${ENTITY}/competitor-report`);
  await theHistory()
    .getByRole('button', { name: /^Compare with the report/ })
    .first()
    .click();
  const both = page.getByRole('region', { name: 'Two reports side by side' });
  const team = both.getByRole('row').filter({ hasText: /^Team/ });
  await expect(team).toContainText('$45');
  await expect(team.getByRole('strong')).toHaveText(/^\$49/);
  await page.reload();
  await expect(team).toContainText('$49');
  await both.getByRole('button', { name: 'Back to one report' }).click();
  await expect(theReport()).toBeVisible();
});

test('storage that does not answer is said to be slow, and the report comes when it does', async () => {
  let answer = () => {};
  const hangs = new Promise<void>(resolve => {
    answer = resolve;
  });
  await page.route('**/artifacts/report-json*', async route => {
    await hangs;
    await route.continue();
  });
  await page.goto(`${RUN}/pricing-week-46?tab=report`);
  await expect(page.getByText('Still waiting for the report')).toBeVisible({
    timeout: 15_000,
  });
  answer();
  await expect(theReport()).toBeVisible();
});

test('what waits for a person stands first on the home page', async ({
  browser,
}) => {
  const boxes = (of: Page) =>
    of.getByText(/^(Gates that wait for you|What you watch)$/);
  await page.goto('/');
  await expect(boxes(page)).toHaveText([
    'Gates that wait for you',
    'What you watch',
  ]);
  const bob = await signedIn(browser, preview.url, 'Bob');
  await expect(boxes(bob)).toHaveText([
    'What you watch',
    'Gates that wait for you',
  ]);
  await bob.context().close();
});

/** Wide and light, the journey looks at the others. */
const PAGES = [
  { name: 'home', path: '/' },
  { name: 'several gates', path: '/agent-workloads/gates' },
  { name: 'the card of an entity', path: ENTITY, wide: true },
  {
    name: 'the reports of an entity',
    path: `${ENTITY}/competitor-report`,
    wide: true,
  },
  { name: 'schedules', path: '/agent-workloads/schedules', wide: true },
  { name: 'no page', path: '/agent-workloads/nope' },
];

test('whole pages have no serious problem, wide and light, narrow and dark', async () => {
  for (const { name, path, wide } of PAGES) {
    await test.step(name, async () => {
      await page.setViewportSize(WIDE);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(path);
      await expect(page.getByRole('main').first()).toBeVisible();
      await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(
        0,
      );
      if (wide) await hasNoSeriousProblem(page);
      await page.setViewportSize(PHONE);
      await page.emulateMedia({ colorScheme: 'dark' });
      await hasNoSeriousProblem(page);
      const width = await page.evaluate(
        () => document.documentElement.scrollWidth,
      );
      expect(width).toBeLessThanOrEqual(PHONE.width);
    });
  }
});

test('a run whose gate ran out of time is opened again on what it saw, with a gate of its own', async () => {
  await page.goto(`${RUN}/changelog-watch`);
  await page
    .getByRole('button', { name: 'Open again on what was seen' })
    .click();
  await expect(page).toHaveURL(/changelog-watch-again/);
  await expect(page.getByText(/, in run changelog-watch$/)).toBeVisible();
  const gate = page.getByRole('region', { name: 'Gate' });
  await expect(gate).toContainText('You asked for this run');
  await expect(gate.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await page.goto(`${RUN}/changelog-watch`);
  await expect(
    page.getByText(
      'Not to be opened again: This run was opened again already, as changelog-watch-again: decide there.',
    ),
  ).toBeVisible();
});

test('a gate for two people and a group tells who has approved, and whom it still waits for', async () => {
  await page.goto(`${RUN}/quoted-promises`);
  const gate = page.getByRole('region', { name: 'Gate' });
  const bar = page.getByRole('group', { name: 'Decide' });
  await expect(bar).toContainText('0 of 2, legal is missing');
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByRole('button', { name: 'Yes, approve' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(gate).toContainText('1 of 2, legal is missing');
  await expect(gate.getByRole('list', { name: /^Approvals/ })).toContainText(
    'alice',
  );
  await expect(gate.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  await expect(
    gate.getByRole('button', { name: 'Deny' }).first(),
  ).toBeVisible();
});

test('who may decide leaves more time, and all see who did and until when', async () => {
  await page.goto(`${RUN}/pricing-week-47`);
  const gate = page.getByRole('region', { name: 'Gate' });
  await gate.getByRole('button', { name: 'More time' }).click();
  await page.getByLabel('Why (optional)').fill('Legal is away.');
  await page.getByRole('button', { name: 'Leave more time' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(gate).toContainText(
    /alice left more time, until .*: Legal is away\./,
  );
  await expect(gate.getByRole('button', { name: 'Approve' })).toBeVisible();
});

test('a run that was cancelled says who did it, when and why', async () => {
  await page.goto(`${RUN}/feature-matrix`);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByLabel('Why (optional)').fill('The wrong pages.');
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  const said = page
    .getByRole('status')
    .filter({ hasText: /^Cancelled by alice, .*\d/ });
  await expect(said).toContainText('Why: The wrong pages.');
  await page.reload();
  await expect(said).toContainText('Why: The wrong pages.');
  await expect(page.getByText('Somebody', { exact: false })).toHaveCount(0);
});

test('who decides a moment late is told who decided, and keeps the comment', async () => {
  await page.goto(`${RUN}/pricing-week-47`);
  const late = await page.context().newPage();
  await late.goto(`${RUN}/pricing-week-47`);
  await late.getByLabel('Comment').fill('One price is missing.');
  await late.getByRole('tab', { name: 'Facts' }).click();
  await late.getByRole('tab', { name: 'Overview' }).click();
  await expect(late.getByLabel('Comment')).toHaveValue('One price is missing.');
  await late.getByRole('button', { name: 'Deny' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Yes, approve' }).click();
  await expect(page.getByText('Completed', { exact: true })).toBeVisible();
  await late.getByRole('button', { name: 'Yes, deny' }).click();
  const lost = late.getByRole('alert').filter({ hasText: 'before you did' });
  await expect(lost).toContainText('Your denial did not count.');
  await expect(late.getByText('One price is missing.')).toBeVisible();
  await late.close();
});
