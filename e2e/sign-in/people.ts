import { type Browser, expect, type Page } from '@playwright/test';
import {
  approves as approvesHere,
  asksForARun as asks,
} from '../harness/portal-steps';

/** A browser of one's own, at the sign-in page. */
export async function atTheDoor(
  browser: Browser,
  portalUrl: string,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: portalUrl,
    // These tests have no certificate of this name.
    ignoreHTTPSErrors: true,
  });
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

/** With the form's own address. @returns path of the run, which waits at its gate */
export async function asksForARun(bob: Page, timeout: number): Promise<string> {
  await bob.goto('/create/templates/default/competitor-scrape');
  const asked = {
    objective: 'What does Tidepool charge?',
    url: 'http://tidepool.localhost:4180/pricing',
  };
  return asks(bob, asked, timeout);
}

export async function approves(
  alice: Page,
  runPath: string,
  timeout: number,
): Promise<void> {
  await alice.goto(runPath);
  await approvesHere(alice, timeout);
}
