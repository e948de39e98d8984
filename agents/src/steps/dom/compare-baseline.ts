import type { ChangesFile, Manifest } from '@agentworkloads/api';
import {
  compareRuns,
  type Comparison,
  type ObservedPage,
  type ObservedRun,
} from '../../compare/compare-runs';
import { pairPages } from '../../compare/same-page';
import { seenOnce, withSecondLooks } from '../../compare/second-look';
import type { StepDeps } from '../../runtime/step';
import { readBaseline } from './baseline';
import { beforePage, otherLook, pagesToRead, readBefore } from './before-pages';
import type { DomStateType } from './dom-state';

/** The earlier run's pages in the order of its manifest; one that this run can't be held against has no facts. */
async function pagesBefore(
  state: DomStateType,
  before: Manifest,
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
    pages.push(await beforePage(record, result, deps));
  }
  return pages;
}

/** Pages of which the earlier run's second look saw something else, as it saw them then. */
async function looksOfBefore(
  { beforeSecond }: DomStateType,
  before: Manifest,
  deps: StepDeps,
): Promise<ObservedPage[]> {
  const looks: ObservedPage[] = [];
  for (const record of before.pages) {
    const result = beforeSecond[record.urlSha256];
    const look = result && otherLook(record);
    if (look) looks.push(await beforePage(look, result, deps));
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

/**
 * What differs from the baseline, or why nothing was compared.
 *
 * @param pages of this run: all as they were seen first, in the order of its manifest, and those that were visited twice as they were then
 */
export async function compareWithBaseline(
  state: DomStateType,
  now: Manifest,
  pages: { first: readonly ObservedPage[]; again: readonly ObservedPage[] },
  deps: StepDeps,
): Promise<ChangesFile> {
  const { workflowUid } = deps.job;
  const { BASELINE: baseline } = deps.settings;
  const nothing = (comparedWith: ChangesFile['comparedWith']): ChangesFile => ({
    schemaVersion: 1,
    workflowUid,
    comparedWith,
    changes: [],
    noted: [],
    notCompared: [],
  });
  if (!baseline) return nothing({ reason: 'FIRST_RUN' });
  const before = state.noBaseline ?? (await readBaseline(baseline, deps));
  if ('unfit' in baseline || 'reason' in before)
    return nothing({
      ...('unfit' in baseline ? {} : { baseline }),
      ...('reason' in before ? before : {}),
    });
  const earlier = {
    workflowUid: baseline.workflowUid,
    pages: await pagesBefore(state, before, now, deps),
  };
  const comparison = settled(
    earlier,
    await looksOfBefore(state, before, deps),
    { workflowUid, pages: pages.first },
    pages.again,
  );
  return { ...nothing({ baseline }), ...comparison };
}
