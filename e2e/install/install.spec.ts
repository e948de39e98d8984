import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { root } from '../harness/root';
import { FreshPortal } from './fresh-portal';

const PRICING = 'http://tidepool.localhost:4180/pricing';
const pictures = path.join(root, '.agentic/test-results/pictures/install');

let portal: FreshPortal;
/** Path of the run that the first test makes. */
let run: string;

test.beforeAll(async () => {
  test.setTimeout(420_000);
  mkdirSync(pictures, { recursive: true });
  portal = await FreshPortal.start(process.env.FRESH_APP ?? '');
});
test.afterAll(() => portal?.stop());

const picture = (page: Page, name: string) =>
  page.screenshot({ path: path.join(pictures, `${name}.png`) });

/** How many pictures of a run the browser shows, by their pixels: a blocked one has none. */
const shownPictures = (page: Page) =>
  page
    .locator('main img')
    .evaluateAll(
      images =>
        images.filter(image => (image as HTMLImageElement).naturalWidth > 100)
          .length,
    );

test('a guest of a new app goes from the form to the report', async ({
  page,
}) => {
  const refused: string[] = [];
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text()))
      refused.push(message.text());
  });

  await test.step('signs in, and finds our pages in the sidebar', async () => {
    await page.goto(portal.url);
    await page.getByRole('button', { name: 'Enter' }).click();
    await expect(
      page.getByRole('link', { name: 'Agent Workloads' }),
    ).toBeVisible();
    await picture(page, '1-catalog');
  });

  await test.step('fills the form and launches', async () => {
    await page.goto(`${portal.url}/create/templates/default/competitor-scrape`);
    await page.getByLabel('Objective').fill('What does Tidepool charge today?');
    await page
      .getByLabel(/Pages to visit/)
      .first()
      .fill(PRICING);
    await picture(page, '2-form');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('How often?').first()).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Four eyes').first().uncheck();
    await picture(page, '3-form-gate');
    await page.getByRole('button', { name: /Review|Next/ }).click();
    await page.getByRole('button', { name: 'Launch' }).click();
    // In the new frontend system the task leads on by itself, in the old one there is its link.
    await Promise.race([
      page.waitForURL(/\/agent-workloads\/runs\/./, { timeout: 60_000 }),
      page
        .getByRole('link', { name: /Watch the run/ })
        .click({ timeout: 60_000 })
        .catch(() => new Promise(() => {})),
    ]);
    await page.waitForURL(/\/agent-workloads\/runs\/./);
    run = new URL(page.url()).pathname;
  });

  await test.step('sees the screenshots at the gate', async () => {
    await expect(page.getByText('May the report be written?')).toBeVisible({
      timeout: 180_000,
    });
    await expect.poll(() => shownPictures(page)).toBeGreaterThan(0);
    await picture(page, '4-gate');
  });

  await test.step('approves, and reads the report with its proof', async () => {
    await page.getByLabel('Comment').fill('The prices match the page.');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('button', { name: 'Yes, approve' }).click();
    const report = page.getByRole('tab', { name: 'Report' });
    await expect(report).toBeVisible({ timeout: 90_000 });
    await report.click();
    await expect(
      page.getByRole('heading', { name: 'Plans and prices' }),
    ).toBeVisible({ timeout: 90_000 });
    await page.getByRole('button', { name: /\$24/ }).first().click();
    await expect(
      page.getByRole('dialog').getByText('Proven', { exact: true }),
    ).toBeVisible();
    await picture(page, '5-report');
  });

  expect(refused).toEqual([]);
});

test('in an app of the legacy system the same guest reads the report', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const broken: string[] = [];
  page.on('pageerror', error => broken.push(error.message));
  await portal.serve('app-legacy');

  await test.step('the run and its report', async () => {
    await page.goto(`${portal.url}${run}`);
    const enter = page.getByRole('button', { name: 'Enter' });
    const report = page.getByRole('tab', { name: 'Report' });
    await expect(enter.or(report).first()).toBeVisible({ timeout: 60_000 });
    if (await enter.isVisible()) await enter.click();
    await report.click();
    await expect(
      page.getByRole('heading', { name: 'Plans and prices' }),
    ).toBeVisible({ timeout: 60_000 });
    await picture(page, '6-legacy-report');
  });

  await test.step('the list of runs', async () => {
    await page.goto(`${portal.url}/agent-workloads`);
    await expect(
      page.getByRole('link', { name: /Tidepool charge/ }).first(),
    ).toBeVisible({ timeout: 60_000 });
    await picture(page, '7-legacy-runs');
  });

  expect(broken).toEqual([]);
});
