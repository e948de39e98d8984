import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What is serious and not ours to mend, each with the beginning of the elements that have it. */
const KNOWN_UPSTREAM = [
  // Backstage UI's PluginHeader: its tabs are links, and name panels that are nowhere.
  { rule: 'aria-valid-attr-value', html: '<a class="bui-Tab ' },
];

/** The whole page, the frame of the portal included. */
export async function hasNoSeriousProblem(page: Page): Promise<void> {
  // Half on its way from light to dark, a colour is neither.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(one => Number.isFinite(one.effect?.getComputedTiming().endTime))
        .map(one => one.finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'critical' || impact === 'serious')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ rule: id, html })))
    .filter(
      one =>
        !KNOWN_UPSTREAM.some(
          ({ rule, html }) => one.rule === rule && one.html.startsWith(html),
        ),
    );
  expect(serious).toEqual([]);
}
