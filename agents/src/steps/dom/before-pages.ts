import { viewsOf, type Manifest, type PageRecord } from '@agentworkloads/api';
import type { ObservedPage } from '../../compare/compare-runs';
import { pairPages, sameFiles } from '../../compare/same-page';
import type { StepDeps } from '../../runtime/step';
import { filesOfRuns } from './baseline';
import type { BeforeResult } from './dom-state';
import {
  BEFORE_FILE,
  FileAltered,
  FileGone,
  readPageFacts,
  savePageFacts,
} from './page-facts';
import { readViews } from './read-views';

/** The pages of the earlier run, read by today's extractor, so that an extractor that learned something raises no alarm. */

const LOST = {
  gone: 'What the earlier run saved of the page is no longer in object storage.',
  altered:
    "What the earlier run saved of the page is not what its list of pages says, or can't be read.",
} as const;

const bare = ({ workflowUid, pages }: Manifest) => ({
  workflowUid,
  pages: pages.map(record => ({ record, facts: [] })),
});

/** Pages of the earlier run that can be held against one of this run: both saw them. */
export function pagesToRead(before: Manifest, now: Manifest): PageRecord[] {
  return pairPages(bare(before), bare(now)).both.flatMap(([then, is]) =>
    then.record.reason || is.record.reason ? [] : [then.record],
  );
}

/**
 * Reads a page of the earlier run and keeps its facts among this run's own objects.
 * @throws RetryableError where object storage is away; a page that is gone or altered is a result
 */
export async function readBefore(
  page: PageRecord,
  deps: StepDeps,
  file = BEFORE_FILE,
): Promise<BeforeResult> {
  if (viewsOf(page).length === 0) return { lost: 'gone' };
  try {
    const { facts, failed, textLength } = await readViews(page, {
      ...deps,
      store: filesOfRuns(deps.store),
    });
    const stored = await savePageFacts(page, facts, deps, file);
    return { ...stored, facts: facts.length, failed, textLength };
  } catch (error) {
    if (error instanceof FileGone) return { lost: 'gone' };
    if (error instanceof FileAltered) return { lost: 'altered' };
    throw error;
  }
}

/** What the earlier run saw of a page when it looked again, where that may say something else. */
export const otherLook = ({
  secondLook,
  ...first
}: PageRecord): PageRecord | undefined =>
  secondLook && !secondLook.reason && !sameFiles(first, secondLook)
    ? secondLook
    : undefined;

/** The page as it is compared, from what {@link readBefore} kept. */
export async function beforePage(
  record: PageRecord,
  result: BeforeResult,
  deps: StepDeps,
): Promise<ObservedPage> {
  if ('lost' in result)
    return {
      record,
      facts: [],
      unusable: { reason: 'NO_LONGER_SAVED', detail: LOST[result.lost] },
    };
  return {
    record,
    facts: await readPageFacts(result, deps),
    textLength: result.textLength,
    ...(result.failed && {
      unusable: {
        reason: 'DOUBTFUL_BEFORE',
        detail:
          'What the earlier run saved of the page could not be read in full.',
      },
    }),
  };
}
