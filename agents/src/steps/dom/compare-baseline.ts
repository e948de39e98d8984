import type {
  ChangesFile,
  ComparedWith,
  Manifest,
  PageHistory,
} from '@agentworkloads/api';
import {
  compareRuns,
  type Comparison,
  type ObservedPage,
  type ObservedRun,
} from '../../compare/compare-runs';
import { pairPages } from '../../compare/same-page';
import { seenOnce, withSecondLooks } from '../../compare/second-look';
import type { StepDeps } from '../../runtime/step';
import { beforePage, otherLook, pagesToRead, readBefore } from './before-pages';
import type { DomStateType } from './dom-state';
import { readEarlier, type Earlier } from './earlier';
import {
  heldAgainstOlder,
  historyOf,
  withoutUnasked,
  type Compared,
} from './page-history';
import { withoutStillNamed } from './still-named';

/** The earlier run's pages in the order of its manifest; one that this run can't be held against has no facts. */
async function pagesBefore(
  state: DomStateType,
  { manifest: before, olderReadings }: Earlier,
  now: Manifest,
  deps: StepDeps,
): Promise<ObservedPage[]> {
  const toRead = new Set(
    pagesToRead(before, now).map(({ urlSha256 }) => urlSha256),
  );
  const pages: ObservedPage[] = [];
  for (const record of before.pages) {
    if (!toRead.has(record.urlSha256) || record.reason) {
      pages.push({ record, facts: [] });
      continue;
    }
    const result =
      state.before[record.urlSha256] ?? (await readBefore(record, deps));
    const page = await beforePage(record, result, deps);
    pages.push(seenByOlder(page, olderReadings));
  }
  return pages;
}

/** The page with the run that saw it, where that is an older one. */
function seenByOlder(
  page: ObservedPage,
  older: Earlier['olderReadings'],
): ObservedPage {
  const reading = older.get(page.record.urlSha256);
  return reading ? { ...page, workflowUid: reading.workflowUid } : page;
}

/** Pages of which the earlier run's second look saw something else, as it saw them then. */
async function looksOfBefore(
  { beforeSecond }: DomStateType,
  { manifest: before, olderReadings }: Earlier,
  deps: StepDeps,
): Promise<ObservedPage[]> {
  const looks: ObservedPage[] = [];
  for (const record of before.pages) {
    const result = beforeSecond[record.urlSha256];
    const look = result && otherLook(record);
    if (!look) continue;
    const page = await beforePage(look, result, deps);
    looks.push(seenByOlder(page, olderReadings));
  }
  return looks;
}

const byAddress = (pages: readonly ObservedPage[]) =>
  new Map(pages.map(page => [page.record.url, page]));

/** The run with some of its pages as another look saw them. */
function seenAgain(
  run: ObservedRun,
  looks: ReadonlyMap<string, ObservedPage>,
): ObservedRun {
  const pages = run.pages.map(page => looks.get(page.record.url) ?? page);
  return { ...run, pages };
}

/**
 * What both runs' looks agree on. A page whose price the earlier run could not tell for sure has no price to be held against: whichever
 * of its looks were taken, half of the changes would be told wrong.
 */
function settled(
  earlier: ObservedRun,
  earlierLooks: readonly ObservedPage[],
  now: ObservedRun,
  looks: readonly ObservedPage[],
): Comparison {
  const again = byAddress(looks);
  const first = compareRuns(earlier, now);
  // Where nothing was looked at twice, and mostly nothing was, nothing is compared twice.
  const own =
    again.size === 0
      ? first
      : withSecondLooks(
          first,
          compareRuns(earlier, seenAgain(now, again)),
          new Set(again.keys()),
          'this',
        );
  const both = heldAgainstEarlierLooks(own, earlier, earlierLooks, now);
  const once = seenOnce(both, new Set(again.keys()));
  return { ...both, notCompared: [...both.notCompared, ...once] };
}

/** What of a comparison stands whichever look of the earlier run is taken. */
function heldAgainstEarlierLooks(
  own: Comparison,
  earlier: ObservedRun,
  earlierLooks: readonly ObservedPage[],
  now: ObservedRun,
): Comparison {
  const then = byAddress(earlierLooks);
  if (then.size === 0) return own;
  const unsure = new Set(
    own.notCompared.flatMap(({ url, reason }) =>
      reason === 'UNSTABLE' ? url : [],
    ),
  );
  const twiceBefore = pairPages(earlier, now).both.flatMap(([was, is]) =>
    then.has(was.record.url) && !unsure.has(is.record.url) ? is.record.url : [],
  );
  return withSecondLooks(
    own,
    compareRuns(seenAgain(earlier, then), now),
    new Set(twiceBefore),
    'earlier',
  );
}

export interface Outcome {
  file: ChangesFile;
  /** For the run after this one. */
  history: PageHistory[];
}

interface Pages {
  first: readonly ObservedPage[];
  again: readonly ObservedPage[];
}

async function held(
  state: DomStateType,
  earlier: Earlier,
  now: Manifest,
  pages: Pages,
  deps: StepDeps,
): Promise<
  Pick<Outcome, 'history'> & {
    compared: Comparison & { comparedWith: ComparedWith };
  }
> {
  const { workflowUid } = deps.job;
  const { baseline } = earlier;
  const before = {
    workflowUid: baseline.workflowUid,
    pages: await pagesBefore(state, earlier, now, deps),
  };
  const after = { workflowUid, pages: pages.first };
  const looks = await looksOfBefore(state, earlier, deps);
  const comparison = await withoutStillNamed(
    withoutUnasked(settled(before, looks, after, pages.again), earlier),
    pages.first,
    deps,
  );
  const compared: Compared = { earlier, before, comparison };
  const { history, changes } = await historyOf(
    pages.first,
    compared,
    deps,
    state.startedAt,
  );
  const lastObserved = heldAgainstOlder(compared, after);
  return {
    history,
    compared: {
      comparedWith: {
        baseline,
        ...(earlier.unknown && { detail: earlier.unknown, valuesLost: true }),
        ...(lastObserved && { lastObserved }),
      },
      ...comparison,
      changes,
    },
  };
}

/**
 * What differs from the baseline, or why nothing was compared, and what the next run is to know.
 *
 * @param pages of this run: all as they were seen first, in the order of its manifest, and those that were visited twice as they were then
 */
export async function compareWithBaseline(
  state: DomStateType,
  now: Manifest,
  pages: Pages,
  deps: StepDeps,
): Promise<Outcome> {
  const { workflowUid } = deps.job;
  const { BASELINE: baseline } = deps.settings;
  const alone = async (comparedWith: ComparedWith): Promise<Outcome> => {
    const { first } = pages;
    const { startedAt } = state;
    const { history } = await historyOf(first, undefined, deps, startedAt);
    const nothing = { changes: [], noted: [], notCompared: [] };
    return {
      file: { schemaVersion: 1, workflowUid, comparedWith, ...nothing },
      history,
    };
  };
  if (!baseline) return alone({ reason: 'FIRST_RUN' });
  const earlier = state.noBaseline ?? (await readEarlier(baseline, deps));
  if ('reason' in earlier)
    return alone('unfit' in baseline ? earlier : { baseline, ...earlier });
  const { history, compared } = await held(state, earlier, now, pages, deps);
  return { file: { schemaVersion: 1, workflowUid, ...compared }, history };
}
