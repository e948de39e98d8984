import type { CDPSession, Page } from 'playwright-core';
import type { Job } from '../../runtime/step';
import type { PageMonitor } from './page-monitor';
import { readStates, switchesOf, type StateDeps } from './read-states';
import { collectNow, type Reading } from './read-page';
import type { More } from './views';

export interface MoreDeps extends Omit<StateDeps, 'collect'> {
  page: Page;
  cdp: CDPSession;
  monitor: PageMonitor;
  hostRules?: Job['hostRules'];
}

export const NOTHING_MORE: More = { views: [], notes: [], loadedState: '' };

/** Whether there is something to read beyond the page as loaded; a page without it costs no more than this question. */
export async function promisesMore(
  _page: Page,
  cdp: CDPSession,
): Promise<boolean> {
  return (await switchesOf(cdp)).length > 0;
}

/**
 * Reads what a page shows beyond what it shows as it is loaded. Never throws because of the page: what can't be read is a note.
 * @param reading the page as loaded
 */
export async function readMore(
  { collected }: Pick<Reading, 'collected'>,
  deps: MoreDeps,
): Promise<More> {
  const collect = () => collectNow(deps.cdp);
  const switches = await switchesOf(deps.cdp);
  const states = await readStates(switches, collected, { ...deps, collect });
  return states;
}
