import type { ChangesFile, Manifest } from '@agentworkloads/api';
import { compareRuns, type ObservedPage } from '../../compare/compare-runs';
import { withSecondLooks } from '../../compare/second-look';
import type { StepDeps } from '../../runtime/step';
import { readBaseline } from './baseline';
import { beforePage, pagesToRead, readBefore } from './before-pages';
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
  if ('reason' in before) return nothing({ baseline, ...before });
  const earlier = {
    workflowUid: baseline.workflowUid,
    pages: await pagesBefore(state, before, now, deps),
  };
  const against = (seen: readonly ObservedPage[]) =>
    compareRuns(earlier, { workflowUid, pages: seen });
  const again = new Map(pages.again.map(page => [page.record.url, page]));
  const comparison = withSecondLooks(
    against(pages.first),
    against(pages.first.map(page => again.get(page.record.url) ?? page)),
    new Set(again.keys()),
  );
  return { ...nothing({ baseline }), ...comparison };
}
