import type { Manifest, PageRecord } from '@agentworkloads/api';
import type { ArtifactStore } from '../../artifacts/artifact-store';
import {
  compareRuns,
  type ObservedPage,
  type ObservedRun,
} from '../../compare/compare-runs';
import { pairPages, sameFiles } from '../../compare/same-page';
import { asksForSecondLook, mostSecondLooks } from '../../compare/second-look';
import type { StepDeps } from '../../runtime/step';
import { filesOfRuns } from '../dom/baseline';
import { readEarlier } from '../dom/earlier';
import { FileAltered, FileGone } from '../dom/page-facts';
import { readViews } from '../dom/read-views';
import { storedRecord, type PageOutcome, type Target } from './bundle';
import type { PageVisitor } from './visit-page';

/** Pages that say other prices or plans than the baseline are visited once more, later and in a fresh context. */

/** Below the files of the first look. */
const FOLDER = 'second-look/';
const OF_A_PAGE = /^(runs\/.+?\/pages\/[0-9a-f]{64}\/)(?!second-look\/)/;

/** The same dependencies, with the second look's files beside those of the first. */
export function ofSecondLook(deps: StepDeps): StepDeps {
  const beside = (key: string) => key.replace(OF_A_PAGE, `$1${FOLDER}`);
  const store: ArtifactStore = {
    put: (key, body, options) => deps.store.put(beside(key), body, options),
    get: key => deps.store.get(beside(key)),
    head: key => deps.store.head(beside(key)),
  };
  return { ...deps, store };
}

/** @returns undefined where the files are gone or altered: then it is not compared, and one look is enough for that */
async function observed(
  record: PageRecord,
  deps: Parameters<typeof readViews>[1],
): Promise<ObservedPage | undefined> {
  try {
    const { facts, failed, textLength } = await readViews(record, deps);
    return failed ? undefined : { record, facts, textLength };
  } catch (error) {
    if (error instanceof FileGone || error instanceof FileAltered)
      return undefined;
    throw error;
  }
}

const bare = (
  workflowUid: string,
  pages: readonly PageRecord[],
): ObservedRun => ({
  workflowUid,
  pages: pages.map(record => ({ record, facts: [] })),
});

/**
 * Addresses of the pages that say other prices or plans than they did. One pair after the other: all facts of a large run at once would
 * be too much beside the browser.
 */
async function pagesThatDiffer(
  before: Manifest,
  records: readonly PageRecord[],
  deps: StepDeps,
): Promise<string[]> {
  const uid = deps.job.workflowUid;
  const past = { ...deps, store: filesOfRuns(deps.store) };
  const differ: string[] = [];
  const { both } = pairPages(
    bare(before.workflowUid, before.pages),
    bare(uid, records),
  );
  for (const [{ record: was }, { record: is }] of both) {
    if (was.reason || is.reason || sameFiles(was, is)) continue;
    const earlier = await observed(was, past);
    const later = earlier && (await observed(is, deps));
    if (!earlier || !later) continue;
    const { changes } = compareRuns(
      { workflowUid: before.workflowUid, pages: [earlier] },
      { workflowUid: uid, pages: [later] },
    );
    if (changes.some(asksForSecondLook)) differ.push(is.url);
  }
  return differ;
}

/**
 * Which pages are visited once more: by the same comparison that the step dom makes afterwards.
 *
 * @param targets all that was visited, in the order of the manifest
 * @throws RetryableError where object storage is away
 */
export async function pagesForSecondLook(
  targets: readonly Target[],
  deps: StepDeps,
): Promise<Target[]> {
  const { BASELINE: baseline } = deps.settings;
  if (!baseline) return [];
  const before = await readEarlier(baseline, deps);
  if ('reason' in before) return [];
  const records: PageRecord[] = [];
  for (const { url } of targets) {
    const stored = await storedRecord(url, deps);
    if (stored) records.push(stored.record);
  }
  const differ = await pagesThatDiffer(before.manifest, records, deps);
  const again = new Set(differ.slice(0, mostSecondLooks(records.length)));
  if (differ.length > 0)
    deps.logger.info(
      { differ: differ.length, again: again.size },
      'pages say other prices or plans than the earlier run saw; they are visited once more',
    );
  return targets.filter(({ url }) => again.has(url));
}

/** Visits one page again, when its first visit is long enough ago. */
export async function lookAgain(
  target: Target,
  visitor: PageVisitor,
  deps: StepDeps,
): Promise<PageOutcome> {
  const first = await storedRecord(target.url, deps);
  const since =
    deps.clock.now().getTime() - Date.parse(first?.record.fetchedAt ?? '0');
  const { SECOND_LOOK_AFTER_MS: after } = deps.settings;
  // A clock that was set back since must not make it wait for hours.
  const wait = Math.min(after - since, after);
  if (wait > 0) await deps.clock.sleep(wait, deps.signal);
  return visitor.handle(target);
}
