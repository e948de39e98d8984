import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { approves, asksForARun } from '../harness/portal-steps';
import { root } from '../harness/root';
import { FreshPortal } from './fresh-portal';

const PRICING = 'http://tidepool.localhost:4180/pricing';
/** The entity of docs/install-plugins.md, with the annotation. */
const ENTITY = '/catalog/default/component/price-list';
const GATE_MS = 180_000;
const REPORT_MS = 90_000;
const pictures = path.join(root, '.agentic/test-results/pictures/install');

let portal: FreshPortal;

test.beforeAll(async () => {
  test.setTimeout(420_000);
  mkdirSync(pictures, { recursive: true });
  portal = await FreshPortal.start(process.env.FRESH_APP ?? '');
});
test.afterAll(() => portal?.stop());

const picture = (page: Page, name: string) =>
  page.screenshot({ path: path.join(pictures, `${name}.png`) });

const screenshots = (page: Page) =>
  page.locator('main img').filter({ visible: true });

/** How many of a run's screenshots the browser shows, by their pixels: a blocked one has none. */
const shown = (page: Page) =>
  screenshots(page).evaluateAll(
    images =>
      images.filter(image => (image as HTMLImageElement).naturalWidth > 100)
        .length,
  );

const newScrape = (page: Page) =>
  page
    .getByRole('link', { name: 'New scrape' })
    .or(page.getByRole('button', { name: 'New scrape' }))
    .first();

async function signsIn(page: Page): Promise<void> {
  const enter = page.getByRole('button', { name: 'Enter' });
  const inside = page.getByRole('heading', { name: 'price-list' });
  await page.goto(portal.url + ENTITY);
  await expect(enter.or(inside).first()).toBeVisible({ timeout: 60_000 });
  if (await enter.isVisible()) await enter.click();
  await expect(inside.first()).toBeVisible({ timeout: 60_000 });
  // A catalog that has just been made reads its files first.
  await expect(async () => {
    await page.goto(portal.url + ENTITY);
    await expect(newScrape(page)).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 90_000 });
}

/** From the entity to the open gate, with a form that the entity has filled in. */
async function asksFromTheEntity(page: Page, system: string): Promise<void> {
  await newScrape(page).click();
  await expect(page.getByLabel(/Pages to visit/).first()).toHaveValue(PRICING);
  const objective = `What does Tidepool charge, in the ${system} system?`;
  await asksForARun(page, { objective, alone: true }, GATE_MS, what =>
    picture(page, `${system}-${what}`),
  );
  await expect(page.getByRole('link', { name: 'price-list' })).toBeVisible();
}

/** What an approver decides by: all that the gate shows, and none of it broken. */
async function seesTheScreenshots(page: Page, system: string): Promise<void> {
  await expect.poll(() => shown(page)).toBeGreaterThanOrEqual(2);
  expect(await shown(page)).toBe(await screenshots(page).count());
  await screenshots(page).first().scrollIntoViewIfNeeded();
  await picture(page, `${system}-gate`);
}

async function readsTheReport(page: Page, system: string): Promise<void> {
  await page.getByRole('tab', { name: 'Report' }).click();
  await expect(
    page.getByRole('heading', { name: 'Plans and prices' }),
  ).toBeVisible({ timeout: REPORT_MS });
  await page.getByRole('button', { name: /\$24/ }).first().click();
  await expect(
    page.getByRole('dialog').getByText('Proven', { exact: true }),
  ).toBeVisible();
  await picture(page, `${system}-report`);
}

/** On the entity: its card on the overview, and its tab. */
async function findsItOnTheEntity(page: Page, system: string): Promise<void> {
  await page.goto(portal.url + ENTITY);
  await expect(
    page.getByRole('link', { name: new RegExp(`in the ${system} system`) }),
  ).toBeVisible({ timeout: 60_000 });
  await picture(page, `${system}-entity-card`);
  // A link in the new frontend system, a tab in the old one.
  await page
    .getByRole('tab', { name: 'Competitor report' })
    .or(page.getByRole('link', { name: 'Competitor report' }))
    .first()
    .click();
  await expect(
    page.getByRole('article', { name: 'Competitor report' }),
  ).toBeVisible({ timeout: 60_000 });
  await picture(page, `${system}-entity-tab`);
}

/** @returns what the browser refused to load, and what broke, as long as the page is open */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text()))
      complaints.push(message.text());
  });
  return complaints;
}

/** Our cards, without a hand that puts them there. */
async function seesItOnTheHomePage(
  page: Page,
  system: string,
  at: string,
): Promise<void> {
  await page.goto(portal.url + at);
  for (const title of ['Gates that wait for you', 'What you watch'])
    await expect(page.getByText(title, { exact: true })).toBeVisible({
      timeout: 60_000,
    });
  const run = page.getByRole('link', {
    name: new RegExp(`in the ${system} system`),
  });
  await expect(run.first()).toBeVisible();
  await picture(page, `${system}-home`);
}

async function fromTheEntityToItsReport(
  page: Page,
  system: 'new' | 'legacy',
): Promise<void> {
  const complaints = complaintsOf(page);
  await test.step('signs in', () => signsIn(page));
  await test.step('fills the form and launches', () =>
    asksFromTheEntity(page, system));
  await test.step('sees the screenshots at the gate', () =>
    seesTheScreenshots(page, system));
  await test.step('approves', () => approves(page, REPORT_MS));
  await test.step('reads the report with its proof', () =>
    readsTheReport(page, system));
  await test.step('finds it on the entity', () =>
    findsItOnTheEntity(page, system));
  expect(complaints).toEqual([]);
}

test('a guest of a new app goes from the form to the report', async ({
  page,
}) => {
  await fromTheEntityToItsReport(page, 'new');
  await expect(
    page.getByRole('link', { name: 'Agent Workloads' }).first(),
  ).toBeVisible();
  await test.step('sees it on the home page', () =>
    seesItOnTheHomePage(page, 'new', '/home'));
});

test('the same in an app of the legacy system', async ({ page }) => {
  test.setTimeout(420_000);
  await portal.serveLegacy();
  await fromTheEntityToItsReport(page, 'legacy');

  await test.step('finds it in the list of runs', async () => {
    const run = page.getByRole('link', { name: /in the legacy system/ });
    await page.goto(`${portal.url}/agent-workloads`);
    await expect(run.first()).toBeVisible({ timeout: 60_000 });
    await picture(page, 'legacy-runs');
  });
  await test.step('sees it on the home page', () =>
    seesItOnTheHomePage(page, 'legacy', '/'));
});
