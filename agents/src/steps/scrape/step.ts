import {
  artifactFiles,
  reusedOf,
  type Manifest,
  type PageRecord,
  userAgent,
} from '@agentworkloads/api';
import { PermanentError, RetryableError } from '../../runtime/errors';
import { inChunks } from '../../runtime/in-chunks';
import type { Step, StepDeps } from '../../runtime/step';
import { storedRecord } from './bundle';
import { targetsOf } from './follow';
import { buildScrapeGraph } from './scrape-graph';
import type { ScrapeStateType } from './scrape-state';
import { ofSecondLook } from './second-look';

/**
 * Visits each page once, with what `follow` adds, and once more where it says other prices or plans than the baseline; or copies what an
 * earlier run saw. Writes `manifest.json`: what was seen, and of the rest why not.
 */
export const scrapeStep: Step<ScrapeStateType> = {
  name: 'scrape',
  input: {},
  artifacts: artifactFiles('scrape'),
  buildGraph: buildScrapeGraph,
  async writeOutputs(state, deps) {
    const followed = state.followed.map(({ url }) => url);
    const pages = await readRecords(
      [...targetsOf(deps), ...followed],
      deps,
      state.outcomes,
    );
    const again = await readRecords(
      state.again.map(({ url }) => url),
      ofSecondLook(deps),
      state.secondOutcomes,
    );
    const secondLooks = new Map(again.map(look => [look.urlSha256, look]));
    const { EVIDENCE_FROM: from } = deps.settings;
    const manifest: Manifest = {
      schemaVersion: 1,
      workflowUid: deps.job.workflowUid,
      jobId: deps.job.jobId,
      objective: deps.job.objective,
      bucket: deps.job.bucket,
      userAgent: userAgent(deps.settings.SCRAPE_CONTACT),
      createdAt: state.startedAt,
      ...(from && { reused: reusedOf(from) }),
      pages: pages.map(page => {
        const secondLook = secondLooks.get(page.urlSha256);
        return secondLook ? { ...page, secondLook } : page;
      }),
    };
    await deps.work.writeOutput('manifest.json', manifest);
    const seen = pages.filter(page => !page.reason).length;
    deps.logger.info(
      { pages: pages.length, observed: seen },
      'manifest written',
    );
    if (seen === 0) deps.logger.warn(noneObserved(pages));
  },
};

/** @param outcomes what was saved of the pages: a record that was changed since is none of this run's */
async function readRecords(
  urls: readonly string[],
  deps: StepDeps,
  outcomes: ScrapeStateType['outcomes'],
): Promise<PageRecord[]> {
  return inChunks(urls, async url => {
    const stored = await storedRecord(url, deps);
    if (!stored) {
      throw new RetryableError(
        `The saved bundle of a page is gone from object storage: ${url.slice(
          0,
          200,
        )}`,
      );
    }
    const saved = outcomes[stored.record.urlSha256];
    if (saved && saved.recordSha256 !== stored.sha256)
      throw new PermanentError(
        `The saved record of a page was changed in object storage while the run went on: ${url.slice(
          0,
          200,
        )}. See who else may write below the run's prefix, then ask for a new run.`,
      );
    return stored.record;
  });
}

/** One line for the log: the report has each page's reason. */
export function noneObserved(pages: readonly PageRecord[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of pages) {
    counts.set(String(reason), (counts.get(String(reason)) ?? 0) + 1);
  }
  const reasons = [...counts]
    .map(([reason, count]) => `${reason} (${count})`)
    .join(', ');
  const [first] = pages;
  return `None of the ${
    pages.length
  } pages could be observed: ${reasons}. First: ${first.url.slice(0, 200)}: ${
    first.detail ?? first.reason
  }`;
}
