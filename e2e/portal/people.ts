import { type Browser, expect, type Page } from '@playwright/test';

/** A browser of this person's own, signed in through the page that a newcomer sees. */
export async function signedIn(
  browser: Browser,
  portalUrl: string,
  name: 'Bob' | 'Alice',
  options: { colorScheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: portalUrl,
    viewport: { width: 1440, height: 1000 },
    ...options,
  });
  const page = await context.newPage();
  await page.goto('/');
  // By keyboard: the card's button lies under its text.
  await page.getByRole('button', { name: `Sign in as ${name}` }).press('Enter');
  await expect(
    page.getByRole('link', { name: 'Runs', exact: true }).first(),
  ).toBeVisible();
  return page;
}
