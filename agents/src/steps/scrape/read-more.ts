import type { Job } from '../../runtime/step';
import { readFrames } from './read-frames';
import {
  readStates,
  switchesOf,
  type StateDeps,
  type States,
} from './read-states';
import { collectNow, type Reading } from './read-page';
import type { Switch } from './switches';
import type { More } from './views';

export interface MoreDeps extends Omit<StateDeps, 'collect'> {
  hostRules?: Job['hostRules'];
}

export const NOTHING_MORE: More = { views: [], notes: [], loadedState: '' };

/**
 * Reads what a page shows beyond what it shows as it is loaded: frames of other origins, the other sides of its switches. Never throws
 * because of the page: what can't be read is a note.
 * @param reading the page as loaded, still as it was read
 */
export async function readMore(
  reading: Pick<Reading, 'collected'>,
  deps: MoreDeps,
): Promise<More> {
  const frames = await readFrames(deps.page, deps.cdp, deps.hostRules);
  const switches = await switchesOf(deps.cdp);
  const states = await readSwitches(switches, reading, deps);
  return {
    views: [...frames.views, ...states.views],
    notes: [...frames.notes, ...states.notes],
    loadedState: states.loadedState,
  };
}

/** The other sides of the page's switches. */
export function readSwitches(
  switches: readonly Switch[],
  { collected }: Pick<Reading, 'collected'>,
  deps: Omit<StateDeps, 'collect'>,
): Promise<States> {
  const collect = () => collectNow(deps.cdp);
  return readStates(switches, collected, { ...deps, collect });
}
