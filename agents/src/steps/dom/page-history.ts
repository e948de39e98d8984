import {
  pagePrefix,
  type ComparedWith,
  type PageHistory,
  type PageRecord,
  type Reading,
} from '@agentworkloads/api';
import type {
  Comparison,
  ObservedPage,
  ObservedRun,
} from '../../compare/compare-runs';
import { followPrices, type PageToFollow } from '../../compare/follow-prices';
import { followedBefore } from '../../compare/followed-before';
import { pairPages } from '../../compare/same-page';
import type { StepDeps } from '../../runtime/step';
import type { Earlier } from './earlier';

/** Beside the page's files: its entry in the manifest, for the runs after this one. */
const RECORD_FILE = 'observed.json';

async function saveRecord(
  record: PageRecord,
  deps: Pick<StepDeps, 'store' | 'job'>,
  startedAt: string,
): Promise<Reading> {
  const { key, sha256 } = await deps.store.put(
    pagePrefix(deps.job, record.urlSha256) + RECORD_FILE,
    `${JSON.stringify(record)}\n`,
    { contentType: 'application/json' },
  );
  const { workflowUid } = deps.job;
  return { workflowUid, key, sha256, at: record.fetchedAt ?? startedAt };
}

export interface Compared {
  earlier: Earlier;
  /** As it was held against this run. */
  before: ObservedRun;
  comparison: Comparison;
}

/**
 * What the next run is to know of each page and its prices.
 *
 * @param pages of this run as they were seen first
 * @param compared undefined where there was no run to compare with
 * @param startedAt when the step began, for pages without a time
 */
export async function historyOf(
  pages: readonly ObservedPage[],
  compared: Compared | undefined,
  deps: Pick<StepDeps, 'store' | 'job' | 'signal'>,
  startedAt: string,
): Promise<ReturnType<typeof followPrices>> {
  const { workflowUid } = deps.job;
  const pairs = compared && pairPages(compared.before, { workflowUid, pages });
  const before = new Map(
    pairs?.both.map(([then, now]) => [now.record.url, then] as const),
  );
  const toFollow: PageToFollow[] = [];
  for (const page of pages) {
    deps.signal.throwIfAborted();
    const then = before.get(page.record.url);
    const known = then && compared?.earlier.known.get(then.record.urlSha256);
    const seen = !page.record.reason;
    toFollow.push({
      page,
      ...(seen && { reading: await saveRecord(page.record, deps, startedAt) }),
      ...(then && { before: then }),
      ...(known && { known }),
    });
  }
  const now = Date.parse(startedAt);
  const { history, changes } = followPrices(
    toFollow,
    compared?.comparison,
    now,
  );
  const others = pairs ? notLedTo(pairs.onlyBefore, compared.earlier) : [];
  return {
    history: [...history, ...followedBefore(others, history, now)],
    changes,
  };
}

/**
 * What is known of pages that this run was not led to: where the page that names them was not seen, one week must not cost what is known
 * of them.
 */
function notLedTo(
  onlyBefore: readonly ObservedPage[],
  { known }: Earlier,
): PageHistory[] {
  return onlyBefore.flatMap(({ record }) => {
    const entry = known.get(record.urlSha256);
    return record.followedFrom && entry ? [entry] : [];
  });
}

/** The comparison without pages of older runs that neither run was asked for. */
export function withoutUnasked(
  comparison: Comparison,
  { followedBefore }: Earlier,
): Comparison {
  const notCompared = comparison.notCompared.filter(
    ({ url, reason }) =>
      !(reason === 'ONLY_IN_EARLIER_RUN' && followedBefore.has(url)),
  );
  return { ...comparison, notCompared };
}

/** Pages that were held against an older run than the baseline, which did not see them for sure. */
export function heldAgainstOlder(
  { earlier, before, comparison }: Compared,
  now: ObservedRun,
): ComparedWith['lastObserved'] {
  const not = new Set(
    comparison.notCompared.flatMap(({ url, scope }) =>
      scope === 'page' ? [url] : [],
    ),
  );
  const older = pairPages(before, now).both.flatMap(([then, is]) => {
    const reading = earlier.olderReadings.get(then.record.urlSha256);
    const { url } = is.record;
    return reading && !not.has(url)
      ? [{ url, workflowUid: reading.workflowUid, at: reading.at }]
      : [];
  });
  return older.length > 0 ? older : undefined;
}
