import { expect, type Page } from '@playwright/test';

/** What somebody asks for; what is absent stays as the form has it. */
export interface Asked {
  objective: string;
  /** The first page to visit. */
  url?: string;
  /** Who asks may decide as well. */
  alone?: boolean;
}

/**
 * From the open form on, until the run waits at its gate.
 * @param look - told at each page of the form, for pictures
 * @returns path of the run
 */
export async function asksForARun(
  page: Page,
  { objective, url, alone = false }: Asked,
  timeout: number,
  look: (what: string) => Promise<unknown> = async () => undefined,
): Promise<string> {
  await page.getByLabel('Objective').fill(objective);
  if (url)
    await page
      .getByLabel(/Pages to visit/)
      .first()
      .fill(url);
  await look('form');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('How often?').first()).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  if (alone) await page.getByLabel('Four eyes').first().uncheck();
  await look('form-gate');
  await page.getByRole('button', { name: /Review|Next/ }).click();
  await page.getByRole('button', { name: 'Launch' }).click();
  const ofRun = /\/agent-workloads\/runs\/./;
  // In the new frontend system the task leads on by itself, in the old one there is its link.
  await Promise.race([
    page.waitForURL(ofRun, { timeout: 60_000 }),
    page
      .getByRole('link', { name: /Watch the run/ })
      .click({ timeout: 60_000 })
      .catch(() => new Promise(() => {})),
  ]);
  await page.waitForURL(ofRun);
  await expect(page.getByText('May the report be written?')).toBeVisible({
    timeout,
  });
  return new URL(page.url()).pathname;
}

/** At the open gate, until the report is there. */
export async function approves(page: Page, timeout: number): Promise<void> {
  await page.getByLabel('Comment').fill('The prices match the page.');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Yes, approve' }).click();
  await expect(page.getByText('Competitor report').first()).toBeVisible({
    timeout,
  });
}
