import type { Job } from '../../runtime/step';
import { showsAmount } from './late-content';
import { readFrames } from './read-frames';
import { readStates, switchesOf, type StateDeps } from './read-states';
import type { Collect, Reading } from './read-page';
import { readLists } from './scroll';
import type { Switch } from './switches';
import type { More } from './views';

export interface HiddenDeps extends Omit<StateDeps, 'collect'> {
  collect: Collect;
}

export interface MoreDeps extends HiddenDeps {
  hostRules?: Job['hostRules'];
}

export const NOTHING_MORE: More = { views: [], notes: [], loadedState: '' };

/**
 * Reads what a page shows beyond what it shows as it is loaded: frames of other origins, lists that hold only what is in sight, the other
 * sides of its switches. Never throws because of the page: what can't be read is a note.
 * @param reading the page as loaded, still as it was read
 */
export async function readMore(
  reading: Pick<Reading, 'collected' | 'growth' | 'unfinished' | 'consent'>,
  deps: MoreDeps,
): Promise<More> {
  const frames = await readFrames(deps.page, deps.cdp, {
    ...deps,
    priced: showsAmount(reading.collected.text),
  });
  const rest = await readHidden(reading, deps, () => switchesOf(deps.cdp));
  return {
    views: [...frames.views, ...rest.views],
    notes: [...frames.notes, ...rest.notes],
    loadedState: rest.loadedState,
  };
}

const ENDLESS =
  'The page goes on growing as it is scrolled; what would come further down was not read.';

const UNFINISHED =
  'The page shows no price and has a mark of loading; what may have come later was not seen.';

/**
 * What has to be scrolled to or pressed for.
 * @param findSwitches of the page as it stands then; undefined where it does not answer
 */
export async function readHidden(
  reading: Pick<Reading, 'collected' | 'growth' | 'unfinished' | 'consent'>,
  deps: HiddenDeps,
  findSwitches: () => Promise<Switch[] | undefined>,
): Promise<More> {
  const { collected, growth } = reading;
  const collect = () => deps.collect(deps.cdp);
  const from = deps.clock.elapsed();
  const lists = await readLists(growth.lists, deps, collect, deps.budgetMs);
  const states = await readStates(await findSwitches(), collected, {
    ...deps,
    collect,
    budgetMs: deps.budgetMs - (deps.clock.elapsed() - from),
  });
  return {
    views: [...lists.views, ...states.views],
    notes: [...notesOn(reading), ...lists.notes, ...states.notes],
    loadedState: states.loadedState,
  };
}

export const notesOn = ({
  growth,
  unfinished,
  consent,
}: Pick<Reading, 'growth' | 'unfinished' | 'consent'>): string[] => [
  ...(consent?.note ? [consent.note] : []),
  ...(growth.endless ? [ENDLESS] : []),
  ...(unfinished ? [UNFINISHED] : []),
];
