import { type Browser, expect, type Page } from '@playwright/test';

/** A browser of one's own, at the sign-in page. */
export async function atTheDoor(
  browser: Browser,
  portalUrl: string,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: portalUrl });
  const page = await context.newPage();
  await page.goto('/');
  await expect(
    page.getByRole('button', { name: /^Sign in with/ }).first(),
  ).toBeVisible();
  return page;
}

/** Through the provider's own window, by name and password. */
async function signIn(page: Page, name: string): Promise<void> {
  const opened = page.waitForEvent('popup');
  await page
    .getByRole('button', { name: 'Sign in with Single sign-on' })
    .click();
  const window = await opened;
  await window.getByPlaceholder('Enter any login').fill(name);
  await window.getByPlaceholder('and password').fill('correct horse');
  await Promise.all([
    window.waitForEvent('close'),
    window.getByRole('button', { name: /sign-in/i }).click(),
  ]);
}

export const isInside = (page: Page) =>
  expect(
    page.getByRole('link', { name: 'Runs', exact: true }).first(),
  ).toBeVisible();

export async function enters(
  browser: Browser,
  portalUrl: string,
  name: string,
): Promise<Page> {
  const page = await atTheDoor(browser, portalUrl);
  await signIn(page, name);
  return page;
}

/** @returns path of the run, which waits at its gate */
export async function asksForARun(bob: Page, timeout: number): Promise<string> {
  await bob.goto('/create/templates/default/competitor-scrape');
  await bob.getByLabel('Objective').fill('What does Tidepool charge?');
  await bob
    .getByLabel(/Pages to visit/)
    .first()
    .fill('http://tidepool.localhost:4180/pricing');
  await bob.getByRole('button', { name: 'Next' }).click();
  await bob.getByRole('button', { name: 'Next' }).click();
  await bob.getByRole('button', { name: /Review|Next/ }).click();
  await bob.getByRole('button', { name: 'Launch' }).click();
  await bob.waitForURL(/\/agent-workloads\/runs\/./, { timeout: 60_000 });
  await expect(bob.getByText('May the report be written?')).toBeVisible({
    timeout,
  });
  return new URL(bob.url()).pathname;
}

export async function approves(
  alice: Page,
  runPath: string,
  timeout: number,
): Promise<void> {
  await alice.goto(runPath);
  await alice.getByLabel('Comment').fill('The prices match the page.');
  await alice.getByRole('button', { name: 'Approve' }).click();
  await alice.getByRole('button', { name: 'Yes, approve' }).click();
  await expect(alice.getByText('Competitor report').first()).toBeVisible({
    timeout,
  });
}
