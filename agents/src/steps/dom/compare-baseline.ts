import type { ChangesFile, Manifest } from '@agentworkloads/api';
import { compareRuns, type ObservedPage } from '../../compare/compare-runs';
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
 * @param pages of this run, in the order of its manifest
 */
export async function compareWithBaseline(
  state: DomStateType,
  now: Manifest,
  pages: readonly ObservedPage[],
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
  const comparison = compareRuns(
    {
      workflowUid: baseline.workflowUid,
      pages: await pagesBefore(state, before, now, deps),
    },
    { workflowUid, pages },
  );
  return { ...nothing({ baseline }), ...comparison };
}
